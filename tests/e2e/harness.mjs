// The harness of the end-to-end tests: a finished build in dist/, a small server, a real Chromium.
// It builds nothing; run ./scripts/build first, or ./scripts/test for everything.
//
//   node --test tests/e2e/*.test.mjs
//
// A test is a journey:
//
//   import { journey } from "./harness.mjs";
//
//   journey("keeps a deal over a reload", { viewport: { width: 390, height: 844 } }, async (app, { open }) => {
//     await app.page.getByRole("button", { name: "New deal" }).click();
//     …
//     await app.reload();                            // loads again and waits for the program
//     await app.axe();                               // no violation of WCAG 2.2 A and AA
//     const other = await open();                    // a second browser with a fresh profile
//   });
//
// `journey(name, [options], run)` opens a browser with a fresh profile on the page, waits until the
// program runs, and hands over `app`. When `run` returns, every browser of the test is closed, and
// the test fails if any page meanwhile wrote an error to its console, threw, violated its policy or
// asked another host for anything. On failure a picture of each page is left in target/e2e/.
//
// Options, all optional, for `journey` and for `open`:
//   profile      folder of the browser's profile; a fresh one otherwise. Pass `app.profile` of a closed
//                (or killed) app to come back to its data.
//   viewport     { width, height }, 1440 × 900 otherwise
//   colorScheme  "light" (otherwise) or "dark";  reducedMotion, forcedColors: as Playwright's
//   locale, timezone    "en-GB" and "UTC" otherwise
//   hasTouch     true for a touch screen
//   serviceWorkers  "block": the page gets none, so that nothing but the server answers
//   features     list of Chromium features to enable, e.g. ["IdbSqliteBackingStore"]
//   path         what follows the server's address, e.g. "#/settings"
//   server       one made by `serve`; the one on dist/ that all tests share otherwise
//   wait         false: do not wait for the program (it is held back, or meant to fail)
//   killable     true: a browser that `app.kill()` can end. It takes viewport, colour scheme, locale
//                and time zone, but no hasTouch.
//   timeout      for `journey`: milliseconds before the test fails, 60,000 otherwise
//   open         for `journey`: false opens no browser at first, and `app` is null
//
// `app`:
//   page, context, server, url, profile
//   started(page?)         waits until the program runs and the outline is gone
//   reload()               reloads and waits for the program
//   tab(path?)             a second tab on the same data
//   axe(options?)          runs axe-core on the page: { page, include: "selector", disable: ["rule"] }
//   quiet(action)          runs `action`; fails if it caused any request at all
//   download(action)       runs `action`, which must start a download: { name, text, bytes }
//   expectProblem(regexp)  this problem belongs to the test; it must occur
//   kill()                 SIGKILL to the browser and all its processes (needs killable)
//   close()                closes this browser before the test ends
//
// Waiting is done on what must become true (Playwright's locators do), never by a pause.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FLAGS, chromium, chromiumPath } from "./chromium.mjs";
import { serve } from "../../scripts/server.mjs";

export { serve };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The finished build. */
export const DIST = join(ROOT, "dist");
const PICTURES = join(ROOT, "target", "e2e");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

const mavenFolder = process.env.FAIRLEAD_MAVEN ?? join(ROOT, "..", "shared", "data", "maven");
/** The folder of the Maven files, or null where there is none. */
export const MAVEN = existsSync(join(mavenFolder, "sales_pipeline.csv")) ? mavenFolder : null;

let shared;
/** The server on dist/ that the tests of one file share. */
export function sharedServer() {
  if (!existsSync(join(DIST, "index.html"))) throw new Error("There is no dist/: run ./scripts/build first.");
  shared ??= serve({ root: DIST });
  return shared;
}
after(async () => (await shared)?.close());

const folders = [];
/** A fresh folder that is removed when the tests of this file are over. */
export function freshFolder() {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-"));
  folders.push(folder);
  return folder;
}
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })));

/** A browser of its own process group, to be killed as a crash would. */
async function launchKillable(profile, { viewport, colorScheme, locale, timezone, features }) {
  const args = [
    ...FLAGS,
    "--headless=new",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
    `--lang=${locale}`,
    `--window-size=${viewport.width},${viewport.height}`,
    ...features,
    "about:blank",
  ];
  const child = spawn(chromiumPath(), args, { detached: true, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, TZ: timezone } });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
      const found = said.match(/DevTools listening on (ws:\S+)/);
      if (found) resolve(found[1]);
    });
    gone.then((code) => reject(new Error(`Chromium ended with ${code}:\n${said}`)));
  });
  const kill = async () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Already gone.
    }
    await gone;
  };
  try {
    const browser = await chromium.connectOverCDP(address);
    const context = browser.contexts()[0];
    const page = context.pages()[0] ?? (await context.newPage());
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    return { context, page, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function launch(profile, { viewport, colorScheme, reducedMotion, forcedColors, locale, timezone, hasTouch, serviceWorkers, features }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...FLAGS, ...features],
    viewport,
    colorScheme,
    reducedMotion,
    forcedColors,
    locale,
    timezoneId: timezone,
    hasTouch,
    serviceWorkers,
    acceptDownloads: true,
  });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

/** Writes down whatever goes wrong in any page of `context`. */
function watch(context, origin, problems) {
  const follow = (page) => {
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
    page.on("crash", () => problems.push("the page crashed"));
  };
  context.on("page", follow);
  context.pages().forEach(follow);
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith("http") && asked !== origin) problems.push(`foreign request: ${request.url()}`);
  });
  return context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy violation: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
    });
  });
}

async function openApp(options = {}) {
  const { path = "", wait = true, killable = false } = options;
  const settings = { viewport: { width: 1440, height: 900 }, colorScheme: "light", locale: "en-GB", timezone: "UTC", ...options };
  settings.features = options.features?.length ? [`--enable-features=${options.features.join(",")}`] : [];
  const profile = options.profile ?? freshFolder();
  const server = options.server ?? (await sharedServer());
  const url = options.url ?? server.url;
  const { context, page, kill } = await (killable ? launchKillable : launch)(profile, settings);
  context.setDefaultTimeout(15_000);
  const problems = [];
  const expected = [];
  await watch(context, new URL(url).origin, problems);

  let open = true;
  const app = {
    page,
    context,
    server,
    url,
    profile,

    async started(which = page) {
      await which.waitForFunction(() => document.documentElement.dataset.started === "yes" && !document.getElementById("skeleton"));
    },

    async reload() {
      await page.reload();
      await app.started();
    },

    async tab(tabPath = path) {
      const other = await context.newPage();
      await other.goto(url + tabPath);
      await app.started(other);
      return other;
    },

    axe: (more = {}) => axe(more.page ?? page, more),

    async quiet(action) {
      await serviceWorkerReady(page);
      // Shortly after the start the page still fetches what its later views need.
      await page.waitForFunction(() => document.documentElement.dataset.whole === "yes");
      const before = server.requests.length;
      await action();
      // Until the page has nothing left to do; a page that draws nothing is given no idle time.
      await page.evaluate(() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 500 })));
      assert.deepEqual(server.requests.slice(before), [], "no request may leave the page after it has loaded");
    },

    async download(action) {
      const [file] = await Promise.all([page.waitForEvent("download"), action()]);
      const bytes = readFileSync(await file.path());
      return { name: file.suggestedFilename(), bytes, text: bytes.toString("utf8") };
    },

    expectProblem: (pattern) => void expected.push(pattern),

    async kill() {
      assert.ok(kill, "only a browser opened with killable: true can be killed");
      open = false;
      await kill();
    },

    async close() {
      if (!open) return;
      open = false;
      if (kill) await kill();
      else await context.close();
    },

    async picture(name) {
      if (!open) return;
      mkdirSync(PICTURES, { recursive: true });
      await Promise.all(context.pages().map((each, index) => each.screenshot({ path: join(PICTURES, `${name}-${index}.png`) }).catch(() => {})));
    },

    /** Waits for the problems that are expected: the browser reports some only after the fact. */
    async expectedProblems() {
      const missing = () => expected.some((pattern) => !problems.some((problem) => pattern.test(problem)));
      const until = Date.now() + 5_000;
      let gone = false;
      // Each turn asks the page something, so that its reports arrive before the answer.
      while (open && !gone && missing() && Date.now() < until) {
        await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => next()))).catch(() => {
          gone = true;
        });
      }
    },

    /** Fails when something went wrong that was not expected, or did not that was. */
    verdict() {
      const unexpected = problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)));
      assert.deepEqual(unexpected, [], "the browser reported problems");
      for (const pattern of expected) assert.ok(problems.some((problem) => pattern.test(problem)), `expected a problem like ${pattern}`);
    },
  };

  try {
    await page.goto(url + path, { waitUntil: wait ? "load" : "commit" });
    if (wait) await app.started();
  } catch (error) {
    error.message += problems.length > 0 ? `\nThe browser reported:\n  ${problems.join("\n  ")}` : "";
    await app.picture("opening");
    await app.close();
    throw error;
  }
  return app;
}

/** Waits until the service worker has stored the page and answers for it. */
export async function serviceWorkerReady(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

/** Fails with one readable line for each element that violates a rule of WCAG 2.2 A or AA. */
export async function axe(page, { include, disable = [] } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // What is still fading in has another contrast than it will have. Spinners never end.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished),
    ),
  );
  const violations = await page.evaluate(
    async ([selector, tags, off]) => {
      const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
      const result = await window.axe.run(selector ?? document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] });
      return result.violations.flatMap(({ id, impact, help, nodes }) =>
        nodes.map((node) => `${id} (${impact}): ${help}\n    ${node.target.join(" ")}\n    ${node.html.slice(0, 160)}\n    ${(node.failureSummary ?? "").replace(/\s+/g, " ")}`),
      );
    },
    [include ?? null, AXE_TAGS, disable],
  );
  assert.equal(violations.length, 0, `accessibility violations:\n  ${violations.join("\n  ")}`);
}

/** Declares one end-to-end test; see the head of this file. */
export function journey(name, ...rest) {
  const run = rest.pop();
  const [options = {}] = rest;
  return test(name, { timeout: options.timeout ?? 60_000 }, async (t) => {
    const apps = [];
    // Past its time a test is left running; without its browser it comes to its end.
    t.signal.addEventListener("abort", () => apps.forEach((app) => void app.close()));
    const open = async (more) => {
      const app = await openApp(more);
      apps.push(app);
      return app;
    };
    try {
      await run(options.open === false ? null : await open(options), { open, t });
      await Promise.all(apps.map((app) => app.expectedProblems()));
    } catch (error) {
      const file = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60);
      await Promise.all(apps.map((app, index) => app.picture(`${file}-${index}`)));
      throw error;
    } finally {
      await Promise.all(apps.map((app) => app.close()));
    }
    for (const app of apps) app.verdict();
  });
}
