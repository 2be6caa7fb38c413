// How fast the page is with much data, each number beside a floor measured in the same run: what
// the browser takes for the bare work. Prints a table; fails on nothing but a wrong result.
//
//   node tests/e2e/perf.mjs [--dist FOLDER] [--profile FOLDER] [1000 10000 100000]
//
// For each number of deals a file in the exported form is made, merged through the page, and then:
//   start       a reload until the first card stands on the board; floor: the same with no deal
//   drop        a card carried by key: from the press that puts it down to the next frame, and until
//               IndexedDB has committed; floor: putting one small record into an empty database
//   filter      a letter typed into the board's filter, to the next frame; floor: the same search in
//               plain JavaScript over the deals' texts, plus a frame
//   import, export   floor: JSON.parse and one transaction of bare puts; reading them and one Blob
// With --profile a CPU profile of each step is written there as .cpuprofile.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { file } from "./perf-data.mjs";
import { args, keepProfile, profiles, withBrowser } from "./perf-run.mjs";

const DROPS = 60;
const WORDS = ["harbour", "survey 7", "deal 12"];

/** Watches from the first moment of a page: first card, commits, long tasks, memory. */
function watch() {
  const watched = (window.watched = { commits: [], frames: [], longest: 0 });
  const look = () => {
    if (document.querySelector("[data-deal], .start")) watched.shown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...rest) {
    const request = add.apply(this, rest);
    if (this.name === "changes") this.transaction.addEventListener("complete", () => watched.commits.push(performance.now()), { once: true });
    return request;
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
  }).observe({ type: "longtask" });
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...rest) => {
    const made = await instantiate.apply(WebAssembly, rest);
    watched.memory = made.instance.exports.memory;
    return made;
  };
  /** Notes when the next frame after each of these keys is done. */
  watched.time = (keys) => {
    watched.presses = [];
    watched.frames = [];
    watched.commits = [];
    addEventListener("keydown", (event) => {
      if (!keys.includes(event.key)) return;
      const pressed = performance.now();
      watched.presses.push(pressed);
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => watched.frames.push(performance.now() - pressed);
        channel.port2.postMessage(0);
      });
    }, { capture: true });
  };
}

const sorted = (list) => [...list].sort((a, b) => a - b);
const quantile = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * share))];
const median = (list) => quantile(list, 0.5);

/** The bare work, in the same browser. */
const FLOORS = {
  put: (count) => new Promise((done) => {
    const opening = indexedDB.open("floor", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("box", { autoIncrement: true });
    opening.onsuccess = async () => {
      const times = [];
      for (let n = 0; n < count; n += 1) {
        const begun = performance.now();
        await new Promise((put) => {
          const transaction = opening.result.transaction("box", "readwrite", { durability: "relaxed" });
          transaction.objectStore("box").add({ n, text: "x".repeat(300) });
          transaction.oncomplete = put;
          transaction.commit();
        });
        times.push(performance.now() - begun);
      }
      opening.result.close();
      done(times);
    };
  }),
  search: async ([texts, words]) => {
    const times = [];
    for (let round = 0; round < 20; round += 1) {
      const begun = performance.now();
      let found = 0;
      for (const text of texts) if (text.includes(words[round % words.length])) found += 1;
      await new Promise((done) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(found);
        channel.port2.postMessage(0);
      }));
      times.push(performance.now() - begun);
    }
    return times;
  },
  transfer: async (text) => {
    const parsing = performance.now();
    const { changes } = JSON.parse(text);
    const database = await new Promise((done) => {
      const opening = indexedDB.open("floor-transfer", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("box", { autoIncrement: true });
      opening.onsuccess = () => done(opening.result);
    });
    await new Promise((done) => {
      const transaction = database.transaction("box", "readwrite", { durability: "strict" });
      for (const change of changes) transaction.objectStore("box").add(JSON.stringify(change));
      transaction.oncomplete = done;
    });
    const stored = performance.now();
    const lines = await new Promise((done) => {
      const reading = database.transaction("box").objectStore("box").getAll();
      reading.onsuccess = () => done(reading.result);
    });
    const blob = new Blob(lines);
    const over = performance.now();
    database.close();
    return { in: stored - parsing, out: over - stored, size: blob.size };
  },
};

async function measure(browser, url, count) {
  const { text, texts } = file(count);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.addInitScript(watch);
  const devtools = await context.newCDPSession(page);
  const profiled = async (name, action) => {
    if (profiles) {
      await devtools.send("Profiler.enable");
      await devtools.send("Profiler.start");
    }
    const result = await action();
    if (profiles) {
      const { profile } = await devtools.send("Profiler.stop");
      keepProfile(`${name}-${count}`, profile);
    }
    return result;
  };
  const shown = async () => {
    await page.waitForFunction(() => window.watched?.shown, null, { timeout: 120_000 });
    return page.evaluate(() => window.watched.shown);
  };
  const starts = async (name, times) => {
    const list = [];
    for (let n = 0; n < times; n += 1) {
      list.push(await profiled(n === 0 ? name : `${name}-again`, async () => {
        await page.reload();
        return shown();
      }));
    }
    return median(list);
  };
  const rows = [];
  const row = (name, ms, floor, aim, note = "") => rows.push({ name, ms, floor, aim, note });

  await page.goto(url);
  await shown();
  const empty = await starts("start-empty", 5);
  const floor = await page.evaluate(FLOORS.transfer, text);

  // Import.
  const path = join(mkdtempSync(join(tmpdir(), "fairlead-perf-")), "perf.json");
  writeFileSync(path, text);
  await page.evaluate(() => void (location.hash = "#/data"));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a Fairlead file…" }).click()]);
  const chosen = Date.now();
  await chooser.setFiles(path);
  const merge = page.getByRole("button", { name: "Merge it" });
  await merge.waitFor({ timeout: 120_000 });
  const looked = Date.now() - chosen;
  await page.evaluate(() => void (window.watched.longest = 0));
  const imported = await profiled("import", () => page.evaluate(async () => {
    const button = [...document.querySelectorAll("button")].find((b) => b.textContent.includes("Merge it"));
    const begun = performance.now();
    button.click();
    while (!document.body.innerText.includes("Merged.")) await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  }));
  const longestImport = await page.evaluate(() => window.watched.longest);
  rmSync(path);

  // Start: with a snapshot where the page makes one (from 400 records on).
  await page.evaluate(() => void (location.hash = "#/board"));
  await page.locator("[data-deal]").first().waitFor();
  const records = text.split("\n").length - 3;
  if (records >= 400) {
    const due = Date.now() + 60_000;
    while (!(await page.evaluate(() => new Promise((done) => {
      const opening = indexedDB.open("fairlead");
      opening.onsuccess = () => {
        const asking = opening.result.transaction("meta").objectStore("meta").get("#snapshot");
        asking.onsuccess = () => {
          opening.result.close();
          done(Boolean(asking.result));
        };
      };
    })))) if (Date.now() > due) throw new Error("no snapshot was made");
  }
  const start = await starts("start", 5);
  const memory = await page.evaluate(() => window.watched.memory?.buffer.byteLength ?? 0);
  row("start to first card", start, empty, count >= 100_000 ? 900 : 350, records >= 400 ? "from the snapshot" : "from the log");

  // Drops: a card carried to the next column and back.
  const card = page.locator("[data-stage] [data-deal] a").first();
  await card.focus();
  const carry = async (key) => {
    for (const press of ["Space", key]) await page.keyboard.press(press);
    await page.keyboard.press("Enter");
  };
  await page.evaluate(() => (window.watched.commits = []));
  await carry("ArrowRight");
  await page.waitForFunction(() => window.watched.commits.length === 1);
  await page.evaluate(() => window.watched.time(["Enter"]));
  await profiled("drop", async () => {
    for (let n = 0; n < DROPS; n += 1) {
      await carry(n % 2 ? "ArrowRight" : "ArrowLeft");
      await page.waitForFunction((drops) => window.watched.commits.length === drops && window.watched.frames.length === drops, n + 1);
    }
  });
  const drops = await page.evaluate(() => ({ ...window.watched, persisted: window.watched.commits.map((at, n) => at - window.watched.presses[n]) }));
  if (drops.persisted.length !== DROPS) throw new Error(`${drops.persisted.length} of ${DROPS} drops were stored`);
  const puts = await page.evaluate(FLOORS.put, DROPS);
  row("drop to frame, p95", quantile(drops.frames, 0.95), 1000 / 60, 50);
  row("drop to persisted, p95", quantile(drops.persisted, 0.95), quantile(puts, 0.95), 20, `median ${median(drops.persisted).toFixed(1)}`);

  // Filter.
  const search = page.getByRole("searchbox", { name: "Filter deals by words" });
  await search.focus();
  const letters = WORDS.join("");
  await page.evaluate((keys) => window.watched.time(keys), [...new Set(letters)]);
  await profiled("filter", async () => {
    for (const word of WORDS) {
      await search.fill("");
      for (const letter of word) {
        const before = await page.evaluate(() => window.watched.frames.length);
        await page.keyboard.press(letter === " " ? "Space" : letter);
        await page.waitForFunction((n) => window.watched.frames.length > n, before);
      }
    }
  });
  const frames = await page.evaluate(() => window.watched.frames);
  const searched = await page.evaluate(FLOORS.search, [texts, WORDS]);
  row("filter letter to frame, p95", quantile(frames, 0.95), quantile(searched, 0.95), 33, `first letter ${frames[0].toFixed(0)}, median ${median(frames).toFixed(1)}`);
  await search.fill("");

  // Export.
  await page.evaluate(() => void (location.hash = "#/data"));
  const download = page.getByRole("button", { name: "Download everything" });
  await download.waitFor();
  await page.evaluate(() => void (window.watched.longest = 0));
  const [saved, exported] = await profiled("export", () => Promise.all([
    page.waitForEvent("download", { timeout: 120_000 }),
    page.evaluate(() => new Promise((done) => {
      const begun = performance.now();
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function () {
        done(performance.now() - begun);
        return click.call(this);
      };
      [...document.querySelectorAll("button")].find((b) => b.textContent.includes("Download everything")).click();
    })),
  ]));
  const longestExport = await page.evaluate(() => window.watched.longest);
  const lines = readFileSync(await saved.path(), "utf8").split("\n").length;
  if (lines < records) throw new Error(`${lines} lines exported, ${records} expected`);
  const size = `${(text.length / 1e6).toFixed(1)} MB`;
  // The aims are for 49 MB.
  const share = Math.max(text.length / 49e6, 0.02);
  row("import (merge)", imported, floor.in, 1200 * share, `${size}, longest task ${longestImport.toFixed(0)}; looked at in ${looked}`);
  row("export", exported, floor.out, 600 * share, `longest task ${longestExport.toFixed(0)}`);
  rows.push({ name: "memory of the program", text: `${(memory / 2 ** 20).toFixed(0)} MB`, note: count === 100_000 ? "aim 150 MB" : "" });
  await context.close();
  return rows;
}

const counts = args.length ? args.map(Number) : [1_000, 10_000, 100_000];
await withBrowser(async (browser, url) => {
  const cell = (value, width) => value.padStart(width);
  console.log(`${"ms".padEnd(30)}${cell("page", 9)}${cell("floor", 9)}${cell("ratio", 8)}${cell("aim", 8)}`);
  for (const count of counts) {
    console.log(`— ${count.toLocaleString("en")} deals`);
    for (const { name, ms, floor, aim, note, text } of await measure(browser, url, count)) {
      const numbers = text ? cell(text, 9) : cell(ms.toFixed(1), 9) + cell(floor.toFixed(1), 9) + cell((ms / floor).toFixed(1), 8) + cell(aim.toFixed(0), 8) + (ms > aim ? " !" : "  ");
      console.log(`${`  ${name}`.padEnd(30)}${numbers}  ${note}`);
    }
  }
});
