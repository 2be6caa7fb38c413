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
