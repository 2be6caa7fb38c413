// What changed between two days, and looking back at any day.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { withDeals } from "./board-data.mjs";

async function go(app, path, heading) {
  await app.page.evaluate((hash) => { location.hash = hash; }, path);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** The steps with their sums as shown, and the two ends. */
const steps = (page) => page.evaluate(() => [...document.querySelectorAll(".changes__end, .changes__step > summary")].map((row) => [
  row.querySelector(".changes__kind").textContent,
  row.querySelector(".changes__sum").textContent,
]));

/** A sum in whole units: "+€1,200" is 1200. */
const amount = (text) => Number(text.replace("−", "-").replace(/[^0-9.-]/g, "") || "0");

journey("what came, changed and went between two days sums exactly, and every bar opens its deals", async (app) => {
  const { page } = app;
  await withDeals(app, [
    { title: "Oak", stage: "Proposal", value: 900_000 },
    { title: "Elm", stage: "Qualification", value: 100_000 },
    { title: "Fir", stage: "Prospecting", value: 250_000 },
  ]);
  await page.getByRole("link", { name: "Fir" }).first().focus();
  await page.keyboard.press("Delete");
  await page.getByRole("link", { name: "Fir" }).waitFor({ state: "detached" });
  await go(app, "#/insight/changes", "Changes");
  const all = page.getByRole("region", { name: "Step by step" });
  await all.waitFor();
  assert.deepEqual(await steps(page), [["Start", "€0"], ["New", "+€10,000"], ["End", "€10,000"]]);
  await all.getByText("New", { exact: true }).click();
  await all.getByRole("link", { name: "Oak" }).waitFor();
  await app.axe();
  // From the picture, by keys, to the deals.
  await page.locator(".chart svg [tabindex]").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const rows = page.getByRole("dialog", { name: /^New/ });
  await rows.getByText("Elm").first().waitFor();
  await page.keyboard.press("Escape");
  await rows.waitFor({ state: "hidden" });
  // The same numbers as a table.
  await page.getByRole("button", { name: "Show as a table" }).first().click();
  await page.getByRole("cell", { name: "+€10,000" }).first().waitFor();
});

journey("the sample's year sums to the cent in every period, also on a phone and in the dark", async (app) => {
  const { page } = app;
  await page.getByRole("button", { name: "Load the sample" }).click();
  await page.getByText("You are looking at a sample.").waitFor();
  await go(app, "#/insight/changes", "Changes");
  const kinds = new Set();
  for (const time of ["days_90", "last_quarter", "months_12"]) {
    await page.getByLabel("Time", { exact: true }).selectOption(time);
    await page.getByRole("region", { name: "Step by step" }).waitFor();
    for (const closing of ["any", "this_quarter"]) {
      await page.getByLabel("Expected close").selectOption(closing);
      await page.getByRole("region", { name: "Step by step" }).waitFor();
      const found = await steps(page);
      for (const [kind] of found) kinds.add(kind);
      const [, first] = found[0];
      const [, last] = found.at(-1);
      const between = found.slice(1, -1).reduce((sum, [, text]) => sum + Math.round(amount(text) * 100), 0);
      assert.equal(Math.round(amount(first) * 100) + between, Math.round(amount(last) * 100), JSON.stringify(found));
    }
  }
  await page.getByLabel("Expected close").selectOption("any");
  for (const kind of ["New", "Won", "Lost", "Pulled in", "Pushed out"]) assert.ok(kinds.has(kind), `${kind} of ${[...kinds]}`);
  assert.ok(kinds.has("Increased") || kinds.has("Decreased"), `${[...kinds]}`);
  for (const [width, height, scheme] of [[1440, 900, "dark"], [820, 1100, "light"], [390, 844, "light"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await app.axe();
  }
});

journey("everything is seen as it was on an earlier day, nothing can be changed there, and today comes back", async (app) => {
  const { page } = app;
  await page.getByRole("button", { name: "Load the sample" }).click();
  await page.getByText("You are looking at a sample.").waitFor();
  const open = () => page.evaluate(() => document.querySelector("[data-deal] a")?.textContent);
  await page.locator("[data-deal]").first().waitFor();
  const today = await open();
  await go(app, "#/insight/changes", "Changes");
  await page.getByRole("button", { name: "A quarter ago" }).click();
  await page.getByRole("button", { name: "Look back" }).click();
  const bar = page.getByRole("region", { name: "Looking back" });
  await bar.getByText(/^As it was at the end of/).waitFor();
  await app.axe();
  const day = await bar.getByLabel("Day to look at").inputValue();
  await go(app, "#/board", /.+/);
  await page.locator("[data-deal]").first().waitFor();
  // Nothing is changed: the sentence says why, and the card stays.
  const card = page.locator("[data-deal]").first();
  const title = await card.getByRole("link").first().textContent();
  await card.getByRole("link").first().focus();
  await page.keyboard.press("Delete");
  await page.getByText("You are looking at an earlier day.").first().waitFor();
  assert.equal(await page.locator("[data-deal]").first().getByRole("link").first().textContent(), title);
  // No later event shows on the page of a deal.
  await card.getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  const later = await page.evaluate((day) => [...document.querySelectorAll("time[datetime]")].map((t) => t.dateTime).filter((d) => d.slice(0, 10) > day && !d.startsWith("P")), day);
  assert.deepEqual(later, []);
  await bar.getByRole("button", { name: "Back to today" }).click();
  await bar.waitFor({ state: "detached" });
  await go(app, "#/board", /.+/);
  await page.locator("[data-deal]").first().waitFor();
  assert.equal(await open(), today);
  // A reload leads to today as well.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("insight changes");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Changes" }).waitFor();
  await page.getByRole("button", { name: "A week ago" }).click();
  await page.getByRole("button", { name: "Look back" }).click();
  await bar.waitFor();
  await app.reload();
  await page.getByRole("heading", { level: 1, name: "Changes" }).waitFor();
  assert.equal(await bar.count(), 0);
});
