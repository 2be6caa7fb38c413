// Dashboards: begun with, filled, arranged by pointer, key and menu, kept, taken back.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { TINY, withWays } from "./insight-data.mjs";

const STILL = { reducedMotion: "reduce" };
const plain = (text) => text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
const tiles = (page) => page.locator("[data-tile]");
const tile = (page, name) => page.getByRole("listitem", { name, exact: true });
const form = (page, name = "Add a tile") => page.getByRole("dialog", { name });

async function go(app, hash, title) {
  await app.page.evaluate((to) => void (location.hash = to), hash);
  await app.page.getByRole("heading", { level: 1, name: title }).waitFor();
}

async function menu(page, tile, item) {
  await page.getByRole("button", { name: `More for ${tile}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Waits until the tiles have these headings in this order. */
async function inOrder(page, wanted) {
  await page.waitForFunction((wanted) => {
    const found = [...document.querySelectorAll(".tile__title")].map((title) => title.textContent.replace(/\s+/g, " ").trim());
    return JSON.stringify(found) === wanted;
  }, JSON.stringify(wanted));
}

/** Adds a tile with the form. */
async function add(page, what, { as, by } = {}) {
  await page.getByRole("button", { name: /^Add (a first )?tile$/ }).first().click();
  const dialog = form(page);
  await dialog.getByLabel("Shows").selectOption({ label: what });
  if (as) await dialog.getByLabel("As", { exact: true }).selectOption({ label: as });
  if (by) await dialog.getByLabel("By", { exact: true }).selectOption({ label: by });
  await dialog.getByRole("button", { name: "Add tile" }).click();
  await dialog.waitFor({ state: "hidden" });
}

journey("a dashboard is begun empty, filled, arranged, renamed, kept and taken back", { ...STILL, timeout: 120_000 }, async (app) => {
  const { page } = app;
  await withWays(app, TINY);
  await go(app, "#/dashboard", "Dashboard");
  await page.getByText("No dashboard yet").waitFor();
  await app.axe();
  await page.getByRole("button", { name: "Start with an empty one" }).click();
  await page.getByRole("dialog", { name: "Add a dashboard" }).getByLabel("Name").fill("Mine");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Mine" }).waitFor();
  await page.getByText("Nothing on it yet").waitFor();
  await app.axe();

  await add(page, "Open pipeline");
  await add(page, "Win rate", { as: "Bars by a dimension", by: "Source" });
  await add(page, "List: Rotting deals");
  await inOrder(page, ["Open pipeline", "Win rate by source", "Rotting deals"]);
  assert.match(plain(await tile(page, "Open pipeline").innerText()), /€10,000/);
  await tile(page, "Rotting deals").getByRole("link", { name: "Dogwood" }).waitFor();
  await app.axe();

  // The deals behind a number.
  await tile(page, "Open pipeline").locator(".tile__value").click();
  const rows = page.locator("dialog.rows-dialog");
  await rows.getByText("n = 2").waitFor();
  await page.keyboard.press("Escape");
  await rows.waitFor({ state: "hidden" });

  // By menu, by key, by dragging.
  await menu(page, "Rotting deals", "Move earlier");
  await inOrder(page, ["Open pipeline", "Rotting deals", "Win rate by source"]);
  await page.getByRole("button", { name: /^Move Open pipeline:/ }).focus();
  await page.keyboard.press("ArrowRight");
  await inOrder(page, ["Rotting deals", "Open pipeline", "Win rate by source"]);
  const from = await page.getByRole("button", { name: /^Move Win rate by source:/ }).boundingBox();
  const to = await tile(page, "Rotting deals").boundingBox();
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 40, { steps: 4 });
  await page.mouse.up();
  await inOrder(page, ["Win rate by source", "Rotting deals", "Open pipeline"]);
  await page.keyboard.press("Control+z");
  await inOrder(page, ["Rotting deals", "Open pipeline", "Win rate by source"]);

  await menu(page, "Open pipeline", "Wider");
  await page.locator('[data-tile][data-width="4"]', { hasText: "Open pipeline" }).waitFor();
  await menu(page, "Open pipeline", "Higher");
  await page.locator('[data-tile][data-height="2"]', { hasText: "Open pipeline" }).first().waitFor();
  await menu(page, "Open pipeline", "Duplicate");
  assert.equal(await tiles(page).count(), 4);
  await menu(page, "Rotting deals", "Remove");
  await inOrder(page, ["Open pipeline", "Open pipeline", "Win rate by source"]);
  await page.keyboard.press("Control+z");
  await inOrder(page, ["Rotting deals", "Open pipeline", "Open pipeline", "Win rate by source"]);

  // Only some deals, another time, a heading of one's own.
  await menu(page, "Rotting deals", "Change…");
  const change = form(page, "Change the tile");
  await change.getByLabel("Only").selectOption({ label: "Owner" });
  await change.getByLabel("Which").selectOption({ label: "Ada" });
  await change.getByLabel("Heading").fill("Ada’s rotting deals");
  await app.axe({ include: "dialog[open]" });
  await change.getByRole("button", { name: "Save" }).click();
  await change.waitFor({ state: "hidden" });
  await tile(page, "Ada’s rotting deals").getByText("None now.").waitFor();

  // Several filters, all of which hold; each can go again.
  await menu(page, "Ada’s rotting deals", "Change…");
  const filter = (number) => change.getByRole("group", { name: `Filter ${number}`, exact: true });
  assert.equal(await filter(1).getByLabel("Which").locator("option:checked").innerText(), "Ada");
  await filter(1).getByLabel("Which").selectOption({ label: "Bob" });
  await change.getByRole("button", { name: "Add a filter" }).press("Enter");
  await filter(2).getByLabel("Only").selectOption({ label: "Source" });
  await filter(2).getByLabel("Which").selectOption({ label: "Web" });
  await change.getByText("Deals for which all of these hold.").waitFor();
  await app.axe({ include: "dialog[open]" });
  await change.getByRole("button", { name: "Save" }).click();
  await change.waitFor({ state: "hidden" });
  await tile(page, "Ada’s rotting deals").getByText("None now.").waitFor();
  await menu(page, "Ada’s rotting deals", "Change…");
  assert.equal(await filter(2).getByLabel("Which").locator("option:checked").innerText(), "Web");
  await change.getByRole("button", { name: "Remove filter 2" }).click();
  await filter(2).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.textContent === "Add a filter");
  await change.getByRole("button", { name: "Save" }).click();
  await change.waitFor({ state: "hidden" });
  await tile(page, "Ada’s rotting deals").getByRole("link", { name: "Dogwood" }).waitFor();

  await page.getByRole("button", { name: "More for this dashboard" }).click();
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  const rename = page.getByRole("dialog", { name: "Rename the dashboard" });
  await rename.getByLabel("Name").fill("Ours");
  await rename.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Ours" }).waitFor();
  await page.locator("[data-state=idle]").getByText("All changes saved here").waitFor();
  await app.reload();
  await go(app, "#/dashboard", "Ours");
  await inOrder(page, ["Ada’s rotting deals", "Open pipeline", "Open pipeline", "Win rate by source"]);
});

journey("each preset is a dashboard one can change, copy and delete", { ...STILL, timeout: 120_000 }, async (app) => {
  const { page } = app;
  await withWays(app, TINY);
  await go(app, "#/dashboard", "Dashboard");
  await page.getByRole("button", { name: "Add the seller’s dashboard" }).click();
  await page.getByRole("heading", { level: 1, name: "Seller" }).waitFor();
  assert.equal(await tiles(page).count(), 8);
  for (const name of ["Manager", "Founder"]) {
    await page.getByRole("button", { name: "More for this dashboard" }).click();
    await page.getByRole("menuitem", { name: new RegExp(`Add the ${name.toLowerCase()}’s dashboard`) }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    assert.doesNotMatch(await page.locator("main").innerText(), /NaN|Infinity|undefined/);
    await app.axe();
  }
  await page.getByLabel("Dashboard", { exact: true }).selectOption({ label: "Seller" });
  await page.getByRole("heading", { level: 1, name: "Seller" }).waitFor();
  await page.getByRole("button", { name: "More for this dashboard" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("heading", { level: 1, name: "Manager" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByLabel("Dashboard", { exact: true }).getByRole("option", { name: "Seller" }).waitFor({ state: "attached" });
});

for (const [name, options] of [
  ["dark", { colorScheme: "dark" }],
  ["on a phone", { viewport: { width: 390, height: 844 } }],
]) {
  journey(`the sample fills the presets, ${name}`, { ...STILL, ...options, timeout: 120_000 }, async (app) => {
    const { page } = app;
    await page.getByRole("button", { name: /sample/i }).first().click();
    await page.locator("[data-deal]").first().waitFor();
    await page.evaluate(() => void (location.hash = "#/dashboard"));
    await page.getByRole("button", { name: "Add the founder’s dashboard" }).click();
    await page.getByRole("heading", { level: 1, name: "Founder" }).waitFor();
    await page.locator(".tile__value").first().waitFor();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(wider, false, "nothing is wider than the page");
    await app.axe();
  });
}
