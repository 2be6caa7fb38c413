// Products, lines, and what comes after the sale.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

/** Nothing fades in while it is looked at. */
const STILL = { reducedMotion: "reduce" };

/** Begins with an empty workspace in pounds. */
async function startEmpty({ page }) {
  await page.getByLabel("Currency").selectOption("GBP");
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByText("No deals in this pipeline yet").waitFor();
}

/** Begins with the sample. */
async function startSample({ page }) {
  await page.getByRole("button", { name: /sample/i }).first().click();
  await page.locator("[data-deal]").first().waitFor();
}

const go = async (app, hash, heading) => {
  await app.page.goto(`${app.url}${hash}`);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

const fact = (page, label) => page.getByRole("region", { name: "Main facts" }).getByRole("button").filter({ hasText: label });

/** Adds a deal with the form and opens its page. */
async function makeDeal({ page }, title, organisation) {
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill(title);
  if (organisation) {
    await form.getByLabel("Organisation").fill(organisation);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Adds a line on the page of a deal: a product by typing, created where it is none. */
async function addLine({ page }, name, { quantity = "1", price, discount, paid, periods } = {}) {
  await page.getByRole("combobox", { name: "Add a product" }).fill(name);
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "Add a line" });
  await form.getByLabel("Quantity").fill(quantity);
  if (price != null) await form.getByLabel("Price of one").fill(price);
  if (discount) await form.getByLabel("Discount").fill(discount);
  if (paid) await form.getByLabel("Paid").selectOption({ label: paid });
  if (periods) await form.getByLabel("Term").fill(periods);
  await page.keyboard.press("Enter");
  await form.waitFor({ state: "hidden" });
}

const lineNames = (page) => page.locator(".lines__name").allInnerTexts();

journey("products are added, changed, retired, deleted, and kept", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await go(app, "#/products", "Products");
  await page.getByText("No products yet").waitFor();
  await app.axe();
  await page.getByRole("button", { name: "Add product" }).first().click();
  const form = page.getByRole("dialog", { name: "Add a product" });
  await form.getByLabel("List price").fill("12,34,5");
  await page.keyboard.press("Enter");
  await form.getByText("Give the product a name.").waitFor();
  await form.getByText("is not an amount").waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByLabel("Name").fill("Licence");
  await form.getByLabel("Code").fill("LIC-1");
  await form.getByLabel("List price").fill("1,200");
  await form.getByLabel("Currency").selectOption("EUR");
  await form.getByLabel("Paid").selectOption({ label: "per year" });
  await form.getByLabel("Name").press("Enter");
  await form.waitFor({ state: "hidden" });
  const row = page.getByRole("row").filter({ hasText: "Licence" });
  assert.match((await row.innerText()).replace(/\s+/g, " "), /Licence LIC-1 €1,200 per year/);
  await app.axe();

  // The same code again is refused by its field.
  await page.getByRole("button", { name: "Add product" }).click();
  await form.getByLabel("Name").fill("Other");
  await form.getByLabel("Code").fill("lic-1");
  await page.keyboard.press("Enter");
  await form.getByText("Licence has this code already.").waitFor();
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "hidden" });

  await app.reload();
  await row.getByRole("link", { name: "Licence" }).click();
  const edit = page.getByRole("dialog", { name: "Change the product" });
  await edit.getByLabel("Series").fill("Software");
  await page.keyboard.press("Enter");
  await edit.getByRole("button", { name: "Save" }).click();
  await edit.waitFor({ state: "hidden" });
  await row.getByText("Software").waitFor();
  await row.getByRole("link", { name: "Licence" }).click();
  await edit.getByRole("button", { name: "Retire" }).click();
  await row.waitFor({ state: "hidden" });
  await page.getByLabel("Show retired").check();
  await row.getByText("Retired").waitFor();
  await row.getByRole("link", { name: "Licence" }).click();
  await edit.getByRole("button", { name: "Delete" }).click();
  await page.getByText("No products yet").waitFor();
  await page.keyboard.press("Control+z");
  await page.getByLabel("Show retired").check();
  await row.waitFor();
});

journey("lines are added by typing, priced, moved by key, and make the value", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await makeDeal(app, "Fleet telemetry");
  await page.getByRole("tab", { name: /Products/ }).click();
  await addLine(app, "Licence", { quantity: "2.5", price: "100", discount: "10", paid: "per month", periods: "24" });
  // 2.5 × 100 less 10 % is 225 a month.
  await fact(page, "Value").getByText("£5,400").waitFor();
  await addLine(app, "Installation", { price: "600" });
  await fact(page, "Value").getByText("£6,000").waitFor();
  const sum = (label) => page.locator(`[data-sum="${label}"] dd`);
  assert.equal(await sum("One-time").innerText(), "£600");
  assert.equal(await sum("MRR").innerText(), "£225");
  assert.equal(await sum("ARR").innerText(), "£2,700");
  assert.equal(await sum("First year (ACV)").innerText(), "£3,300");
  assert.equal(await sum("Total (TCV)").innerText(), "£6,000");
  await page.getByRole("button", { name: "How Annual contract value (ACV) is computed" }).click();
  await page.getByText("What falls into the first twelve months").waitFor();
  await page.keyboard.press("Escape");
  await app.axe();

  // By key: the line moves, and keeps the focus.
  await page.getByRole("button", { name: "Installation", exact: true }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => document.querySelector(".lines__name")?.innerText === "Installation");
  await page.getByRole("button", { name: "Installation", exact: true }).and(page.locator(":focus")).waitFor();
  assert.deepEqual(await lineNames(page), ["Installation", "Licence"]);
  await app.reload();
  await page.getByRole("tab", { name: /Products/ }).click();
  await page.getByRole("button", { name: "Licence", exact: true }).waitFor();
  assert.deepEqual(await lineNames(page), ["Installation", "Licence"]);

  // Another currency than the deal's is refused by the field.
  await page.getByRole("button", { name: "Installation", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Change the line" });
  await form.getByLabel("Currency").selectOption("EUR");
  await form.getByRole("button", { name: "Save line" }).click();
  await form.getByText("This deal is in EUR. Enter the price in EUR.").or(form.getByText("This deal is in GBP. Enter the price in GBP.")).waitFor();
  await app.axe({ include: "dialog[open]" });
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "hidden" });

  // Kept by hand, the value stays; undo brings the line back.
  await page.getByRole("switch", { name: "Value from lines" }).uncheck();
  await page.getByRole("button", { name: "Remove Installation" }).click();
  await page.getByRole("button", { name: "Installation", exact: true }).waitFor({ state: "hidden" });
  await fact(page, "Value").getByText("£6,000").waitFor();
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Installation", exact: true }).waitFor();
});

journey("the form of a deal takes lines and saves them with the rest", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill("Cold store");
  await form.getByRole("button", { name: "Something else" }).click();
  const line = page.getByRole("dialog", { name: "Add a line" });
  await line.getByLabel("What is sold").fill("Site survey");
  await line.getByLabel("Price of one").fill("750");
  await page.keyboard.press("Enter");
  await line.waitFor({ state: "hidden" });
  assert.equal(await form.getByLabel("Value", { exact: true }).inputValue(), "750");
  assert.ok(await form.getByLabel("Value", { exact: true }).isDisabled());
  await app.axe({ include: ".deal-sheet" });
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "Cold store" }).first().click();
  await fact(page, "Value").getByText("£750").waitFor();
  await page.getByRole("tab", { name: /Products/ }).click();
  assert.deepEqual(await lineNames(page), ["Site survey"]);
});

journey("a won deal is renewed once, and sold more", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await makeDeal(app, "Fleet telemetry", "Orchard Bank");
  await page.getByRole("tab", { name: /Products/ }).click();
  await addLine(app, "Licence", { price: "1200", paid: "per year", periods: "1" });
  await page.getByRole("button", { name: "Won", exact: true }).click();
  const ask = page.getByRole("dialog", { name: "Mark as won: Fleet telemetry" });
  const renewal = await ask.getByLabel("Up for renewal on").inputValue();
  assert.match(renewal, /^\d{4}-\d\d-\d\d$/);
  await app.axe({ include: "dialog[open]" });
  await ask.getByLabel("Up for renewal on").fill("2020-01-01");
  await ask.getByRole("button", { name: "Mark as won" }).click();
  await ask.getByText("The renewal comes after the day the deal is won.").waitFor();
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await ask.getByLabel("Up for renewal on").fill(soon);
  await ask.getByRole("button", { name: "Mark as won" }).click();
  await ask.waitFor({ state: "hidden" });
  const side = page.getByRole("complementary", { name: "More about this deal" });
  assert.equal(await side.getByLabel("Up for renewal on").inputValue(), soon);
  await app.axe();

  await go(app, "#/customers", "Customers");
  const row = page.getByRole("row").filter({ hasText: "Orchard Bank" });
  await row.getByText("£100", { exact: true }).waitFor();
  await app.axe();
  await row.getByRole("button", { name: "Health of Orchard Bank: not set" }).click();
  const health = page.getByRole("dialog", { name: "How is Orchard Bank doing?" });
  await health.getByRole("radio", { name: "At risk" }).click();
  await health.getByLabel("Why").fill("Budget frozen");
  await page.keyboard.press("Control+Enter");
  await health.waitFor({ state: "hidden" });
  await row.getByText("At risk").waitFor();

  await go(app, "#/customers/renewals", "Renewals");
  await page.getByRole("radio", { name: /30 days/ }).click();
  await app.axe();
  await page.getByRole("button", { name: "Renew Fleet telemetry" }).click();
  await page.getByRole("heading", { level: 1, name: /^Renewal \d{4}: Fleet telemetry$/ }).waitFor();
  await fact(page, "Value").getByText("£1,200").waitFor();
  await side.getByRole("link", { name: "Fleet telemetry", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "Fleet telemetry" }).waitFor();
  await side.getByRole("button", { name: "Open the renewal deal" }).waitFor();
  assert.equal(await side.getByRole("button", { name: "Make the renewal deal" }).count(), 0);

  await side.getByRole("button", { name: "New upsell deal" }).click();
  const form = page.getByRole("dialog", { name: "New upsell deal" });
  assert.equal(await form.getByLabel("Organisation").inputValue(), "Orchard Bank");
  await form.getByLabel("Title").fill("More seats");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await side.getByRole("link", { name: "More seats" }).first().waitFor();

  await app.reload();
  await side.getByRole("link", { name: "More seats" }).first().waitFor();
  await go(app, "#/customers", "Customers");
  await row.getByRole("button", { name: /^Deals of Orchard Bank over time/ }).click();
  const sheet = page.getByRole("dialog", { name: "Orchard Bank: deals over time" });
  await sheet.getByRole("link", { name: "More seats" }).waitFor();
  assert.equal(await sheet.getByRole("listitem").count(), 3);
  await app.axe({ include: "dialog[open]" });
});

journey("whitespace goes by key, opens deals and starts a cross-sell deal", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/customers/whitespace", "Whitespace");
  const table = page.getByRole("region", { name: "Whitespace" });
  await table.getByRole("button").first().waitFor();
  await app.axe();
  await page.getByLabel("Series").selectOption("Beacon");
  await table.getByRole("columnheader", { name: "Tide gateway" }).waitFor({ state: "hidden" });
  const first = table.locator("[data-row='0'][data-column='0']");
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await table.locator("[data-row='1'][data-column='0']:focus").waitFor();
  await page.keyboard.press("End");
  await table.locator("[data-row='1']:focus").waitFor();

  await table.getByRole("button", { name: /: bought/ }).first().focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: / at / });
  await dialog.getByRole("link").first().waitFor();
  await app.axe({ include: "dialog[open]" });
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  await table.getByRole("button", { name: /nothing yet/ }).first().focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "New cross-sell deal" });
  const title = await form.getByLabel("Title").inputValue();
  assert.match(title, / for /);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.getByRole("heading", { level: 1, name: "Whitespace" }).waitFor();
  await table.getByRole("button", { name: /1 deal open/ }).first().waitFor();
});
