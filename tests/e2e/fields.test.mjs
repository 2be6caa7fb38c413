// Fields of one's own: defined, filled in, changed in place, found, imported, exported.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

const heading = (page, name, level = 1) => page.getByRole("heading", { level, name, exact: true });
const main = (page) => page.getByRole("main");
const file = (name, text, mimeType = "text/csv") => ({ name, mimeType, buffer: Buffer.from(text) });

async function startEmpty(page) {
  await page.getByRole("button", { name: "Start empty" }).click();
  await heading(page, "Sales").waitFor();
}

async function goTo(page, hash, title) {
  await page.evaluate((to) => void (location.hash = to), hash);
  await heading(page, title).waitFor();
}

/** Adds a field on the page of fields. */
async function define(page, { home = "deals", name, kind, options, hint }) {
  await page.getByRole("button", { name: `Add a field to ${home}` }).click();
  const dialog = page.getByRole("dialog", { name: `New field of ${home}` });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Kind").selectOption({ label: kind });
  if (options) await dialog.getByLabel("Options").fill(options.join("\n"));
  if (hint) await dialog.getByLabel("Hint").fill(hint);
  await dialog.getByRole("button", { name: "Add field" }).click();
  await dialog.waitFor({ state: "hidden" });
}

const KINDS = [
  { name: "Region", kind: "One choice", options: ["North", "South", "West"], hint: "Where it will be used" },
  { name: "Codename", kind: "Text" },
  { name: "Requirements", kind: "Long text" },
  { name: "Seats", kind: "Number" },
  { name: "Their budget", kind: "Amount of money" },
  { name: "Go-live", kind: "Date" },
  { name: "Tender", kind: "Yes or no" },
  { name: "Modules", kind: "Several choices", options: ["Base", "Reports", "Mobile"] },
  { name: "Brief", kind: "Link" },
];

async function defineAll(page) {
  await goTo(page, "#/process/fields", "Fields");
  for (const field of KINDS) await define(page, field);
}

/** The names of the fields of deals as the page lists them. */
const listed = (page) =>
  page.locator("[data-home=deal] [data-custom]").evaluateAll((rows) => rows.map((row) => row.querySelector("legend").textContent));

const row = (page, name) => page.locator("[data-custom]").filter({ has: page.locator("legend", { hasText: new RegExp(`^${name}$`) }) });
const fact = (page, name) => page.getByRole("region", { name: "Custom fields" }).getByRole("button", { name: new RegExp(`^${name}`) });

/** What the deal's page says of all its own fields. */
const facts = (page) =>
  page.locator(".own-fact").evaluateAll((all) => Object.fromEntries(all.map((f) => [f.querySelector(".own-fact__label").textContent, f.querySelector(".own-fact__text").textContent])));

async function fill(page, title) {
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill(title);
  await form.getByLabel("Region").selectOption("South");
  await form.getByLabel("Codename").fill("Kittiwake");
  await form.getByLabel("Requirements").fill("Two lines\nof text");
  await form.getByLabel("Seats").fill("1,250.5");
  await form.getByLabel("Their budget").fill("99.90");
  await form.locator("[data-field^=custom]").filter({ hasText: "Their budget" }).getByLabel("Currency").selectOption("USD");
  await form.getByLabel("Go-live").fill("2027-02-28");
  await form.getByRole("radiogroup", { name: "Tender" }).getByRole("radio", { name: "No", exact: true }).click();
  await form.getByRole("group", { name: "Modules" }).getByLabel("Mobile").check();
  await form.getByRole("group", { name: "Modules" }).getByLabel("Base").check();
  await form.getByLabel("Brief").fill("example.com/brief");
  return form;
}

const FILLED = {
  Region: "South",
  Codename: "Kittiwake",
  Requirements: "Two lines\nof text",
  Seats: "1,250.5",
  "Their budget": "US$99.90",
  "Go-live": "28 Feb 2027",
  Tender: "No",
  Modules: "Base, Mobile",
  Brief: "https://example.com/brief",
};

async function openDeal(page, title) {
  await page.getByRole("link", { name: title }).first().click();
  await heading(page, title).waitFor();
}

journey("fields of every kind are defined, put in order, renamed, deleted and brought back", async (app) => {
  const { page } = app;
  await startEmpty(page);
  await defineAll(page);
  assert.deepEqual(await listed(page), KINDS.map((f) => f.name));
  await app.axe();
  // A name that is taken, and a choice without options, are refused in the dialog.
  await page.getByRole("button", { name: "Add a field to deals" }).click();
  const dialog = page.getByRole("dialog", { name: "New field of deals" });
  await dialog.getByLabel("Name").fill("region");
  await dialog.getByRole("button", { name: "Add field" }).click();
  await dialog.getByText("There is a field “Region” already.").waitFor();
  await dialog.getByLabel("Name").fill("Area");
  await dialog.getByLabel("Kind").selectOption({ label: "One choice" });
  await dialog.getByRole("button", { name: "Add field" }).click();
  await dialog.getByText("Give at least one option to choose from.").waitFor();
  await app.axe({ include: "dialog[open]" });
  await page.keyboard.press("Escape");
  // In order by keys, wherever in the row the focus is.
  await row(page, "Seats").getByLabel("Name", { exact: true }).focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => document.querySelector("[data-home=deal] [data-custom] legend").textContent === "Seats");
  assert.deepEqual((await listed(page)).slice(0, 2), ["Seats", "Region"]);
  // A name changed in place.
  const name = row(page, "Codename").getByLabel("Name", { exact: true });
  await name.fill("Project name");
  await name.press("Enter");
  await row(page, "Project name").waitFor();
  // Deleted after a question, and back by undo.
  await row(page, "Project name").getByRole("button", { name: "Actions for Project name" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const ask = page.getByRole("dialog", { name: "Delete field Project name?" });
  await ask.getByText("No deal holds a value in it.").waitFor();
  await ask.getByRole("button", { name: "Delete field" }).click();
  await row(page, "Project name").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).first().click();
  await row(page, "Project name").waitFor();
  await app.reload();
  await row(page, "Project name").waitFor();
  assert.equal((await listed(page))[0], "Seats");
});

journey("a deal's own fields are filled in, changed in place, found, and the same in a fresh browser", async (app, { open }) => {
  const { page } = app;
  await startEmpty(page);
  await defineAll(page);
  await goTo(page, "#/board", "Sales");
  const form = await fill(page, "Harbour pilot");
  await form.getByLabel("Seats").fill("many");
  await page.keyboard.press("Control+Enter");
  await form.getByText("One thing needs your attention").waitFor();
  await form.getByRole("link", { name: "Seats" }).click();
  await page.waitForFunction(() => document.activeElement?.value === "many");
  await app.axe({ include: ".deal-sheet" });
  await form.getByLabel("Seats").fill("1,250.5");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await openDeal(page, "Harbour pilot");
  await fact(page, "Codename").waitFor();
  assert.deepEqual(await facts(page), FILLED);
  await app.reload();
  await fact(page, "Codename").waitFor();
  assert.deepEqual(await facts(page), FILLED);
  await app.axe();
  assert.equal(await page.getByRole("link", { name: "Open Brief" }).getAttribute("href"), "https://example.com/brief");

  // In place: Enter saves, Escape does not, nonsense is refused, a press elsewhere keeps.
  await fact(page, "Seats").click();
  const seats = page.getByRole("dialog", { name: "Change Seats" });
  await seats.getByLabel("Seats").fill("lots");
  await page.keyboard.press("Enter");
  await seats.getByText("“lots” is not a number.").waitFor();
  await seats.getByLabel("Seats").fill("7");
  await page.keyboard.press("Enter");
  await fact(page, "Seats").getByText("7", { exact: true }).waitFor();
  await fact(page, "Region").click();
  await page.getByRole("dialog", { name: "Change Region" }).getByLabel("Region").selectOption("West");
  await page.keyboard.press("Escape");
  await fact(page, "Region").getByText("South").waitFor();
  await fact(page, "Codename").click();
  await page.getByRole("dialog", { name: "Change Codename" }).getByLabel("Codename").fill("Guillemot");
  await heading(page, "Harbour pilot").click();
  await fact(page, "Codename").getByText("Guillemot").waitFor();
  await page.keyboard.press("Control+z");
  await fact(page, "Codename").getByText("Kittiwake").waitFor();
  // The history has the field's name and both values.
  await page.getByRole("tab", { name: "History" }).click();
  const entry = page.locator("[data-change]").filter({ hasText: "Changed Seats of Harbour pilot" });
  await entry.getByText("1250.5").first().waitFor();

  // A renamed option is renamed in the deal.
  await goTo(page, "#/process/fields", "Fields");
  await row(page, "Region").getByText("1 deal").waitFor();
  await row(page, "Region").locator("summary").click();
  const option = row(page, "Region").getByLabel("Option 2");
  await option.fill("Southern");
  await option.press("Enter");
  await page.getByText("Renamed option South to Southern in 1 deal").first().waitFor();
  // A kind cannot change once there are values.
  await row(page, "Seats").getByTitle("The kind stays while there are values").waitFor();
  assert.equal(await row(page, "Seats").getByRole("combobox").count(), 0);

  // Found by the board's search.
  await goTo(page, "#/board", "Sales");
  await page.keyboard.press("c");
  const other = page.getByRole("dialog", { name: "New deal" });
  await other.getByLabel("Title").fill("Another one");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: "Another one" }).first().waitFor();
  await page.getByRole("searchbox").fill("southern kitti");
  await page.getByRole("link", { name: "Another one" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Harbour pilot" }).first().waitFor();

  // The same in a fresh browser.
  await goTo(page, "#/data", "Data");
  const copy = await app.download(() => main(page).getByRole("button", { name: "Download everything" }).click());
  const fresh = await open();
  await goTo(fresh.page, "#/data", "Data");
  const [chooser] = await Promise.all([fresh.page.waitForEvent("filechooser"), main(fresh.page).getByRole("button", { name: "Open a Fairlead file…" }).click()]);
  await chooser.setFiles(file(copy.name, copy.text, "application/json"));
  await main(fresh.page).getByRole("button", { name: "Merge it" }).click();
  await fresh.page.getByText("There are 2 deals now.").waitFor();
  await goTo(fresh.page, "#/board", "Sales");
  await openDeal(fresh.page, "Harbour pilot");
  await fact(fresh.page, "Codename").waitFor();
  assert.deepEqual(await facts(fresh.page), { ...FILLED, Region: "Southern", Seats: "7" });
  await goTo(fresh.page, "#/data", "Data");
  const again = await fresh.download(() => main(fresh.page).getByRole("button", { name: "Download everything" }).click());
  assert.deepEqual(again.text.split("\n").slice(1), copy.text.split("\n").slice(1));
});

journey("columns of a table become fields, and the table of deals brings them to another browser", async (app, { open }) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "#/process/fields", "Fields");
  await define(page, { name: "Region", kind: "One choice", options: ["South"] });
  const csv = [
    "Title,Stage,Region,Seats,Site,Newsletter,Score",
    "One,Proposal,North,12.5,https://a.example,yes,high",
    "Two,Proposal,South,7,https://b.example,no,low",
    "Three,Qualification,South,x,,,",
  ].join("\n");
  await goTo(page, "#/data/import", "Import spreadsheets");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), main(page).getByRole("button", { name: "Choose files…" }).click()]);
  await chooser.setFiles(file("deals.csv", csv));
  await main(page).getByRole("button", { name: "Go on to mapping" }).click();
  await heading(page, "Columns", 2).waitFor();
  const means = (column) => page.getByLabel(`Meaning of column ${column}`);
  const chosen = (column) => means(column).evaluate((select) => select.selectedOptions[0].textContent);
  assert.equal(await chosen("Region"), "Field: Region");
  await means("Seats").selectOption({ label: "New field…" });
  const kind = page.getByLabel("Kind of the new field of column Seats");
  await kind.selectOption({ label: "Number" });
  await main(page).getByRole("button", { name: "Keep all other columns as own fields" }).click();
  await page.getByLabel("Name of the new field of column Newsletter").waitFor();
  assert.equal(await page.getByLabel("Kind of the new field of column Site").inputValue(), "link");
  await page.getByLabel("Name of the new field of column Score").fill("Priority");
  await page.getByLabel("Name of the new field of column Score").press("Enter");
  await app.axe();
  await main(page).getByRole("button", { name: "Check", exact: true }).click();
  await page.getByText("New fields: Seats, Site, Newsletter, Priority.").waitFor();
  await page.locator("summary").filter({ hasText: "Cannot be read; left empty" }).getByText("column Seats").waitFor();
  await page.locator("summary").filter({ hasText: "Not an option yet; added to the options" }).waitFor();
  await main(page).getByRole("button", { name: /^Import/ }).click();
  await heading(page, "Imported 3 deals from deals.csv", 2).waitFor();
  await goTo(page, "#/board", "Sales");
  await openDeal(page, "One");
  await fact(page, "Priority").waitFor();
  const imported = { Region: "North", Seats: "12.5", Site: "https://a.example", Newsletter: "Yes", Priority: "high" };
  assert.deepEqual(await facts(page), imported);

  await goTo(page, "#/data", "Data");
  const table = await app.download(() => main(page).getByRole("button", { name: "Download deals as CSV" }).click());
  assert.match(table.text.split("\r\n")[0], /,Region,Seats,Site,Newsletter,Priority$/);
  const fresh = await open();
  await startEmpty(fresh.page);
  await goTo(fresh.page, "#/data/import", "Import spreadsheets");
  const [again] = await Promise.all([fresh.page.waitForEvent("filechooser"), main(fresh.page).getByRole("button", { name: "Choose files…" }).click()]);
  await again.setFiles(file(table.name, table.text));
  await main(fresh.page).getByRole("button", { name: "Go on to mapping" }).click();
  await main(fresh.page).getByRole("button", { name: "Check", exact: true }).click();
  await fresh.page.getByText("New fields: Region, Seats, Site, Newsletter, Priority.").waitFor();
  await main(fresh.page).getByRole("button", { name: /^Import/ }).click();
  await heading(fresh.page, `Imported 3 deals from ${table.name}`, 2).waitFor();
  await goTo(fresh.page, "#/board", "Sales");
  await openDeal(fresh.page, "One");
  await fact(fresh.page, "Priority").waitFor();
  assert.deepEqual(await facts(fresh.page), imported);

  // One undo takes back the deals and the fields made for them.
  await goTo(page, "#/process/fields", "Fields");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelectorAll("[data-home=deal] [data-custom]").length === 1);
  assert.deepEqual(await listed(page), ["Region"]);
});

journey("numbers are read and shown as they are written where the person is", { locale: "de-DE", viewport: { width: 390, height: 844 }, reducedMotion: "reduce" }, async (app) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "#/process/fields", "Fields");
  await define(page, { name: "Seats", kind: "Number" });
  await app.axe();
  await page.evaluate(() => void (location.hash = "#/deals/new"));
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill("Harbour pilot");
  await form.getByLabel("Seats").fill("1.234,5");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await goTo(page, "#/board", "Sales");
  await openDeal(page, "Harbour pilot");
  await fact(page, "Seats").getByText("1.234,5", { exact: true }).waitFor();
  await fact(page, "Seats").click();
  const seats = page.getByRole("dialog", { name: "Change Seats" }).getByLabel("Seats");
  assert.equal(await seats.inputValue(), "1234,5");
  // Of the page behind it, a button may lie half under the bar.
  await app.axe({ include: ".deal-edit__box" });
  await seats.fill("12,75");
  await page.keyboard.press("Enter");
  await fact(page, "Seats").getByText("12,75", { exact: true }).waitFor();
});
