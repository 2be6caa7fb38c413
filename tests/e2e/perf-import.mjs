// How long large imports take and how long they keep the page from answering: a benchmark to be
// read, not a test. Prints per step the time and the tasks of more than 50 ms.
//
//   node tests/e2e/perf-import.mjs [--dist FOLDER] [--profile FOLDER] [100000]
//
// A table of the shape of tests/e2e/lookalike.mjs is imported through the page, with a second tab on
// the board; undone, redone, exported; and the export is merged in a fresh browser.
// With --profile a CPU profile of each step is written there as .cpuprofile.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFiles } from "./lookalike.mjs";
import { args, keepProfile, profiles, withBrowser } from "./perf-run.mjs";

const LONG = 600_000;

/** Watches a page for tasks that are longer than a person should wait, and its memory. */
function watch() {
  const watched = (window.watched = { tasks: [] });
  const note = (list) => watched.tasks.push(...list.map(({ startTime, duration }) => ({ startTime, duration })));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  watched.take = () => {
    note(observer.takeRecords());
    return watched.tasks.splice(0);
  };
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...rest) => {
    const made = await instantiate.apply(WebAssembly, rest);
    watched.memory = made.instance.exports.memory;
    return made;
  };
}

const memory = (page) => page.evaluate(() => Math.round((window.watched.memory?.buffer.byteLength ?? 0) / 2 ** 20));
const button = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true });

/** Runs a step and prints what it took; other pages are watched too. */
async function step(name, pages, action) {
  const devtools = profiles && (await pages[0].context().newCDPSession(pages[0]));
  if (devtools) {
    await devtools.send("Profiler.enable");
    await devtools.send("Profiler.setSamplingInterval", { interval: 500 });
    await devtools.send("Profiler.start");
  }
  const began = await pages[0].evaluate(() => performance.now());
  for (const page of pages) await page.evaluate(() => window.watched.take());
  const begun = Date.now();
  await action();
  const took = Date.now() - begun;
  const [told, slow] = [[], []];
  for (const page of pages) {
    // Told of only after the task that is still running.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    const list = await page.evaluate(() => window.watched.take());
    slow.push(list.map((task) => ({ ...task, startTime: task.startTime - began })));
    const tasks = list.map((t) => Math.round(t.duration)).sort((a, b) => b - a);
    const blocked = tasks.reduce((sum, task) => sum + task - 50, 0);
    told.push(tasks.length ? `${tasks.length} long, blocked ${blocked}: ${tasks.slice(0, 8).join(" ")}` : "no long task");
  }
  if (devtools) {
    const { profile } = await devtools.send("Profiler.stop");
    // The long tasks beside it: when each began and how long it was, in ms from the profile's start.
    keepProfile(name.replaceAll(/\W+/g, "-"), { ...profile, tasks: slow[0] });
    await devtools.detach();
  }
  console.log(`  ${name.padEnd(28)}${String(took).padStart(7)}  ${told.join("  | other tab: ")}`);
}

async function choose(page, name, paths) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, name).click()]);
  await chooser.setFiles(paths);
}

async function open(browser, url, hash) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, locale: "en-GB" });
  const tab = async (to) => {
    const page = await context.newPage();
    page.setDefaultTimeout(LONG);
    page.on("pageerror", (error) => {
      throw error;
    });
    await page.addInitScript(watch);
    await page.goto(`${url}${to}`);
    await page.locator("main h1:visible").first().waitFor();
    return page;
  };
  return { context, tab, page: await tab(hash) };
}

const saved = (page) => page.locator("[data-state=idle]").getByText("All changes saved here").waitFor();

/** Until the snapshot holds the log up to its end. */
const packed = (page) => page.evaluate(async () => {
  const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const database = await ask(indexedDB.open("fairlead"));
  for (const due = Date.now() + 60_000; Date.now() < due; await new Promise((done) => setTimeout(done, 50))) {
    const reading = database.transaction(["meta", "changes"]);
    const [sealed, cursor] = await Promise.all([
      ask(reading.objectStore("meta").get("#snapshot")),
      ask(reading.objectStore("changes").openKeyCursor(null, "prev")),
    ]);
    if (sealed && JSON.parse(new TextDecoder().decode(sealed.bytes)).seq === cursor.key) break;
  }
  database.close();
});

async function measure(browser, url, count) {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-perf-"));
  const english = new Intl.NumberFormat("en-GB").format(count);
  const made = writeFiles(folder, { deals: count });
  const names = ["sales_pipeline.csv", "accounts.csv", "products.csv", "sales_teams.csv"];
  const paths = names.map((name) => made[name]);
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  console.log(`— ${english} deals, ${(bytes / 1e6).toFixed(1)} MB of CSV`);
  const { context, page, tab } = await open(browser, url, "");
  await button(page, "Start empty").click();
  await page.getByRole("heading", { level: 1, name: "Sales" }).waitFor();
  const other = await tab("#/board");
  await page.evaluate(() => void (location.hash = "#/data/import"));
  await page.getByRole("heading", { level: 1, name: "Import spreadsheets" }).waitFor();
  const one = (name, action) => step(name, [page], action);
  const both = (name, action) => step(name, [page, other], action);
  const shown = (where, has) => where.evaluate((wanted) => new Promise((done) => {
    const look = () => {
      const there = [...document.querySelectorAll("h2")].some((h) => h.textContent.startsWith("Engaging"));
      if (there === wanted) done();
      else requestAnimationFrame(look);
    };
    look();
  }), has);
  await one("CSV: read", async () => {
    await choose(page, "Choose files…", paths);
    await page.getByText("35 rows, 3 columns").waitFor();
    await button(page, "Go on to mapping").and(page.locator(":enabled")).waitFor();
  });
  await one("CSV: look through", async () => {
    await button(page, "Go on to mapping").click();
    await button(page, "Check").and(page.locator(":enabled")).waitFor();
  });
  await one("CSV: check", async () => {
    await button(page, "Check").click();
    await page.getByText("Nothing has been changed yet.").waitFor();
  });
  await both("CSV: import", async () => {
    await button(page, `Import ${english} deals`).click();
    await button(page, "Undo the import").waitFor();
    await saved(page);
  });
  await both("other tab has it, snapshot", async () => {
    await shown(other, true);
    await packed(page);
  });
  console.log(`  memory ${await memory(page)} MB, other tab ${await memory(other)} MB`);
  await both("undo", async () => {
    await page.keyboard.press("Control+z");
    await page.getByRole("heading", { level: 2, name: "The import was taken back" }).waitFor();
    await shown(other, false);
  });
  await both("redo", async () => {
    await page.keyboard.press("Control+Shift+z");
    await page.getByRole("heading", { level: 2, name: /^Imported/ }).waitFor();
    await shown(other, true);
    await saved(page);
  });
  console.log(`  memory ${await memory(page)} MB, other tab ${await memory(other)} MB`);
  await one("board after it", async () => {
    await page.evaluate(() => void (location.hash = "#/board"));
    await page.locator("[data-deal]").first().waitFor();
  });
  await page.evaluate(() => void (location.hash = "#/data"));
  const path = join(folder, "export.json");
  await one("export", async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Download everything").click()]);
    await file.saveAs(path);
  });
  await context.close();

  const fresh = await open(browser, url, "");
  const second = await fresh.tab("#/board");
  await fresh.page.evaluate(() => void (location.hash = "#/data"));
  console.log(`  JSON of ${(statSync(path).size / 1e6).toFixed(1)} MB`);
  const merging = (name, action) => step(name, [fresh.page, second], action);
  await merging("JSON: look at", async () => {
    await choose(fresh.page, "Open a Fairlead file…", path);
    await button(fresh.page, "Merge it").waitFor();
  });
  await merging("JSON: merge", async () => {
    await button(fresh.page, "Merge it").click();
    await fresh.page.getByText("Merged.").waitFor();
  });
  await merging("other tab has it, snapshot", async () => {
    await shown(second, true);
    await packed(fresh.page);
  });
  console.log(`  memory ${await memory(fresh.page)} MB, other tab ${await memory(second)} MB`);
  await merging("JSON: again, all known", async () => {
    await choose(fresh.page, "Open a Fairlead file…", path);
    await button(fresh.page, "Merge it").click();
    await fresh.page.getByText("0 changes added").waitFor();
  });
  await fresh.context.close();
  rmSync(folder, { recursive: true });
}

await withBrowser(async (browser, url) => {
  console.log("ms; long tasks are those of more than 50 ms");
  for (const count of args.length ? args.map(Number) : [100_000]) await measure(browser, url, count);
});
