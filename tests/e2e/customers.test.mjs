// Organisations, contacts, duplicates, personas and the own team.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

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

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

/** The names in the list, from the top, of those in the page. */
const names = (page) => page.locator(".list__row .list__link").allInnerTexts();

/** What the focus is on, in words. */
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

async function addOrganisation(app, name, fields = {}) {
  const { page } = app;
  await go(app, "#/organisations", "Organisations");
  await page.getByRole("button", { name: "New organisation" }).first().click();
  const form = page.getByRole("dialog", { name: "New organisation" });
  await form.getByLabel("Name").fill(name);
  for (const [label, text] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(text);
    if (label === "Industry") await page.keyboard.press("Enter");
  }
  await form.getByRole("button", { name: "Add organisation" }).click();
  await form.waitFor({ state: "hidden" });
  await heading(page, name);
}

async function addContact(app, name, fields = {}) {
  const { page } = app;
  await go(app, "#/contacts", "Contacts");
  await page.getByRole("button", { name: "New contact" }).first().click();
  const form = page.getByRole("dialog", { name: "New contact" });
  await form.getByLabel("Name").fill(name);
  for (const [label, text] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(text);
    if (label === "Organisation") await page.keyboard.press("Enter");
  }
  await form.getByRole("button", { name: "Add contact" }).click();
  await form.waitFor({ state: "hidden" });
  await heading(page, name);
}

journey("an organisation is added, changed in place, and found again after a reload", { reducedMotion: "reduce" }, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await go(app, "#/organisations", "Organisations");
  await page.getByText("No organisations yet").waitFor();
  await app.axe();
  await page.getByRole("button", { name: "New organisation" }).first().click();
  const form = page.getByRole("dialog", { name: "New organisation" });
  await app.axe({ include: "dialog[open]" });
  await form.getByRole("button", { name: "Add organisation" }).click();
  await form.getByText("An organisation needs a name.").waitFor();
  await form.getByLabel("Name").fill("Quintela Cerámica");
  await form.getByLabel("Employees").fill("many");
  await page.keyboard.press("Enter");
  await form.getByText("“many” is not a number. Write it like 1,200.").waitFor();
  await form.getByLabel("Employees").fill("1,250");
  await form.getByLabel("Industry").fill("Building materials");
  await page.keyboard.press("Enter");
  await form.getByLabel("Location").fill("Castellón, Spain");
  await form.getByRole("button", { name: "Add organisation" }).click();
  await heading(page, "Quintela Cerámica");

  // In place: what cannot be taken says why and stays; what can is kept.
  await page.getByLabel("Founded").fill("71");
  await page.keyboard.press("Enter");
  await page.getByText("“71” is not a year. Write it like 1987.").waitFor();
  await page.getByLabel("Founded").fill("1971");
  await page.keyboard.press("Enter");
  await page.getByLabel("Revenue a year").fill("12.5m");
  await page.keyboard.press("Tab");
  await page.getByLabel("Website").fill("quintela.example");
  await page.getByLabel("Decision structure").fill("The owner decides alone");
  await page.getByLabel("Pain points").fill("Kilns run hot");
  await page.getByLabel("Tags").fill("Key account,");
  await page.getByLabel("Health").selectOption({ label: "Needs attention" });
  await page.getByText("Needs attention").first().waitFor();
  await app.axe();

  await app.reload();
  await heading(page, "Quintela Cerámica");
  assert.equal(await page.getByLabel("Founded").inputValue(), "1971");
  assert.equal(await page.getByLabel("Revenue a year").inputValue(), "12,500,000");
  assert.equal(await page.getByLabel("Employees").inputValue(), "1,250");
  assert.equal(await page.getByLabel("Pain points").inputValue(), "Kilns run hot");
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByText("Added Quintela Cerámica").first().waitFor();
  await app.axe();

  // The list shows it, finds it without its accents, and says when nothing fits.
  await go(app, "#/organisations", "Organisations");
  await page.getByRole("searchbox", { name: "Search organisations" }).fill("ceramica building");
  assert.deepEqual(await names(page), ["Quintela Cerámica"]);
  await page.getByRole("searchbox").fill("nobody");
  await page.getByText("No organisation fits").waitFor();
  await app.axe();
});

journey("going from one list straight to the other shows only its rows", async (app) => {
  const { page } = app;
  await startSample(app);
  await page.getByRole("link", { name: "Organisations", exact: true }).click();
  await heading(page, "Organisations");
  await page.locator(".list__row").first().waitFor();
  const alone = () =>
    page.waitForFunction(() => {
      const places = [...document.querySelectorAll(".list__row")].map((row) => row.dataset.at);
      return places.length > 0 && new Set(places).size === places.length;
    });
  await alone();
  for (const name of ["Contacts", "Organisations", "Contacts"]) {
    await page.getByRole("link", { name, exact: true }).first().click();
    await heading(page, name);
    await alone();
  }
  const kinds = await page.locator(".list__row .list__link").evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/")[1]));
  assert.deepEqual([...new Set(kinds)], ["contacts"]);
});

journey("the list sorts, filters and goes by key alone", async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/organisations", "Organisations");
  await page.getByText("41 organisations").waitFor();
  const grid = page.getByRole("grid", { name: "Organisations" });
  assert.equal(await grid.getAttribute("aria-rowcount"), "42");
  assert.equal((await names(page))[0], "Al Noor Facilities");
  await app.axe();

  // Sorting: the head says which way; numbers begin with the largest, empty ones come last.
  const employees = page.getByRole("columnheader", { name: "Employees" });
  await employees.getByRole("button").click();
  assert.equal(await employees.getAttribute("aria-sort"), "descending");
  assert.equal((await names(page))[0], "Mbali Retail Group");
  await employees.getByRole("button").click();
  assert.equal(await employees.getAttribute("aria-sort"), "ascending");
  assert.equal((await names(page))[0], "Chamonde Fromagers");

  // Filters.
  await page.getByLabel("Industry").selectOption("Glass");
  await page.getByText("2 of 41 organisations").waitFor();
  assert.deepEqual(await names(page), ["Van der Brugge Glas", "Vltava Sklárny"]);
  await page.getByLabel("Industry").selectOption("");

  // Keys: from the heads into the rows, to the end and back, and open.
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.keyboard.press("ArrowDown");
  await page.locator(".list__link:focus").waitFor();
  assert.equal(await focused(page), "Al Noor Facilities");
  await page.keyboard.press("ArrowDown");
  await page.locator(".list__row[data-at='1'] .list__link:focus").waitFor();
  assert.equal(await focused(page), "Anatolia Seramik");
  await page.keyboard.press("End");
  await page.locator(".list__row[data-at='40'] .list__link:focus").waitFor();
  assert.equal(await focused(page), "Wexcombe Housing");
  await page.keyboard.press("Home");
  await page.locator(".list__row[data-at='0'] .list__link:focus").waitFor();
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), "Name");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "Industry");
  await page.keyboard.press("ArrowDown");
  await page.locator(".list__link:focus").waitFor();
  await page.keyboard.press("Enter");
  await heading(page, "Al Noor Facilities");

  // Back where it was left.
  await page.goBack();
  await heading(page, "Organisations");
  assert.equal((await names(page))[0], "Al Noor Facilities");
});

journey("the list takes two lines a row on phones, with the order to choose", { viewport: { width: 390, height: 844 } }, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/organisations", "Organisations");
  await page.getByLabel("Order").selectOption({ label: "Open value, descending" });
  const first = page.locator(".list__row").first();
  await first.getByText(/£/).waitFor();
  const box = await first.boundingBox();
  assert.ok(box.height >= 48 && box.width <= 390, JSON.stringify(box));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await app.axe();
  await first.getByRole("link").first().click();
  await page.locator("[data-organisation]").waitFor();
  await app.axe();
  assert.ok(await page.evaluate(() => document.querySelector("main").scrollWidth <= innerWidth));
});

journey("an organisation's page gathers its deals, contacts and what happened", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await addOrganisation(app, "Acme GmbH");
  // A deal for it, with the form opened from here.
  await page.getByRole("button", { name: "New deal" }).nth(1).click();
  const form = page.getByRole("dialog", { name: "New deal" });
  assert.equal(await form.getByLabel("Organisation").inputValue(), "Acme GmbH");
  await form.getByLabel("Title").fill("Pilot line");
  await form.getByLabel("Value", { exact: true }).fill("1200");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.locator("[data-deal-line]").filter({ hasText: "£1,200" }).waitFor();
  // A contact, who stays here.
  await page.getByRole("button", { name: "New contact" }).click();
  const person = page.getByRole("dialog", { name: "New contact" });
  assert.equal(await person.getByLabel("Organisation").inputValue(), "Acme GmbH");
  await person.getByLabel("Name").fill("Jane Doe");
  await person.getByLabel("E-mail").fill("jane");
  await page.keyboard.press("Enter");
  await person.getByText("“jane” is no e-mail address. Write it like name@example.com.").waitFor();
  await person.getByLabel("E-mail").fill("jane@acme.example");
  await page.keyboard.press("Enter");
  await person.waitFor({ state: "hidden" });
  await page.locator(".record-person").filter({ hasText: "Jane Doe" }).waitFor();
  // An activity of its own, and one on its deal.
  await page.getByLabel("Write a note").fill("Met at the fair");
  await page.keyboard.press("Control+Enter");
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByText("Met at the fair").waitFor();
  await app.axe();
  await page.getByRole("link", { name: "Pilot line" }).first().click();
  await heading(page, "Pilot line");
  await page.getByLabel("Write a note").fill("Sent the offer");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("region", { name: "Timeline" }).getByText("Sent the offer").waitFor();
  // The deal leads back.
  await page.locator(".deal-head__org").click();
  await heading(page, "Acme GmbH");
  await timeline.getByText("Sent the offer").waitFor();
  await timeline.getByText("Met at the fair").waitFor();
  await app.reload();
  await timeline.getByText("Met at the fair").waitFor();
  // The palette opens the page as well.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search and jump" }).fill("jane");
  await page.getByRole("group", { name: "Contacts" }).getByRole("option", { name: /Jane Doe/ }).click();
  await heading(page, "Jane Doe");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search and jump" }).fill("acme");
  await page.getByRole("group", { name: "Organisations" }).getByRole("option", { name: /^Acme GmbH/ }).click();
  await heading(page, "Acme GmbH");
});

journey("organisations belong to one another, never in a ring", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await addOrganisation(app, "Holding");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Add one that belongs to it" }).click();
  const form = page.getByRole("dialog", { name: "New organisation" });
  await form.getByLabel("Name").fill("Water");
  await page.keyboard.press("Enter");
  await heading(page, "Water");
  const tree = page.getByRole("list", { name: "Organisations of the concern" });
  await tree.getByRole("link", { name: "Holding" }).click();
  await heading(page, "Holding");
  await page.getByLabel("Belongs to").fill("Water");
  await page.keyboard.press("Enter");
  await page.getByText("An organisation cannot belong to itself, not even through others.").waitFor();
});

journey("a contact has several addresses and numbers, a role, a persona and an order", async (app) => {
  const { page } = app;
  await startSample(app);
  await addContact(app, "Jane Doe", { "Job title": "Group energy manager", "E-mail": "jane@acme.example" });
  // The job title suggested the persona.
  await page.locator(".persona-card").getByText("Plant and energy lead").waitFor();
  await page.locator(".persona-card summary").click();
  await page.getByText("We have meters already.").waitFor();
  await app.axe();

  await page.getByRole("button", { name: "Add an e-mail address" }).click();
  await page.getByLabel("Add an e-mail address").fill("jd@home.example");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Put jd@home.example first" }).click();
  await page.getByRole("textbox", { name: "E-mail 1" }).and(page.locator("[type=email]")).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "E-mail 1" }).inputValue(), "jd@home.example");
  await page.getByRole("button", { name: "Remove jane@acme.example" }).click();
  await page.getByRole("textbox", { name: "E-mail 2" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Add a telephone number" }).click();
  await page.getByLabel("Add a telephone number").fill("+44 20 7946 0958");
  await page.keyboard.press("Enter");
  await page.getByLabel("Buying role").selectOption({ label: "Champion" });
  await page.getByRole("checkbox", { name: "Do not contact" }).check();
  await page.getByText("Do not contact", { exact: true }).first().waitFor();
  await app.reload();
  await heading(page, "Jane Doe");
  assert.equal(await page.getByRole("textbox", { name: "E-mail 1" }).inputValue(), "jd@home.example");
  assert.equal(await page.getByRole("textbox", { name: "Phone 1" }).inputValue(), "+44 20 7946 0958");
  assert.ok(await page.getByRole("checkbox", { name: "Do not contact" }).isChecked());
  // Another job title suggests another persona.
  await page.getByLabel("Job title").fill("Finance director");
  await page.keyboard.press("Enter");
  await page.getByText("The job title suggests Finance and owner.").waitFor();
  await page.getByRole("button", { name: "Use it" }).click();
  await page.locator(".persona-card").getByText("Finance and owner").waitFor();
  await go(app, "#/contacts", "Contacts");
  await app.axe();
  await page.getByLabel("Persona").selectOption({ label: "Finance and owner" });
  await page.getByRole("link", { name: /^Jane Doe/ }).waitFor();
});

journey("what was written down twice is found, merged field by field, and un-merged", async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/organisations", "Organisations");
  await page.getByRole("link", { name: "Duplicates" }).click();
  await heading(page, "Duplicate organisations");
  const card = page.locator(".dup");
  await card.getByText("Same name").waitFor();
  assert.equal(await card.count(), 1);
  await app.axe();
  await card.getByRole("button", { name: /^Merge/ }).click();
  const dialog = page.getByRole("dialog", { name: "Merge into one" });
  // The one with deals is proposed to stay.
  assert.match(await dialog.getByLabel("Stays").evaluate((e) => e.selectedOptions[0].textContent), /^Grünwald Papier$/);
  await dialog.getByRole("radiogroup", { name: "Location" }).getByRole("radio", { name: "Graz", exact: true }).check();
  await app.axe({ include: "dialog[open]" });
  await dialog.getByRole("button", { name: "Merge" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("Nothing looks like a duplicate.").waitFor();

  await go(app, "#/organisations", "Organisations");
  await page.getByText("40 organisations").waitFor();
  await page.getByRole("link", { name: "Grünwald Papier" }).click();
  await heading(page, "Grünwald Papier");
  assert.equal(await page.getByLabel("Location").inputValue(), "Graz");
  await page.locator(".record-person").filter({ hasText: "Pichlmair, Sonja" }).waitFor();
  await page.getByText("Trade fair").first().waitFor();
  await app.axe();

  // Something is changed, the page reloaded, the merge taken back: that stays.
  await page.getByLabel("Location").fill("Linz");
  await page.keyboard.press("Enter");
  await app.reload();
  await page.getByRole("button", { name: /^Un-merge/ }).click();
  const ask = page.getByRole("dialog", { name: "Take the merge back" });
  await ask.getByText("Changed since, and stays as it is:").waitFor();
  await ask.getByText("Organisation Grünwald Papier: Location").waitFor();
  await app.axe({ include: "dialog[open]" });
  await ask.getByRole("button", { name: "Un-merge" }).click();
  await page.locator(".record-person").filter({ hasText: "Pichlmair, Sonja" }).waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("Location").inputValue(), "Linz");
  await go(app, "#/organisations", "Organisations");
  await page.getByText("41 organisations").waitFor();

  // Said to differ, they are not proposed again, not even after a reload.
  await go(app, "#/organisations/duplicates", "Duplicate organisations");
  await page.getByRole("button", { name: /^Not duplicates/ }).click();
  await page.getByText("Nothing looks like a duplicate.").waitFor();
  await app.reload();
  await page.getByText("Nothing looks like a duplicate.").waitFor();
});

journey("two bare records of one name are merged, and the merge can be taken back", { reducedMotion: "reduce" }, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await addOrganisation(app, "Bolt");
  await addOrganisation(app, "Bolt Ltd");
  await go(app, "#/organisations/duplicates", "Duplicate organisations");
  await page.getByRole("button", { name: /^Merge/ }).click();
  const dialog = page.getByRole("dialog", { name: "Merge into one" });
  await dialog.getByRole("button", { name: "Merge" }).click();
  await page.getByText("Nothing looks like a duplicate.").waitFor();
  await go(app, "#/organisations", "Organisations");
  await page.locator(".list__row .list__link").first().click();
  // Nothing was taken over, so only the log of the other one knows of it.
  await page.getByRole("button", { name: /^Un-merge/ }).click();
  const back = page.getByRole("dialog", { name: "Take the merge back" });
  await back.getByRole("button", { name: "Un-merge" }).click();
  await page.getByRole("button", { name: /^Un-merge/ }).waitFor({ state: "detached" });
  await go(app, "#/organisations", "Organisations");
  await page.getByText("2 organisations").waitFor();
});

journey("contacts are merged by key alone, and the one that goes leads to the one that stays", async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/contacts/duplicates", "Duplicate contacts");
  const gone = await page.getByRole("link", { name: "Pichlmair, Sonja" }).getAttribute("href");
  await page.getByRole("button", { name: /^Merge/ }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Merge into one" });
  await dialog.getByText("brought together").first().waitFor();
  await dialog.getByRole("button", { name: "Merge" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Nothing looks like a duplicate.").waitFor();
  await page.goto(`${app.url}${gone}`);
  await page.getByText("Merged into Sonja Pichlmair").waitFor();
  await app.axe();
  await page.getByRole("link", { name: "Open Sonja Pichlmair" }).click();
  await heading(page, "Sonja Pichlmair");
  // Undo takes the merge back too.
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: /^Un-merge/ }).waitFor({ state: "detached" });
});

journey("personas are written down, given to contacts, and shown on the deal", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await addContact(app, "Jane Doe", { "Job title": "Head of facilities" });
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill("Pilot");
  await form.getByRole("combobox", { name: "Contacts" }).fill("Jane");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });

  await go(app, "#/process/personas", "Personas");
  await page.getByLabel("Name of a new persona").fill("Facilities lead");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Facilities lead" }).waitFor();
  await page.getByLabel("Words in job titles").fill("facilities,");
  await page.getByLabel("Motivations").fill("Quiet nights");
  await page.getByRole("button", { name: "Add an objection" }).click();
  await page.getByLabel("Objection 1", { exact: true }).fill("Too dear");
  await page.getByLabel("Answer to objection 1").fill("Pays back in a year");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: /^Give it to 1 contact/ }).click();
  await page.getByText("1 contact with this persona.").waitFor();
  await app.axe();
  await app.reload();
  assert.equal(await page.getByLabel("Answer to objection 1").inputValue(), "Pays back in a year");

  await page.goto(`${app.url}#/board`);
  await page.getByRole("link", { name: "Pilot" }).first().click();
  const card = page.locator(".deal-contact .persona-card");
  await card.getByText("Quiet nights").first().waitFor();
  await card.locator("summary").focus();
  await page.keyboard.press("Enter");
  await card.getByText("Pays back in a year").waitFor();
  await app.axe();
});

journey("the team has leads, territories, and hands over when somebody leaves", async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/process/teams", "Teams");
  const members = page.getByRole("list", { name: "Members" });
  const mateo = members.locator("[data-member]").filter({ has: page.locator(".crew__name", { hasText: "Mateo Iribarren" }) });
  await mateo.getByText(/^Owns .*open deal/).waitFor();
  await app.axe();

  await page.getByLabel("Name of a new team").fill("Partners");
  await page.keyboard.press("Enter");
  const team = page.getByRole("list", { name: "Teams" }).getByRole("listitem").filter({ has: page.locator("input") });
  await page.getByRole("button", { name: "Delete team Partners" }).waitFor();
  assert.equal(await team.count(), 2);
  await page.getByLabel("Name of a new territory").fill("Overseas");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete territory Overseas" }).waitFor();
  await mateo.getByLabel("Territory").selectOption({ label: "Overseas" });
  await mateo.getByLabel("E-mail").fill("mateo");
  await page.keyboard.press("Enter");
  await mateo.getByText("“mateo” is no e-mail address. Write it like name@example.com.").waitFor();

  await mateo.getByRole("button", { name: /^Hand over or leave/ }).click();
  const dialog = page.getByRole("dialog", { name: "Hand over from Mateo Iribarren" });
  await dialog.getByLabel("Open deals and what else is theirs").selectOption({ label: "Folasade Bright" });
  await app.axe({ include: "dialog[open]" });
  await dialog.getByRole("button", { name: "Do it" }).click();
  await page.getByText("Mateo Iribarren left; Folasade Bright takes over").first().waitFor();
  await mateo.getByText("No longer here").waitFor();
  await mateo.getByText("Owns nothing").waitFor();
  await app.reload();
  await mateo.getByText("Owns nothing").waitFor();
  await go(app, "#/settings", "Settings");
  await page.getByLabel("I am…").waitFor();
});
