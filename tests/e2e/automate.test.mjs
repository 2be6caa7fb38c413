// Automations: written, set off, tried on the past, logged, taken back; by time, once for all tabs.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

// The accessibility check looks at colours: nothing may be fading in meanwhile.
const STILL = { reducedMotion: "reduce" };

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const saved = (page) => page.getByText("All changes saved here").first();
const dialog = (page, name) => page.getByRole("dialog", { name });
const rule = (page, name) => page.getByRole("list", { name: "Automations" }).getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

async function begin(page, how = "Start empty") {
  await page.getByRole("button", { name: how }).click();
  await heading(page, "Sales").waitFor();
}

async function toRules(page) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Process" }).click();
  await page.getByRole("navigation", { name: "Process" }).getByRole("link", { name: "Automations" }).click();
  await heading(page, "Automations").waitFor();
}

async function toBoard(page) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Board", exact: true }).click();
  await heading(page, "Sales").waitFor();
}

/** Makes a deal by its form, in the first stage. */
async function addDeal(page, title) {
  await page.keyboard.press("c");
  const form = dialog(page, "New deal");
  await form.getByLabel("Title").fill(title);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

async function openDeal(page, title) {
  await page.getByRole("link", { name: title }).first().click();
  await heading(page, title).waitFor();
}

/** Moves a deal on its page by the keyboard's own way: the stage bar's button. */
async function moveTo(page, stage) {
  await page.getByRole("button", { name: new RegExp(`^(Move to )?${stage}`) }).first().click();
}

const toast = (page, text) => page.getByRole("status").filter({ hasText: text }).or(page.locator(".toast").filter({ hasText: text })).first();

journey("a rule made from a suggestion plans a call; one undo takes both back; the log and the switch stay", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  await toRules(page);
  await app.axe();
  await page.getByRole("button", { name: "Use this: Call after the offer" }).click();
  const editor = dialog(page, "New automation");
  assert.equal(await editor.getByLabel("Name").inputValue(), "Call after the offer");
  await app.axe();
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.waitFor({ state: "detached" });
  await rule(page, "Call after the offer").getByText("When a deal enters Proposal: plan a call in 3 days: Ask what they think of the offer.").waitFor();
  await rule(page, "Call after the offer").getByRole("switch").click();
  await toBoard(page);
  await addDeal(page, "Crane for the harbour");
  await page.getByRole("link", { name: "Crane for the harbour" }).first().click();
  await heading(page, "Crane for the harbour").waitFor();
  await moveTo(page, "Proposal");
  await page.getByText("Ask what they think of the offer").first().waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("Ask what they think of the offer").first().waitFor({ state: "detached" });
  await page.keyboard.press("Control+Shift+z");
  await page.getByText("Ask what they think of the offer").first().waitFor();
  await saved(page).waitFor();
  await app.reload();
  await page.getByText("Ask what they think of the offer").first().waitFor();

  await toRules(page);
  await rule(page, "Call after the offer").getByText(/^Worked once, last/).waitFor();
  await rule(page, "Call after the offer").getByRole("button", { name: "What Call after the offer did" }).click();
  const log = dialog(page, "What “Call after the offer” did");
  await log.getByText("The deal entered Proposal").waitFor();
  await app.axe();
  await log.getByRole("button", { name: "Take back all it did" }).click();
  await log.getByText("It has not worked yet").waitFor();
  await page.keyboard.press("Escape");
  await log.waitFor({ state: "detached" });
  await toBoard(page);
  await openDeal(page, "Crane for the harbour");
  assert.equal(await page.getByText("Ask what they think of the offer").count(), 0);
});

journey("what makes no sense is said by its part, and nothing is kept of it", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  await toRules(page);
  await page.getByRole("button", { name: "New automation" }).click();
  const editor = dialog(page, "New automation");
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.getByText("An automation needs a name.").waitFor();
  await editor.getByLabel("Name").fill("Quiet");
  await editor.getByLabel("What happens").selectOption({ label: "Nothing happens for some days" });
  await editor.getByLabel("For how long").fill("soon");
  await editor.getByText("Write a whole number.").waitFor();
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.getByText("Write a whole number.").waitFor();
  await editor.getByLabel("For how long").fill("10");
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.getByText("Say what it is to do.").waitFor();
  await editor.getByRole("button", { name: "Add an action" }).click();
  await editor.getByLabel("What to do").selectOption({ label: "Set a field" });
  await editor.getByLabel("Field", { exact: true }).selectOption({ label: "Expected close" });
  await editor.getByLabel("To", { exact: true }).fill("someday");
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.getByText("“someday” is no date for Expected close.").waitFor();
  await app.axe();
  await editor.getByLabel("To", { exact: true }).fill("+30");
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.waitFor({ state: "detached" });
  await rule(page, "Quiet").getByText("When nothing happened for 10 days: set expected close to 30 days from then.").waitFor();
});

journey("each wrong number is said by its field, the first is gone to, and nothing is saved", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  await toRules(page);
  await page.getByRole("button", { name: "New automation" }).click();
  const editor = dialog(page, "New automation");
  const save = editor.getByRole("button", { name: "Save" });
  await editor.getByLabel("Name").fill("Hot");
  await editor.getByLabel("What happens").selectOption({ label: "A score is reached" });
  await editor.getByLabel("Reaches").fill("abc");
  for (const [at, days] of [[0, "2"], [1, "-3"]]) {
    await editor.getByRole("button", { name: "Add an action" }).click();
    const row = editor.getByRole("list", { name: "Actions" }).getByRole("listitem").nth(at);
    await row.getByLabel("Due in").fill(days);
    await row.getByLabel("What about").fill("Call");
  }
  const due = editor.getByRole("list", { name: "Actions" }).getByRole("listitem").nth(1).getByLabel("Due in");
  const gone = (name) => page.waitForFunction((name) => document.activeElement.matches("input") && document.activeElement.closest(".field").textContent.includes(name), name);
  await save.click();
  await gone("Reaches");
  assert.equal(await editor.getByLabel("Reaches").getAttribute("aria-invalid"), "true");
  assert.equal(await due.getAttribute("aria-invalid"), "true");
  await editor.getByText("An activity is due today (0) or up to 3,650 days from then.").waitFor();
  assert.equal(await editor.locator("[aria-invalid=true]").count(), 2);
  await app.axe();
  await editor.getByLabel("Reaches").fill("50");
  await save.click();
  await gone("Due in");
  await due.fill("3");
  assert.equal(await editor.locator("[aria-invalid=true]").count(), 0);
  // The same for a date, with what counts said beside it.
  await editor.getByLabel("What happens").selectOption({ label: "A date comes" });
  await editor.getByText("Only deals that are open, unless a condition asks for a status.").waitFor();
  await editor.getByLabel("How many days").fill("soon");
  await save.click();
  await gone("How many days");
  await editor.getByLabel("How many days").fill("0");
  await editor.getByLabel("Date", { exact: true }).selectOption({ label: "The day it was added" });
  await save.click();
  await editor.waitFor({ state: "detached" });
  await rule(page, "Hot").getByText("On the day it was added: plan a task in 2 days: Call; plan a task in 3 days: Call.").waitFor();
});

journey("on a phone a trial is read without going sideways", { ...STILL, viewport: { width: 390, height: 844 } }, async (app) => {
  const { page } = app;
  await begin(page, "Load the sample");
  await page.getByText("You are looking at a sample.").waitFor();
  await page.evaluate(() => void (location.hash = "#/process/automations"));
  await heading(page, "Automations").waitFor();
  await page.getByRole("button", { name: "Use this: Chase quiet deals" }).click();
  await dialog(page, "New automation").getByRole("button", { name: "Save" }).click();
  await rule(page, "Chase quiet deals").getByRole("button", { name: "Try on the past" }).click();
  const trial = dialog(page, "What it would have done");
  await trial.getByText(/^It would have worked .* on .* deals?\.$/).waitFor();
  const row = trial.getByRole("row").nth(1);
  for (const cell of await row.getByRole("cell").all()) {
    const box = await cell.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
  }
  // What is planned has a day that people read.
  assert.match(await row.getByRole("cell").nth(3).innerText(), /for \d{1,2} [A-Z][a-z]{2} \d{4}/);
  const scroll = await trial.locator(".trial__scroll").evaluate((e) => e.scrollWidth - e.clientWidth);
  assert.ok(scroll <= 0, `${scroll}`);
  await app.axe();
});

journey("a rule is tried on the sample's past, by keyboard alone", STILL, async (app) => {
  const { page } = app;
  await begin(page, "Load the sample");
  await page.getByText("You are looking at a sample.").waitFor();
  await toRules(page);
  await page.getByRole("button", { name: "New automation" }).focus();
  await page.keyboard.press("Enter");
  const editor = dialog(page, "New automation");
  await editor.getByLabel("Name").waitFor();
  await page.keyboard.type("Quiet for days");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.activeElement.matches("select"));
  await page.keyboard.type("Nothing");
  await editor.getByLabel("For how long").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("5");
  await editor.getByRole("button", { name: "Add an action" }).focus();
  await page.keyboard.press("Enter");
  await editor.getByLabel("What to do").focus();
  await page.keyboard.type("Add");
  await editor.getByLabel("Tag").focus();
  await page.keyboard.type("quiet");
  await page.keyboard.press("Enter");
  await editor.waitFor({ state: "detached" });
  await rule(page, "Quiet for days").getByRole("button", { name: "Try on the past" }).focus();
  await page.keyboard.press("Enter");
  const trial = dialog(page, "What it would have done");
  await trial.getByText(/^It would have worked .* on .* deals?\.$/).waitFor();
  assert.ok((await trial.getByRole("row").count()) > 1);
  await app.axe();
  await page.keyboard.press("Escape");
  await trial.waitFor({ state: "detached" });
  await rule(page, "Quiet for days").getByText("Has not worked yet").waitFor();
});

journey("time sets a rule off once, also with two tabs, and after the page was closed", { ...STILL, timeout: 120_000 }, async (app) => {
  const { page } = app;
  await begin(page);
  await addDeal(page, "Ferry engine");
  await toRules(page);
  await page.getByRole("button", { name: "Use this: Chase quiet deals" }).click();
  await dialog(page, "New automation").getByRole("button", { name: "Save" }).click();
  await rule(page, "Chase quiet deals").getByRole("switch").click();
  await saved(page).waitFor();
  // Three weeks later at another hour, in two tabs.
  const later = Date.now() + 21 * 86_400_000 + 7 * 3_600_000;
  await app.context.clock.setFixedTime(later);
  await app.reload();
  await rule(page, "Chase quiet deals").getByText(/^Worked once, last/).waitFor();
  const other = await app.tab("#/process/automations");
  await rule(other, "Chase quiet deals").getByText(/^Worked once, last/).waitFor();
  // And again the next morning: it is the same idle time.
  await app.context.clock.setFixedTime(later + 17 * 3_600_000);
  await app.reload();
  await rule(page, "Chase quiet deals").getByText(/^Worked once, last/).waitFor();
  await page.locator("[data-state=idle], [data-saved=idle]").first().waitFor({ state: "attached" });
  await rule(page, "Chase quiet deals").getByText(/^Worked once, last/).waitFor();
  await toBoard(page);
  await openDeal(page, "Ferry engine");
  await page.getByText("Ask how things stand").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Done: Ask how things stand" }).or(page.getByRole("checkbox", { name: /Ask how things stand/ })).count(), 1);
});

const bell = (page) => page.getByRole("button", { name: /^Notices/ });

/** On the page of automations: makes a rule that says something about every new deal. */
async function sayOnHere(page) {
  await heading(page, "Automations").waitFor();
  await page.getByRole("button", { name: "New automation" }).click();
  const editor = dialog(page, "New automation");
  await editor.getByLabel("Name").fill("New deals");
  await editor.getByLabel("What happens").selectOption({ label: "A deal is added" });
  await editor.getByRole("button", { name: "Add an action" }).click();
  await editor.getByLabel("What to do").selectOption({ label: "Show a message" });
  await editor.getByLabel("Message").fill("A new deal came in");
  await editor.getByRole("button", { name: "Save" }).click();
  await editor.waitFor({ state: "detached" });
  await rule(page, "New deals").getByRole("switch").click();
}

for (const [name, options] of [
  ["", {}],
  [", on a phone in the dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
]) {
  journey(`what automations say is kept behind the bell until it is read${name}`, { ...STILL, ...options, timeout: 120_000 }, async (app) => {
    const { page } = app;
    await begin(page);
    assert.equal(await bell(page).getAttribute("aria-label"), "Notices");
    await page.evaluate(() => void (location.hash = "#/process/automations"));
    await sayOnHere(page);
    await page.evaluate(() => void (location.hash = "#/board"));
    await heading(page, "Sales").waitFor();
    for (const title of ["Crane", "Ferry engine", "Winch"]) await addDeal(page, title);
    await page.getByRole("button", { name: "Notices, 3 unread" }).click();
    const sheet = dialog(page, "Notices");
    const one = (title) => sheet.getByRole("listitem").filter({ hasText: title }).first();
    await sheet.getByText("3 are unread.").waitFor();
    assert.match(await sheet.getByRole("list", { name: "Notices" }).getByRole("listitem").first().innerText(), /A new deal came in[\s\S]*Winch/, "newest first");
    await app.axe();

    // One by key: the place in the list stays, and the number goes down.
    await one("Ferry engine").getByRole("button", { name: "Mark as read: A new deal came in" }).press("Enter");
    await sheet.getByText("2 are unread.").waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent.includes("Ferry engine"));
    // One by going to its deal.
    await one("Crane").getByRole("link", { name: "Crane" }).click();
    await heading(page, "Crane").waitFor();
    await page.getByRole("button", { name: "Notices, 1 unread" }).waitFor();
    // Reading is no work: undo takes back the deal made last, with its notice.
    await page.keyboard.press("Control+z");
    await toast(page, "Undid: ").waitFor();
    await page.waitForFunction(() => document.querySelector(".bell").getAttribute("aria-label") === "Notices");
    await page.keyboard.press("Control+Shift+z");
    await page.getByRole("button", { name: "Notices, 1 unread" }).waitFor();

    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await sheet.getByRole("button", { name: "Mark all as read" }).click();
    await sheet.getByText("Everything is read.").waitFor();
    await app.axe();
    assert.equal(await sheet.getByRole("listitem").filter({ hasText: "A new deal came in" }).count(), 3);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.locator("[data-state=idle], [data-saved=idle]").first().waitFor({ state: "attached" });
    // Also in another tab, and after a reload.
    const other = await app.tab();
    await other.getByRole("button", { name: "Notices", exact: true }).waitFor();
    await app.reload();
    await page.getByRole("button", { name: "Notices", exact: true }).click();
    await sheet.getByText("Everything is read.").waitFor();
    assert.equal(await sheet.getByRole("listitem").filter({ hasText: "A new deal came in" }).count(), 3);
  });
}
