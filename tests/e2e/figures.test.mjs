// Figures: charts that are left, amounts in several currencies, tiles that say what they rest on.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { TINY, withWays } from "./insight-data.mjs";

const STILL = { reducedMotion: "reduce", timeout: 120_000 };

async function go(app, hash, heading) {
  await app.page.evaluate((to) => void (location.hash = to), hash);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** The marks of a chart that open what is behind them. */
const marks = (page) => page.locator(".chart__plot .mark--pick");

journey("a chart whose mark has the focus can be left by any way", STILL, async (app) => {
  const { page } = app;
  await withWays(app, TINY);
  const rows = page.locator("dialog.rows-dialog");
  const leaves = {
    "by keys": () => page.keyboard.press("g").then(() => page.keyboard.press("b")),
    "by Back": () => page.goBack(),
    "by an address": () => page.evaluate(() => void (location.hash = "#/board")),
  };
  for (const leave of Object.values(leaves)) {
    await go(app, "#/board", "Sales");
    await go(app, "#/insight/changes", "Changes");
    await marks(page).first().focus();
    await page.keyboard.press("Enter");
    await rows.waitFor();
    await page.keyboard.press("Escape");
    await rows.waitFor({ state: "hidden" });
    await page.locator(".chart__plot [data-mark]:focus").waitFor();
    await leave();
    await page.getByRole("heading", { level: 1, name: "Sales" }).waitFor();
  }
  // A point leads to its deal, by Enter and by a click.
  await go(app, "#/insight/pipeline", "Pipeline");
  const points = page.locator("figure", { hasText: "Age and value" }).locator(".mark--pick");
  await points.first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /^(Dogwood|Elm)$/ }).waitFor();
  await go(app, "#/insight/pipeline", "Pipeline");
  await points.last().click({ force: true });
  await page.getByRole("heading", { level: 1, name: /^(Dogwood|Elm)$/ }).waitFor();
});

journey("while an earlier day is looked at nothing is deleted, restored or brought in", STILL, async (app) => {
  const { page } = app;
  await withWays(app, TINY);
  await go(app, "#/insight/changes", "Changes");
  // A day to come cannot be looked at, and it is said.
  const ahead = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("See everything as of").fill(ahead);
  await page.getByRole("button", { name: "Look back" }).click();
  await page.getByText(/^That day is still to come/).first().waitFor();
  await page.getByRole("button", { name: "A month ago" }).click();
  await page.getByRole("button", { name: "Look back" }).click();
  const bar = page.getByRole("region", { name: "Looking back" });
  await bar.waitFor();
  const day = await bar.getByLabel("Day to look at").inputValue();
  assert.equal(await bar.getByRole("button", { name: "Clear date" }).count(), 0);

  await go(app, "#/data", "Data");
  await page.getByText("Nothing can be brought in, restored or deleted.").waitFor();
  await app.axe();
  for (const name of ["Delete everything…", "Import spreadsheets…", "Open a Fairlead file…"]) {
    await page.getByRole("button", { name }).click();
    await page.getByText(/^You are looking at an earlier day/).first().waitFor();
    assert.equal(await page.locator("dialog[open]").count(), 0, name);
    await page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
  }
  const table = await app.download(() => page.getByRole("button", { name: "Download deals as CSV" }).click());
  assert.equal(table.name, `fairlead-deals-${day}.csv`);
  await go(app, "#/data/import", "Import spreadsheets");
  await page.getByText("Nothing can be brought in meanwhile.").waitFor();

  // Before everything there was no deal, and the bar says so.
  await bar.getByLabel("Day to look at").fill("2020-03-01");
  await bar.getByText("There was no deal yet.").waitFor();
  await page.locator(".banner").getByRole("button", { name: "Back to today" }).click();
  await bar.waitFor({ state: "detached" });
  await go(app, "#/data", "Data");
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await page.getByRole("dialog", { name: "Delete everything?" }).waitFor();
});

/** Six deals lost in dollars out of one stage, six in euros out of another, and some that are open. */
const MIXED = [
  ...Array.from({ length: 6 }, (_, n) => ({ title: `Dollar ${n}`, way: [["Prospecting", 40], ["Qualification", 30]], lost: 10, value: 1_000_000, currency: "USD", source: "Web", owner: "Ada" })),
  ...Array.from({ length: 6 }, (_, n) => ({ title: `Euro ${n}`, way: [["Prospecting", 30]], lost: 9, value: 10_000, source: "Fair", owner: "Bob" })),
  { title: "Open dollars", way: [["Prospecting", 60]], value: 500_000, currency: "USD", source: "Web", owner: "Ada", close: 10 },
  { title: "Open euros", way: [["Prospecting", 60]], value: 300_000, source: "Fair", owner: "Bob", close: 10 },
  { title: "Won euros", way: [["Prospecting", 90]], won: 20, value: 200_000, source: "Fair", owner: "Bob" },
];

journey("several currencies stand apart in words, and each chart is of one of them", STILL, async (app) => {
  const { page } = app;
  await withWays(app, MIXED);
  await go(app, "#/insight/pipeline", "Pipeline");
  const narrow = page.getByRole("region", { name: "Bottlenecks" });
  await narrow.getByText(/50 % of the deals lost in this pipeline\. They are counted/).first().waitFor();
  assert.equal(await narrow.locator(".narrow__one").count(), 2);
  const course = page.getByRole("region", { name: "Pipeline over time" });
  await course.getByText("EUR and USD stay apart: no reporting currency is set.").waitFor();
  await course.getByText("Open in EUR at the end of each month").first().waitFor();
  await course.getByRole("radio", { name: "USD" }).click();
  await course.getByText("Open in USD at the end of each month").first().waitFor();
  await app.axe();
  await go(app, "#/insight/changes", "Changes");
  await page.getByText("EUR and USD stay apart: no reporting currency is set.").first().waitFor();
});

journey("tiles say of how many and how sure, and pages in small open their page", STILL, async (app) => {
  const { page } = app;
  await withWays(app, MIXED);
  await go(app, "#/dashboard", "Dashboard");
  await page.getByRole("button", { name: "Start with an empty one" }).click();
  await page.getByRole("dialog", { name: "Add a dashboard" }).getByLabel("Name").fill("Mine");
  await page.keyboard.press("Enter");
  await page.getByText("Nothing on it yet").waitFor();
  const add = async (what, more = async () => {}) => {
    await page.getByRole("button", { name: /^Add (a first )?tile$/ }).first().click();
    const form = page.getByRole("dialog", { name: "Add a tile" });
    await form.getByLabel("Shows").selectOption({ label: what });
    await more(form);
    await form.getByRole("button", { name: "Add tile" }).click();
    await form.waitFor({ state: "hidden" });
  };
  const tile = (name) => page.getByRole("listitem", { name, exact: true });
  const split = (by) => async (form) => {
    await form.getByLabel("As", { exact: true }).selectOption({ label: "Bars by a dimension" });
    await form.getByLabel("By", { exact: true }).selectOption({ label: by });
  };
  await add("Win rate", split("Owner"));
  const rates = tile("Win rate by owner");
  // Of fewer than ten no percent is told, and short names keep their n.
  await rates.locator(".chart__svg").getByText("1 of 7").waitFor();
  assert.match(await rates.locator(".chart__svg").innerHTML(), /Bob.*n 7/s);
  assert.equal(await rates.locator("[class*='mark--marker']").count(), 2);
  await rates.getByText("Each rests on fewer than 10: too few to compare.").waitFor({ state: "attached" });
  // Of each currency its own bars, with their own n.
  await add("Lost", split("Source"));
  const lost = tile("Lost by source");
  await lost.locator(".chart").nth(1).waitFor();
  for (const chart of await lost.locator(".chart").all()) assert.equal(await chart.locator(".mark--pick").count(), 1);

  await add("List: Expected to close", async (form) => {
    assert.ok((await form.getByLabel("Time").locator("option").allInnerTexts()).includes("Next quarter"));
  });
  await tile("Expected to close").getByRole("link", { name: "Open euros" }).waitFor();
  for (const [what, title, says] of [
    ["Forecast: commit, best case, weighted", "Forecast", "Weighted"],
    ["Quota attainment", "Quota attainment", "No quota runs today."],
    ["Reasons of losses", "Reasons of losses", "12 of 12"],
    ["Bottlenecks", "Bottlenecks", "50% of what is lost"],
  ]) {
    await add(what);
    await tile(title).getByText(says, { exact: true }).first().waitFor();
  }
  await add("Changes of the open pipeline");
  await tile("Changes of the open pipeline").locator(".chart").first().waitFor();
  await app.axe();
  await tile("Reasons of losses").getByRole("button", { name: /12 of 12/ }).click();
  await page.locator("dialog.rows-dialog").getByText("n = 12").waitFor();
  await page.keyboard.press("Escape");
  await tile("Forecast").getByRole("link", { name: "Open the page" }).click();
  await page.getByRole("heading", { level: 1, name: "Forecast" }).waitFor();
});

journey("who looks back keeps the dashboards and rates of today", STILL, async (app) => {
  const { page } = app;
  await withWays(app, TINY);
  await go(app, "#/dashboard", "Dashboard");
  await page.getByRole("button", { name: "Add the founder’s dashboard" }).click();
  await page.getByRole("heading", { level: 1, name: "Founder" }).waitFor();
  await go(app, "#/insight/changes", "Changes");
  await page.getByRole("button", { name: "A week ago" }).click();
  await page.getByRole("button", { name: "Look back" }).click();
  await page.getByRole("region", { name: "Looking back" }).waitFor();
  await go(app, "#/dashboard", "Founder");
  await page.locator(".tile__value").first().waitFor();
});
