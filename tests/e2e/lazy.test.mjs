// Views that come in files of their own: each opens before and after its file is there, and one
// that does not come says so and does no harm.
import assert from "node:assert/strict";
import { withDeals } from "./board-data.mjs";
import { journey } from "./harness.mjs";

const CHUNK = /\/(?:split|chunk)-[\w-]+\.wasm$/;
const FAILED = "This part of Fairlead did not load";
const DEALS = [{ title: "Ash", stage: "Prospecting", value: 1000_00 }];

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const whole = (page) => page.waitForFunction(() => document.documentElement.dataset.whole === "yes");

/**
 * Opens the page with one deal on the board and without a service worker, whose copies of the
 * chunks would hide what this is about.
 *
 * `chunks.hold()` keeps chunks back until `chunks.release()`; while `chunks.gone` is true there are
 * none. Playwright, which does that, keeps the browser from using its cache.
 */
async function opened(open) {
  const app = await open({ serviceWorkers: "block" });
  await withDeals(app, DEALS);
  let gate;
  let release = () => {};
  const chunks = {
    gone: false,
    hold: () => void (gate = new Promise((done) => (release = done))),
    release: () => release(),
  };
  await app.context.route(CHUNK, async (route) => {
    await gate;
    // A page that was left has nobody to answer to.
    await (chunks.gone ? route.fulfill({ status: 404 }) : route.continue()).catch(() => {});
  });
  return { app, page: app.page, server: app.server, chunks };
}

const VIEWS = [
  ["Settings", "#/settings", (page) => heading(page, "Settings")],
  ["Data", "#/data", (page) => heading(page, "Data")],
  ["Import", "#/data/import", (page) => heading(page, "Import spreadsheets")],
  ["History", "#/history", (page) => heading(page, "History")],
  ["Stages", "#/stages", (page) => heading(page, "Stages")],
  ["Deal", "#/deals/0000000000001000", (page) => page.getByRole("heading", { name: "Ash" })],
  ["New deal", "#/deals/new", (page) => page.getByRole("dialog").getByLabel("Title")],
  ["Edit deal", "#/deals/0000000000001000/edit", (page) => page.getByRole("dialog").getByLabel("Title")],
];

const OVER_THE_BOARD = [
  ["Palette", (page) => page.keyboard.press("Control+k"), (page) => page.getByRole("combobox", { name: "Search and jump" })],
  ["Keys", (page) => page.keyboard.press("?"), (page) => page.getByRole("dialog", { name: "Keys" }).getByText("New deal")],
  ["Chart", (page) => page.getByRole("button", { name: "Value by stage as a chart" }).click(), (page) => page.getByRole("dialog").getByText("Open value by stage").first()],
  ["Card's menu", (page) => page.getByRole("button", { name: "Actions for Ash" }).click(), (page) => page.getByRole("menuitem", { name: "Edit" })],
];

journey("each view that comes later appears once its file is there", { open: false, timeout: 120_000 }, async (_, { open }) => {
  const { app, page, server, chunks } = await opened(open);
  const waits = async (name, seen) => {
    assert.equal(await seen(page).isVisible(), false, `${name} is held back`);
    chunks.release();
    await seen(page).waitFor();
  };
  for (const [name, path, seen] of VIEWS) {
    chunks.hold();
    await page.goto("about:blank");
    await page.goto(server.url + path);
    await app.started();
    await waits(name, seen);
  }
  for (const [name, act, seen] of OVER_THE_BOARD) {
    chunks.hold();
    await page.goto("about:blank");
    await page.goto(server.url);
    await page.getByRole("link", { name: "Ash" }).waitFor();
    await act(page);
    await waits(name, seen);
  }
});

journey("once the page is whole, views open without the server", { open: false }, async (_, { open }) => {
  const { page, server, chunks } = await opened(open);
  await page.reload();
  await whole(page);
  chunks.gone = true;
  const before = server.requests.length;
  for (const [, path, seen] of VIEWS) {
    await page.evaluate((hash) => void (location.hash = hash), path);
    await seen(page).waitFor();
  }
  assert.deepEqual(server.requests.slice(before), [], "nothing is fetched any more");
});

journey("a view that does not come says so, and comes when it is there again", { open: false }, async (_, { open }) => {
  const { app, page, chunks } = await opened(open);
  chunks.gone = true;
  await app.reload();
  await page.getByRole("link", { name: "Ash" }).waitFor();

  await page.evaluate(() => void (location.hash = "#/settings"));
  await heading(page, FAILED).waitFor();
  await app.axe();
  assert.ok(await page.getByRole("button", { name: "Reload" }).isVisible());

  await page.evaluate(() => void (location.hash = "#/board"));
  await page.getByRole("link", { name: "Ash" }).waitFor();
  await page.keyboard.press("c");
  const message = page.getByRole("dialog", { name: FAILED });
  await message.waitFor();
  await app.axe();
  await message.getByRole("button", { name: "Close" }).click();
  await message.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Ash" }).waitFor();
  assert.equal(await page.locator("#failure").isVisible(), false, "the page itself goes on");

  await page.evaluate(() => void (location.hash = "#/settings"));
  await heading(page, FAILED).waitFor();
  chunks.gone = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(page, "Settings").waitFor();
  app.expectProblem(/404|did not load/);
  // An empty answer is not the file that the page's own digest says.
  app.expectProblem(/integrity|Failed to fetch/);
});
