// How long the pages that show figures take with much data: opening each, and one change while it
// is open. Prints a table; fails on nothing but a page that does not come.
//
//   node tests/e2e/perf-insight.mjs [--dist FOLDER] [--profile FOLDER] [--deals 100000] [route …]
//
// For each page: until its first number stands, how long the page was busy until it was done, and the
// longest task in that. With --profile a CPU profile of each is written there.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { file } from "./perf-data.mjs";
import { args, keepProfile, option, profiles, withBrowser } from "./perf-run.mjs";

const count = Number(option("--deals") ?? 100_000);
const ROUTES = ["insight/pipeline", "insight/funnel", "insight/changes", "insight/win-loss", "insight/sources", "insight/team", "forecast/quotas", "dashboard", "reviews"];
const routes = args.length ? args : ROUTES;
const ROUNDS = 3;
/** What says that a page has its numbers. */
const THERE = ":is(.insight__body, .dash, .reviews, .forecast) :is(.figure__value, table, svg, .empty, .chart)";
/** So long without a long task, and a page is done. */
const CALM = 700;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Runs `act` in the page and waits until it is done: what it took until `there` is on the page. */
function timed(page, [act, there]) {
  return page.evaluate(async ([act, there, calm]) => {
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    observer.observe({ type: "longtask" });
    const begun = performance.now();
    if (act.hash) location.hash = act.hash;
    if (act.key) document.body.dispatchEvent(new KeyboardEvent("keydown", { ...act.key, bubbles: true }));
    let first = null;
    let last = begun;
    for (;;) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      if (first === null && document.querySelector(there)) {
        await new Promise((done) => setTimeout(done));
        first = performance.now() - begun;
      }
      for (const task of tasks) last = Math.max(last, task.startTime + task.duration);
      if (first !== null && now - last > calm) break;
      if (now - begun > 120_000) throw new Error(`${JSON.stringify(act)} is not done after two minutes`);
    }
    observer.disconnect();
    const own = tasks.filter((task) => task.startTime + task.duration > begun).map((task) => task.duration);
    return { first, busy: own.reduce((sum, ms) => sum + ms, 0), longest: Math.max(0, ...own) };
  }, [act, there, CALM]);
}

await withBrowser(async (browser, url) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(`${url}#/data`);
  const folder = mkdtempSync(join(tmpdir(), "fairlead-perf-"));
  const path = join(folder, "perf.json");
  writeFileSync(path, file(count).text);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a Fairlead file…" }).click()]);
  await chooser.setFiles(path);
  await page.getByRole("button", { name: "Merge it" }).click({ timeout: 300_000 });
  await page.getByText("Merged.").waitFor({ timeout: 300_000 });
  rmSync(folder, { recursive: true });
  // One change to take back and do again while a page is open.
  await page.evaluate(() => void (location.hash = "#/board"));
  const card = page.locator("[data-stage] [data-deal] a").first();
  await card.focus();
  for (const key of ["Space", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  const devtools = await context.newCDPSession(page);
  console.log(`${count.toLocaleString("en")} deals, ms (median of ${ROUNDS})`.padEnd(44) + ["first", "busy", "longest"].map((name) => name.padStart(9)).join(""));
  const row = (name, runs) => console.log(`  ${name}`.padEnd(44) + ["first", "busy", "longest"].map((what) => median(runs.map((run) => run[what])).toFixed(0).padStart(9)).join(""));
  for (const route of routes) {
    const opened = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await timed(page, [{ hash: "#/settings" }, "main"]);
      if (profiles && round < 2) {
        await devtools.send("Profiler.enable");
        await devtools.send("Profiler.start");
      }
      const run = await timed(page, [{ hash: `#/${route}` }, THERE]);
      if (round === 0) row(`${route}, the first time`, [run]);
      else opened.push(run);
      if (profiles && round < 2) {
        const { profile } = await devtools.send("Profiler.stop");
        keepProfile(`${route.replaceAll("/", "-")}-${round}`, profile);
      }
    }
    row(`${route}, again`, opened);
    const changed = [];
    for (let round = 0; round < 2 * ROUNDS; round += 1) {
      const profiled = profiles && round === 2;
      if (profiled) await devtools.send("Profiler.start");
      const key = { key: round % 2 ? "Z" : "z", code: "KeyZ", ctrlKey: true, shiftKey: round % 2 === 1 };
      changed.push(await timed(page, [{ key }, "main"]));
      if (profiled) {
        const { profile } = await devtools.send("Profiler.stop");
        keepProfile(`${route.replaceAll("/", "-")}-change`, profile);
      }
    }
    row(`${route}, one change`, changed);
  }
  await context.close();
});
