// Large changes come in slices: one can go on working meanwhile, here and in other tabs, and stop
// them until they are being written. Whatever stops them leaves the data as they were.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { add, begin, board, fileOf, fileOfDeals, heading, log, merge, saved, shows, titles, until } from "./storage-kit.mjs";

const button = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true });
const goTo = (page, place) => page.evaluate((hash) => void (location.hash = hash), `#/${place}`);

/** Lets a page hold its work between two slices, and its disk be full. */
const prepare = () => {
  const held = [];
  window.hold = false;
  window.go = () => {
    window.hold = false;
    held.splice(0).forEach((post) => post());
  };
  window.step = () => held.shift()?.();
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...rest) {
    if (window.hold) held.push(() => post.apply(this, rest));
    else post.apply(this, rest);
  };
  const put = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...rest) {
    if (window.full && this.name === "changes") throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, rest);
  };
};

async function prepared(app) {
  await app.page.addInitScript(prepare);
  await app.reload();
  await begin(app.page);
  await add(app.page, "Proposal", "Anchor");
  await saved(app.page);
}

/** Chooses a table of deals and goes on to what the check says. */
async function checked(page, count) {
  const rows = Array.from({ length: count }, (_, n) => `${n},Deal ${n},${n % 3 ? "Close" : "Scouting"},${n},2026-01-01`);
  await goTo(page, "data/import");
  await heading(page, "Import spreadsheets").waitFor();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, "Choose files…").click()]);
  const text = `Id,Title,Stage,Value,Created\n${rows.join("\n")}\n`;
  await chooser.setFiles({ name: "many.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByText(`${new Intl.NumberFormat("en-GB").format(count)} rows, 5 columns`).waitFor();
  await button(page, "Go on to mapping").click();
  await page.getByRole("heading", { level: 2, name: "Stages" }).waitFor();
  await button(page, "Check").click();
  await page.getByText("Nothing has been changed yet.").waitFor();
}

/** What the board shows; of long columns only cards that are in view at any height of the page. */
const top = async (page) => (await board(page)).map(([name, text, cards]) => [name, text, cards.slice(0, 6)]);

/** Presses the button of the import, which then stands still in the middle. */
async function importHeld(page, label) {
  await page.evaluate(() => (window.hold = true));
  await button(page, label).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor();
}

journey("an import stopped in the middle has changed nothing, and can be done again", { timeout: 90_000 }, async (app) => {
  const { page } = app;
  await prepared(app);
  const before = await log(page);
  await checked(page, 3_000);
  await importHeld(page, "Import 3,000 deals");
  await app.axe();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.evaluate(() => window.go());
  // Back at the check, which still says the same.
  await page.getByText("Nothing has been changed yet.").waitFor();
  await button(page, "Import 3,000 deals").waitFor();
  assert.deepEqual(await log(page), before);
  await goTo(page, "board");
  await shows(page, "Proposal", "Anchor");
  assert.deepEqual(await titles(page, "Close"), []);
  await page.keyboard.press("Control+z");
  await page.getByText("Undid: Added Anchor").first().waitFor();
  await page.keyboard.press("Control+Shift+z");
  await shows(page, "Proposal", "Anchor");

  await checked(page, 3_000);
  await button(page, "Import 3,000 deals").click();
  await button(page, "Go to the board").click();
  await shows(page, "Scouting", "Deal 0");
  await saved(page);
  await app.reload();
  await shows(page, "Scouting", "Deal 0");
});

journey("an import of many rows gives the page its turn between many small steps, and says how far it is", { timeout: 120_000 }, async (app) => {
  const { page } = app;
  await prepared(app);
  await checked(page, 20_000);
  await importHeld(page, "Import 20,000 deals");
  // One step for each frame: what is said of it after each.
  const said = await page.evaluate(async () => {
    const ended = () => [...document.querySelectorAll("main button")].some((b) => b.textContent.trim() === "Go to the board");
    const said = [];
    while (!ended()) {
      await new Promise(requestAnimationFrame);
      const bar = document.querySelector("main progress");
      if (bar) said.push(`${bar.closest(".progress").textContent.replace("Cancel", "").trim()} ${bar.getAttribute("value")}`);
      window.step();
    }
    return [...new Set(said)];
  });
  assert.ok(said.length > 10, `the page had its turn after: ${said.join("; ")}`);
  await page.evaluate(() => window.go());
  await button(page, "Go to the board").click();
  await shows(page, "Scouting", "Deal 0");
});

journey("while an import comes in, work goes on in two tabs and nothing of it is lost", { timeout: 90_000 }, async (app) => {
  const { page: one } = app;
  await prepared(app);
  await checked(one, 3_000);
  const two = await app.tab("#/board");
  await shows(two, "Proposal", "Anchor");
  await importHeld(one, "Import 3,000 deals");
  // Left alone it goes on, and is shown wherever one is.
  await goTo(one, "board");
  await one.getByRole("group", { name: "Under way" }).getByRole("button", { name: "Cancel" }).waitFor();
  await app.axe();
  await add(one, "Proposal", "Buoy");
  await shows(two, "Proposal", "Buoy", "Anchor");
  await add(two, "Negotiation", "Chart");
  await shows(one, "Negotiation", "Chart");
  await two.locator("[data-deal]").getByRole("link", { name: "Anchor", exact: true }).focus();
  await two.keyboard.press("Delete");
  await until(one, async () => (await titles(one, "Proposal")).join() === "Buoy");
  await Promise.all([saved(one), saved(two)]);
  await one.evaluate(() => window.go());

  await one.getByText("Imported 3,000 deals from many.csv").first().waitFor();
  for (const page of [one, two]) {
    await shows(page, "Scouting", "Deal 0");
    await shows(page, "Negotiation", "Chart");
    await until(page, async () => (await titles(page, "Proposal")).join() === "Buoy");
  }
  await until(two, async () => JSON.stringify(await top(one)) === JSON.stringify(await top(two)), "the same board in both tabs");
  // What was done last is the import: it goes, and the rest stays.
  await one.keyboard.press("Control+z");
  for (const page of [one, two]) {
    await page.getByRole("heading", { level: 2, name: "Scouting" }).waitFor({ state: "detached" });
    await shows(page, "Negotiation", "Chart");
    await shows(page, "Proposal", "Buoy");
  }
  await one.keyboard.press("Control+Shift+z");
  for (const page of [one, two]) await shows(page, "Scouting", "Deal 0");
  await Promise.all([saved(one), saved(two)]);
  const shown = await top(one);
  for (const page of [one, two]) {
    await page.reload();
    await app.started(page);
    await shows(page, "Scouting", "Deal 0");
    assert.deepEqual(await top(page), shown);
  }
});

journey("an import, a merge and an undo that cannot be written leave the data as they were", { timeout: 90_000 }, async (app) => {
  const { page } = app;
  await prepared(app);
  await checked(page, 1_000);
  const before = await log(page);
  await page.evaluate(() => (window.full = true));
  await button(page, "Import 1,000 deals").click();
  const alert = page.getByRole("alert").filter({ hasText: "That did not work." });
  await alert.getByText(/no room|full/).waitFor();
  await button(page, "Import 1,000 deals").waitFor();
  assert.deepEqual(await log(page), before);
  await page.evaluate(() => (window.full = false));
  await button(page, "Import 1,000 deals").click();
  await button(page, "Go to the board").click();
  await shows(page, "Scouting", "Deal 0");
  await saved(page);

  const imported = await log(page);
  await page.evaluate(() => (window.full = true));
  await page.keyboard.press("Control+z");
  await page.getByText(/That could not be taken back/).first().waitFor();
  await shows(page, "Scouting", "Deal 0");
  await goTo(page, "data");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, "Open a Fairlead file…").click()]);
  await chooser.setFiles(fileOf(fileOfDeals(imported, "Proposal", 300)));
  await button(page, "Merge it").click();
  await page.getByRole("alert").filter({ hasText: "Nothing was changed." }).waitFor();
  assert.deepEqual(await log(page), imported);
  await page.evaluate(() => (window.full = false));
  await goTo(page, "board");
  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { level: 2, name: "Scouting" }).waitFor({ state: "detached" });
  await saved(page);
  await merge(page, fileOf(fileOfDeals(imported, "Proposal", 300)));
  await shows(page, "Proposal", "Anchor", "Merged 0");
});

journey("a merge stopped in the middle has changed nothing", async (app) => {
  const { page } = app;
  await prepared(app);
  const before = await log(page);
  await goTo(page, "data");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, "Open a Fairlead file…").click()]);
  await chooser.setFiles(fileOf(fileOfDeals(before, "Close", 2_000)));
  await button(page, "Merge it").waitFor();
  await page.evaluate(() => (window.hold = true));
  await button(page, "Merge it").click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.evaluate(() => window.go());
  await page.getByRole("button", { name: "Cancel" }).waitFor({ state: "detached" });
  assert.deepEqual(await log(page), before);
  await goTo(page, "board");
  await shows(page, "Proposal", "Anchor");
  assert.deepEqual(await titles(page, "Close"), []);
});
