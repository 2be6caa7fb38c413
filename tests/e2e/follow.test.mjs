// The seller's day: Today, the calendar, quick log, cadences, templates, invitations, playbooks,
// reminders.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { withDeals } from "./board-data.mjs";

const isoDay = (ahead = 0) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** A zone in which it is about noon now, so that “today” does not end while a test runs. */
function noonZone() {
  const ahead = 12 - new Date().getUTCHours();
  // The signs of these names are the wrong way round (POSIX).
  return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

async function loadSample({ page }) {
  await page.getByRole("button", { name: /sample/i }).first().click();
  await page.locator("[data-deal]").first().waitFor();
}

/** Goes to a view by the address. */
async function go(app, path, heading) {
  await app.page.evaluate((hash) => { location.hash = hash; }, path);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** Logs or plans something with the dialog of “L”. */
async function log(page, { about, kind = "Call", text, due, time, done = false, more }) {
  await page.keyboard.press("l");
  const dialog = page.getByRole("dialog", { name: "Log or plan an activity" });
  await dialog.waitFor();
  if (about) {
    await dialog.getByRole("combobox", { name: /^About/ }).fill(about);
    await dialog.getByRole("option", { name: about }).first().waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByRole("list", { name: "About" }).getByText(about).waitFor();
  }
  await dialog.getByRole("radio", { name: kind }).click();
  await dialog.locator("textarea").first().fill(text);
  if (done) await dialog.getByRole("radio", { name: "Done" }).click();
  if (due) await dialog.getByLabel("Due").fill(due);
  if (time) await dialog.getByLabel("Time").fill(time);
  if (more) await more(dialog);
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "hidden" });
}

const DEALS = [
  { title: "Crane rental", stage: "Proposal", value: 900_000 },
  { title: "Site survey", stage: "Qualification", value: 100_000 },
  { title: "Fleet pilot", stage: "Prospecting", value: 500_000 },
];

const rows = (page) => page.locator("[data-item]");
const row = (page, text) => page.locator("[data-item]").filter({ hasText: text });
const focusedRow = (page) => page.evaluate(() => document.activeElement?.closest("[data-item]")?.querySelector("[data-main]")?.textContent ?? document.activeElement?.tagName);

journey("the day is worked off from top to bottom with the keys alone", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  const day = (n) => page.evaluate((n) => { const d = new Date(); d.setDate(d.getDate() + n); return d.toLocaleDateString("sv"); }, n);
  await log(page, { about: "Crane rental", text: "Ask about the budget", due: await day(-2) });
  await log(page, { about: "Site survey", kind: "Task", text: "Draw the map", due: today });
  await log(page, { about: "Crane rental", kind: "E-mail", text: "Send the plan", due: today, time: "23:30" });
  await log(page, { about: "Site survey", text: "Call the office", due: await day(3) });

  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await page.getByText("1 overdue, 2 today").waitFor();
  assert.equal(await rows(page).count(), 5);
  await page.getByRole("region", { name: "Open deals without a next step" }).getByText("Fleet pilot").waitFor();
  await app.axe();

  // Done with an outcome by its digit; the deal has something else planned, so no more is asked.
  await page.keyboard.press("j");
  assert.equal(await focusedRow(page), "Ask about the budget");
  await page.keyboard.press("x");
  await page.getByText("How did it go?").waitFor();
  await app.axe();
  await page.keyboard.press("2");
  await row(page, "Ask about the budget").waitFor({ state: "hidden" });
  await page.waitForFunction(() => document.activeElement?.matches("[data-main]"));
  assert.equal(await focusedRow(page), "Draw the map");

  // Put off to tomorrow through the menu.
  await page.keyboard.press("s");
  await page.getByRole("menu", { name: "Put on another day" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("1 today").waitFor();
  await page.waitForFunction(() => document.activeElement?.matches("[data-main]"));
  assert.equal(await focusedRow(page), "Send the plan");

  // Space: done; nothing is left for this deal, so the next step is asked for and planned.
  await page.keyboard.press("Space");
  await page.getByText("What is next? Nothing is planned for this deal.").waitFor();
  await page.keyboard.press("1");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type("Hear what they think");
  await page.keyboard.press("Control+Enter");
  await row(page, "Hear what they think").waitFor();
  await page.getByText("nothing is left for today").waitFor();

  // N plans the next step of a deal that has none.
  const bare = row(page, "Fleet pilot");
  await bare.locator("[data-main]").focus();
  await page.keyboard.press("n");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  await page.keyboard.type("First call");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("region", { name: "Open deals without a next step" }).waitFor({ state: "hidden" });
  await row(page, "First call").waitFor();

  // Enter opens the deal; back leads here again, and a reload keeps all of it.
  await page.keyboard.press("j");
  await row(page, "Call the office").locator("[data-main]").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Site survey" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await app.reload();
  await row(page, "First call").waitFor();
  assert.equal(await row(page, "Ask about the budget").count(), 0);
  // Undo takes the last one back.
  await page.keyboard.press("Control+z");
});

journey("an activity of an organisation or a contact is logged from anywhere, with all its details", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await loadSample(app);
  await page.keyboard.press("l");
  const dialog = page.getByRole("dialog", { name: "Log or plan an activity" });
  await dialog.waitFor();
  await app.axe({ include: ".log" });
  await dialog.getByRole("combobox", { name: /^About/ }).fill("Brightwell");
  await dialog.getByRole("option", { name: /Brightwell Dairies/ }).last().click();
  await dialog.getByRole("radio", { name: "Meeting" }).click();
  await dialog.locator("textarea").first().fill("Breakfast with operations");
  const day = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  await dialog.getByLabel("Due").fill(day);
  await dialog.getByLabel("Time").fill("23:15");
  await dialog.getByRole("button", { name: "More details" }).click();
  await dialog.getByLabel("Duration").fill("1:75");
  await dialog.getByLabel("Location").fill("Café, corner table");
  await dialog.getByLabel("Remind me").selectOption("15");
  await dialog.getByRole("combobox", { name: "Contact", exact: true }).fill("Priya");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await dialog.getByText("is not a length of time").waitFor();
  await dialog.getByLabel("Duration").fill("0:45");
  await app.axe({ include: ".log" });
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "hidden" });

  await go(app, "#/today", "Today");
  const planned = row(page, "Breakfast with operations");
  await planned.getByText("23:15").waitFor();
  await planned.getByText("Priya Raghunathan").first().waitFor();
  assert.match(await planned.getByRole("link", { name: "Write to Priya Raghunathan" }).getAttribute("href"), /^mailto:/);
  // The palette offers it as well.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("log or plan");
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Escape");

  // An invitation for other calendars.
  await planned.getByRole("button", { name: "More" }).click();
  const file = await app.download(() => page.getByRole("menuitem", { name: "Download invitation" }).click());
  assert.equal(file.name, "Breakfast-with-operations.ics");
  const lines = file.text.split("\r\n");
  assert.equal(lines[0], "BEGIN:VCALENDAR");
  assert.ok(lines.includes("SUMMARY:Breakfast with operations"), file.text);
  assert.ok(lines.includes("LOCATION:Café\\, corner table"), file.text);
  assert.ok(lines.includes("TRIGGER:-PT15M"));
  assert.match(file.text, /UID:[0-9a-f]{16}@fairlead/);
  const instant = (await page.evaluate((d) => new Date(`${d}T23:15:00`).toISOString(), day)).replace(/[-:]|\.000/g, "");
  assert.ok(lines.includes(`DTSTART:${instant}`), `${instant} in ${file.text}`);
});

journey("Today of the sample is calm, complete and accessible, in both themes and on a phone", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await loadSample(app);
  await go(app, "#/today", "Today");
  await page.getByRole("region", { name: "Overdue" }).waitFor();
  await page.getByRole("region", { name: "Next 7 days" }).waitFor();
  await app.axe();
  for (const [width, height] of [[820, 1180], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await app.axe();
    const wide = await page.evaluate(() => document.querySelector("#main").scrollWidth > document.querySelector("#main").clientWidth + 1);
    assert.equal(wide, false, `no sideways scrolling at ${width}`);
  }
});

journey("the calendar shows a week and a month; things move by key, by menu and by drag", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  const day = (n) => page.evaluate((n) => { const d = new Date(); d.setDate(d.getDate() + n); return d.toLocaleDateString("sv"); }, n);
  const monday = await page.evaluate(() => { const d = new Date(); d.setDate(d.getDate() - ((d.getDay() + 6) % 7)); return d.toLocaleDateString("sv"); });
  const plus = (iso, n) => new Date(Date.parse(iso) + n * 86_400_000).toISOString().slice(0, 10);
  await log(page, { about: "Crane rental", kind: "Meeting", text: "Plan the lift", due: plus(monday, 1), time: "10:00" });
  await log(page, { about: "Site survey", kind: "Task", text: "Draw the map", due: plus(monday, 2) });
  await go(app, "#/calendar", "Calendar");
  const cell = (iso) => page.locator(`[data-day="${iso}"]`);
  await cell(plus(monday, 1)).getByRole("button", { name: /Plan the lift/ }).waitFor();
  assert.equal(await page.locator(".cal-day").count(), 7);
  // en-GB begins its week on Monday.
  assert.equal(await page.locator(".cal-day").first().getAttribute("data-day"), monday);
  await app.axe();

  // By key, with the focus staying on it.
  const lift = page.getByRole("button", { name: /Plan the lift/ });
  await lift.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await cell(plus(monday, 2)).getByRole("button", { name: /Plan the lift/ }).waitFor();
  await page.waitForFunction(
    (day) => document.activeElement?.textContent.includes("Plan the lift") && document.activeElement.closest("[data-day]")?.dataset.day === day,
    plus(monday, 2),
  );

  // By menu.
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Move a day back" }).click();
  await cell(plus(monday, 1)).getByRole("button", { name: /Plan the lift/ }).waitFor();

  // By drag, from the top of one day to that of another; and into the hours, where it gets a time.
  const map = page.getByRole("button", { name: /Draw the map/ });
  const drag = async (item, target) => {
    const from = await item.boundingBox();
    await page.mouse.move(from.x + 10, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 10, { steps: 3 });
    await page.mouse.move(target.x, target.y, { steps: 8 });
    await page.mouse.up();
  };
  const whole = await cell(plus(monday, 4)).locator(".cal-day__whole").boundingBox();
  await drag(map, { x: whole.x + whole.width / 2, y: whole.y + whole.height - 6 });
  await cell(plus(monday, 4)).getByRole("button", { name: /Draw the map/ }).waitFor();
  const hours = await cell(plus(monday, 3)).locator(".cal-day__hours").boundingBox();
  const visible = await page.locator(".cal-week").boundingBox();
  await drag(map, { x: hours.x + hours.width / 2, y: visible.y + visible.height * 0.6 });
  await cell(plus(monday, 3)).locator("[data-hours]").getByRole("button", { name: /Task \d\d:\d\d ?Draw the map/ }).waitFor();

  // A press on a day plans there.
  await cell(plus(monday, 5)).getByRole("button", { name: /plan something/ }).click();
  const dialog = page.getByRole("dialog", { name: "Log or plan an activity" });
  assert.equal(await dialog.getByLabel("Due").inputValue(), plus(monday, 5));
  await dialog.locator("textarea").first().fill("Clean the van");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "hidden" });
  await cell(plus(monday, 5)).getByText("Clean the van").waitFor();

  await page.keyboard.press("m");
  await page.getByRole("region", { name: "Month" }).waitFor();
  await cell(plus(monday, 5)).getByText("Clean the van").waitFor();
  await app.axe();
  await app.reload();
  await page.getByRole("region", { name: "Month" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("t");
  await cell(await day(0)).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await app.axe();
  await page.keyboard.press("w");
  await page.getByRole("region", { name: "Week" }).waitFor();
  await app.axe();
});

journey("the week begins where the locale says, and closes and renewals are marked", { locale: "en-US", timezone: noonZone() }, async (app) => {
  const { page } = app;
  const close = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  await withDeals(app, [{ title: "Crane rental", stage: "Proposal", value: 1, close }]);
  await go(app, "#/calendar", "Calendar");
  const first = await page.locator(".cal-day").first().getAttribute("data-day");
  assert.equal(new Date(`${first}T00:00:00Z`).getUTCDay(), 0, "Sunday in the United States");
  await page.getByRole("link", { name: "Expected close: Crane rental" }).waitFor();
});

/** Makes a cadence with two calls for Proposal that starts by itself. */
async function makeCadence(app) {
  const { page } = app;
  await go(app, "#/process/cadences", "Cadences");
  await page.getByLabel("Name of a new cadence").fill("After the proposal");
  await page.getByRole("button", { name: "Add a cadence" }).click();
  const card = page.getByRole("group", { name: "After the proposal" });
  await card.getByLabel("Stage", { exact: true }).selectOption({ label: "Proposal" });
  await card.getByLabel("Starts when a deal enters the stage").check();
  for (const [day, subject] of [["0", "Ask whether it is clear"], ["3", "Ask for the decision"]]) {
    const before = await card.locator(".cadence-step").count();
    await card.getByRole("button", { name: "Add a step" }).click();
    await page.getByRole("menuitem", { name: "Call" }).click();
    const step = card.locator(".cadence-step").nth(before);
    await step.getByLabel("What to do").fill(subject);
    await step.getByLabel("Day", { exact: true }).fill(day);
    await step.getByLabel("Day", { exact: true }).press("Enter");
  }
  await card.getByText("Started today:").waitFor();
  return card;
}

journey("a cadence starts with the stage, plans step by step, and stops when they reply", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  const card = await makeCadence(app);
  await app.axe();
  await page.setViewportSize({ width: 390, height: 844 });
  await app.axe();
  await page.setViewportSize({ width: 1440, height: 900 });

  await go(app, "#/board", "Sales");
  await page.getByRole("link", { name: "Site survey" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Site survey" }).waitFor();
  await page.getByRole("navigation", { name: "Stage" }).getByRole("button", { name: "Proposal" }).click();
  const run = page.getByRole("group", { name: "After the proposal" });
  await run.getByText("0 of 2 steps done").waitFor();
  const todo = page.getByRole("region", { name: "To do" });
  await todo.getByText("After the proposal, step 1 of 2").waitFor();
  await app.axe();

  // Done: the next one is planned in the same moment, and asked how it went.
  await todo.getByLabel("Done: Ask whether it is clear").click();
  await page.getByRole("group", { name: "After it was done" }).getByRole("button", { name: /No answer/ }).click();
  await todo.locator("[data-activity]").filter({ hasText: "Ask for the decision" }).waitFor();
  await run.getByText("1 of 2 steps done").waitFor();
  await page.getByRole("region", { name: "Timeline" }).getByText("Call · No answer · After the proposal, step 1 of 2").waitFor();

  // Pause and resume.
  await run.getByRole("button", { name: "Pause After the proposal" }).click();
  await run.getByText("Paused since").waitFor();
  await todo.waitFor({ state: "hidden" });
  await run.getByRole("button", { name: "Resume After the proposal" }).click();
  await todo.locator("[data-activity]").filter({ hasText: "Ask for the decision" }).waitFor();

  // They write: it stops, with the reason; undo takes all of it back.
  await page.getByRole("radio", { name: "E-mail" }).click();
  await page.getByLabel("What the e-mail is about").fill("They like it");
  await page.getByRole("radio", { name: "Done" }).click();
  await page.getByRole("radio", { name: "From them" }).click();
  await page.keyboard.press("Control+Enter");
  await run.getByText("Stopped: they replied").waitFor();
  await todo.waitFor({ state: "hidden" });
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Control+z");
  await run.getByText("1 of 2 steps done").waitFor();
  await todo.locator("[data-activity]").filter({ hasText: "Ask for the decision" }).waitFor();
  await app.reload();
  await todo.locator("[data-activity]").filter({ hasText: "Ask for the decision" }).waitFor();

  await page.getByRole("navigation", { name: "Stage" }).getByRole("button", { name: "Negotiation" }).click();
  await run.getByText("Stopped: the deal left the stage").waitFor();
  await go(app, "#/process/cadences", "Cadences");
  await card.getByText("Not running for any deal").waitFor();
});

journey("two tabs that tick the same step off plan the next one once", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  await makeCadence(app);
  await go(app, "#/board", "Sales");
  await page.getByRole("link", { name: "Fleet pilot" }).first().click();
  await page.getByRole("navigation", { name: "Stage" }).getByRole("button", { name: "Proposal" }).click();
  await page.getByLabel("Done: Ask whether it is clear").waitFor();
  const address = new URL(page.url()).hash;
  const other = await app.tab(address);
  const box = (which) => which.getByRole("region", { name: "To do" }).getByLabel("Done: Ask whether it is clear");
  await box(other).waitFor();
  // Both at once: each page ticks it off before it can have heard of the other.
  const boxes = await Promise.all([page, other].map((which) => box(which).elementHandle()));
  await Promise.all(boxes.map((element) => element.evaluate((input) => input.click())));
  for (const which of [page, other]) {
    await which.getByLabel("Done: Ask for the decision").waitFor();
    assert.equal(await which.getByLabel("Done: Ask for the decision").count(), 1);
  }
  await app.reload();
  await page.getByLabel("Done: Ask for the decision").waitFor();
  assert.equal(await page.getByLabel("Done: Ask for the decision").count(), 1);
});

journey("holidays and the limit of touches are kept in the settings", async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  await go(app, "#/settings", "Settings");
  await page.getByLabel("Saturday").check();
  await page.locator(".holidays input").fill("2027-12-24");
  await page.locator(".holidays").getByRole("button", { name: "Add" }).click();
  await page.getByRole("list", { name: "Holidays" }).getByText("24 Dec 2027").waitFor();
  const limit = page.getByLabel("Touches a week for one contact");
  await limit.fill("0");
  await limit.press("Enter");
  await page.getByText("Allow at least one touch a week").waitFor();
  await limit.fill("2");
  await limit.press("Enter");
  await page.getByText("Allow at least one touch a week").waitFor({ state: "hidden" });
  await app.axe();
  await app.reload();
  assert.equal(await page.getByLabel("Saturday").isChecked(), true);
  assert.equal(await limit.inputValue(), "2");
  await page.getByRole("button", { name: "Remove 24 Dec 2027" }).click();
  await page.getByRole("list", { name: "Holidays" }).getByText("24 Dec 2027").waitFor({ state: "hidden" });
});

journey("a template says what is wrong with it, reads right for a deal, and never goes out with a blank", { timezone: noonZone() }, async (app) => {
  const { page } = app;
  await loadSample(app);
  await go(app, "#/process/templates", "Templates");
  await page.getByLabel("Name of a new template").fill("Follow-up");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const text = page.getByLabel("Text", { exact: true });
  await page.getByLabel("Subject").fill("About {{deal.title}}");
  await text.fill("Dear {{contact.firstname}},\n{{deal.value}} {{me.name}}");
  await page.getByRole("group", { name: "Problems of the text" }).getByText("Line 1, character 6: there is no field “contact.firstname”. Did you mean “contact.first_name”?").waitFor();
  await app.axe();
  await text.fill("Dear {{contact.first_name}},\n{{deal.value}} {{me.name}} ");
  await page.getByRole("group", { name: "Problems of the text" }).waitFor({ state: "hidden" });
  // A field from the menu goes where the cursor is.
  await text.press("Control+End");
  await page.getByRole("button", { name: "Insert a field" }).click();
  await page.getByRole("menuitem", { name: "(organisation.name)" }).click();
  assert.match(await text.inputValue(), /\{\{organisation\.name\}\}$/);
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText(/^Dear \p{L}+/u).waitFor();
  await preview.getByText("Nothing to put here for this deal: me.name").waitFor();
  await app.axe();
  await page.setViewportSize({ width: 390, height: 844 });
  await app.axe();
  await page.setViewportSize({ width: 1440, height: 900 });

  // On a deal: the gap has to be filled in before anything can be sent.
  await go(app, "#/board", "Sales");
  await page.locator("[data-deal] a").first().click();
  await page.getByRole("button", { name: "Use a template" }).click();
  await page.getByRole("menuitem", { name: "Follow-up" }).click();
  const dialog = page.getByRole("dialog", { name: "Follow-up" });
  await dialog.getByText("Still to be filled in, here or in the text").waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Write and log" }).isDisabled(), true);
  assert.equal(await dialog.getByRole("button", { name: "Log as sent" }).isDisabled(), true);
  assert.equal(await dialog.getByRole("button", { name: "Copy" }).isDisabled(), true);
  await app.axe({ include: ".template-use" });
  await dialog.getByLabel("me.name").fill("Nora Feldmann");
  await dialog.getByRole("button", { name: "Fill in" }).click();
  await dialog.getByText("Still to be filled in, here or in the text").waitFor({ state: "hidden" });
  const href = await dialog.getByRole("link", { name: "Write and log" }).getAttribute("href");
  assert.match(href, /^mailto:[^?]+@[^?]+\?subject=About%20.+&body=Dear%20/);
  assert.match(href, /%0D%0A/);
  assert.doesNotMatch(href, /%7B%7B|[ {}\n]/);
  await dialog.getByRole("button", { name: "Log as sent" }).click();
  await dialog.waitFor({ state: "hidden" });
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByText(/^Dear \p{L}+/u).first().waitFor();
  await app.reload();
  await timeline.getByText(/^Dear \p{L}+/u).first().waitFor();
});

journey("the playbook of a stage stands beside its deals; questions go into a note", async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  await go(app, "#/stages", "Stages");
  await page.getByRole("button", { name: "Actions for Proposal" }).click();
  await page.getByRole("menuitem", { name: "Playbook…" }).click();
  const sheet = page.getByRole("dialog", { name: "Playbook: Proposal" });
  await sheet.getByLabel("How to work a deal here").fill("Never send an offer alone.");
  await sheet.getByLabel("Questions to ask").fill("Who reads it?\nWhat is missing?");
  await sheet.getByRole("button", { name: "Add an objection" }).click();
  await sheet.getByLabel("They say").fill("Too expensive");
  await sheet.getByLabel("Answer").fill("Compared with what?");
  await sheet.getByRole("button", { name: "Add a link" }).click();
  await sheet.getByLabel("Address").fill("javascript:alert(1)");
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.getByText("A link is an address of the web").waitFor();
  await app.axe({ include: ".dialog" });
  await sheet.getByLabel("Address").fill("guide.example/offers");
  await sheet.getByLabel("Title").fill("On offers");
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.waitFor({ state: "hidden" });

  await go(app, "#/board", "Sales");
  await page.getByRole("link", { name: "Crane rental" }).first().click();
  const fold = page.getByRole("button", { name: "Playbook: Proposal" });
  await fold.waitFor();
  await page.getByText("Never send an offer alone.").waitFor();
  assert.equal(await page.getByRole("link", { name: "On offers" }).getAttribute("href"), "https://guide.example/offers");
  await page.getByLabel("Who reads it?").check();
  await page.getByRole("button", { name: "Put into a note" }).click();
  assert.equal(await page.getByLabel("Write a note").inputValue(), "Who reads it? ");
  await app.axe();
  await fold.click();
  await page.getByText("Never send an offer alone.").waitFor({ state: "hidden" });
  await app.reload();
  await fold.waitFor();
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
});

journey("a reminder comes once, in whatever many tabs, and leads to its deal", { open: false }, async (_, { open }) => {
  const app = await open({ timezone: noonZone() });
  const { page, context } = app;
  await context.addInitScript(() => {
    // A stand-in that only notes: what a real one shows lies outside of the page.
    window.shownReminders = [];
    window.Notification = class {
      static permission = location.protocol === "http:" ? (localStorage.getItem("test.permission") ?? "default") : "default";
      static async requestPermission() {
        localStorage.setItem("test.permission", "granted");
        return (this.permission = "granted");
      }
      constructor(title, options) {
        Object.assign(this, { title, ...options });
        window.shownReminders.push(this);
      }
      close() {
        this.closed = true;
      }
    };
  });
  await page.reload();
  await app.started();
  await withDeals(app, DEALS);
  await go(app, "#/settings", "Settings");
  await page.getByRole("button", { name: "Turn reminders on" }).click();
  await page.getByText("While Fairlead is open, the browser shows a message").waitFor();
  const other = await app.tab("#/board");
  const soon = await page.evaluate(() => new Date(Date.now() + 5 * 60_000).toTimeString().slice(0, 5));
  const day = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  await page.getByRole("heading", { level: 1 }).click();
  await log(page, {
    about: "Crane rental", kind: "Meeting", text: "Plan the lift", due: day, time: soon,
    more: async (dialog) => {
      await dialog.getByRole("button", { name: "More details" }).click();
      await dialog.getByLabel("Remind me").selectOption("15");
    },
  });
  await page.waitForFunction(() => window.shownReminders.length === 1);
  const shown = await page.evaluate(() => ({ title: window.shownReminders[0].title, body: window.shownReminders[0].body }));
  assert.equal(shown.title, "Plan the lift");
  assert.match(shown.body, new RegExp(`${soon}.*Crane rental`));
  await other.getByText("Crane rental").first().waitFor();
  assert.equal(await other.evaluate(() => window.shownReminders.length), 0);
  await page.evaluate(() => window.shownReminders[0].onclick(new Event("click")));
  await page.getByRole("heading", { level: 1, name: "Crane rental" }).waitFor();
  // Not again after a reload.
  await app.reload();
  await page.getByRole("heading", { level: 1, name: "Crane rental" }).waitFor();
  assert.equal(await page.evaluate(() => window.shownReminders.length), 0);
});

journey("times are local: an invitation in winter and in summer means the hour on the wall", { timezone: "Europe/Berlin" }, async (app) => {
  const { page } = app;
  await withDeals(app, DEALS);
  await page.getByRole("link", { name: "Crane rental" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Crane rental" }).waitFor();
  const todo = page.getByRole("region", { name: "To do" });
  for (const [text, due, instant] of [
    ["In winter", "2028-01-10", "20280110T090000Z"],
    ["In summer", "2028-07-10", "20280710T080000Z"],
    // The hour that the change of clocks leaves out on this day is the one after it.
    ["In the night", "2028-03-26", "20280326T013000Z"],
  ]) {
    await log(page, { kind: "Meeting", text, due, time: text === "In the night" ? "02:30" : "10:00" });
    const item = todo.getByRole("listitem").filter({ hasText: text });
    await item.getByRole("button", { name: "Actions of this activity" }).click();
    const file = await app.download(() => page.getByRole("menuitem", { name: "Download invitation" }).click());
    assert.match(file.text, new RegExp(`DTSTART:${instant}\r\n`));
    // Written again it is the same meeting.
    await item.getByRole("button", { name: "Actions of this activity" }).click();
    const again = await app.download(() => page.getByRole("menuitem", { name: "Download invitation" }).click());
    assert.equal(again.text.match(/UID:(.*)\r/)[1], file.text.match(/UID:(.*)\r/)[1]);
  }
});
