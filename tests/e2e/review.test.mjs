// Reviews: begun, held by keyboard, left and taken up again, closed, shared; people and teams.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { withWays } from "./insight-data.mjs";

/** Nothing fades in while it is looked at. */
const STILL = { reducedMotion: "reduce", timeout: 180_000 };

/** Begins with the sample. */
async function startSample({ page }) {
  await page.getByRole("button", { name: /sample/i }).first().click();
  await page.locator("[data-deal]").first().waitFor();
}

const go = async (app, hash, heading) => {
  await app.page.goto(`${app.url}${hash}`);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

/** Begins a review of everyone and waits for its first deal. */
async function begin({ page }) {
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "Begin a review" });
  await dialog.getByText(/on the agenda/).waitFor();
  await dialog.getByRole("button", { name: "Begin", exact: true }).click();
  await topic(page).waitFor();
}

const topic = (page) => page.locator("[data-topic]");
const count = (page) => page.locator(".review__count");
/** Which deal is looked at: "3 of 17" gives 3. */
const place = async (page) => Number((await count(page).innerText()).split(" ")[0]);
const at = (page, n) => count(page).getByText(new RegExp(`^${n} of `)).waitFor();

journey("a whole review is held by keyboard, left in the middle, closed and shared", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/reviews", "Reviews");
  await page.getByRole("link", { name: "Weekly review of the team" }).waitFor();
  await app.axe();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "Begin a review" });
  await dialog.getByText(/on the agenda/).waitFor();
  // A review of everyone was held a week ago: what changed since is looked at.
  await dialog.getByText(/last review of this scope was on/).waitFor();
  await app.axe({ include: "dialog[open]" });
  await dialog.getByRole("button", { name: "Begin", exact: true }).click();
  await topic(page).waitFor();
  await app.axe();

  // On by keys; marking goes on as well.
  await at(page, 1);
  await page.keyboard.press("j");
  await at(page, 2);
  await page.keyboard.press("ArrowRight");
  await at(page, 3);
  await page.keyboard.press("k");
  await at(page, 2);
  await page.keyboard.press("x");
  await at(page, 3);
  await count(page).getByText(/1 looked at/).waitFor();
  await page.keyboard.press("]");
  await page.waitForFunction(() => !document.querySelector(".review__count").textContent.startsWith("3 of"));

  // An open deal: a decision, a task.
  await page.locator(".review-agenda__heading", { hasText: "No next step" }).first().waitFor();
  await page.locator(".review-agenda__group", { hasText: "No next step" }).first().getByRole("button").first().click();
  await page.locator(".review-topic__section").getByText("No next step").waitFor();
  await page.getByText("No next step is planned").waitFor();
  const here = await place(page);
  await page.keyboard.press("d");
  await page.keyboard.type("Ask for the budget by Friday");
  await page.keyboard.press("Control+Enter");
  await count(page).getByText(/2 looked at/).waitFor();
  await page.keyboard.press("t");
  await page.keyboard.type("Ask who signs");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Planned in this review" }).getByText("Ask who signs").waitFor();
  // The plan is the deal's next step, and undo takes back both.
  await page.getByRole("region", { name: "Main facts" }).getByText("Ask who signs").waitFor();
  await topic(page).focus();
  await page.keyboard.press("Control+z");
  await page.getByRole("list", { name: "Planned in this review" }).waitFor({ state: "hidden" });
  await page.keyboard.press("Control+y");
  await page.getByRole("list", { name: "Planned in this review" }).getByText("Ask who signs").waitFor();

  // The page is loaded anew: the same deal, with all that was said.
  const title = await topic(page).innerText();
  await app.reload();
  await topic(page).getByText(title).waitFor();
  await at(page, here);
  assert.equal(await page.getByLabel("Decision").inputValue(), "Ask for the budget by Friday");

  // The close date is changed in place, and told at once; the deal could be lost, by key.
  await page.getByRole("region", { name: "Main facts" }).getByRole("button").filter({ hasText: "Expected close" }).first().click();
  const edit = page.getByRole("dialog", { name: "Change expected close" });
  await edit.locator("input[type=date]").fill("2031-01-15");
  await edit.getByRole("button", { name: "Save" }).click();
  await page.getByRole("region", { name: "Main facts" }).getByText("15 Jan 2031").first().waitFor();
  await page.locator(".review-changed").getByText("15 Jan 2031").first().waitFor();
  await topic(page).focus();
  await page.keyboard.press("l");
  const lost = page.getByRole("dialog", { name: /Mark as lost/ });
  await lost.waitFor();
  await page.keyboard.press("Escape");
  await lost.waitFor({ state: "hidden" });

  // Of the review as a whole; then it is closed.
  await page.getByLabel("Notes").fill("Dates move <b>too</b> often");
  await page.getByLabel("To celebrate").fill("A good week");
  await page.getByRole("button", { name: "Close the review" }).click();
  const minutes = page.locator(".minutes");
  await minutes.getByText("A good week").waitFor();
  await minutes.getByText("Ask for the budget by Friday").waitFor();
  await minutes.getByLabel(/Ask who signs/).waitFor();
  await app.axe();
  const file = await app.download(() => page.getByRole("button", { name: "Download as a page" }).click());
  assert.match(file.name, /^review-\d{4}-\d\d-\d\d-everyone\.html$/);
  assert.match(file.text, /^<!doctype html>/);
  assert.ok(file.text.includes("Dates move &lt;b&gt;too&lt;/b&gt; often"));
  assert.ok(file.text.includes("Ask for the budget by Friday"));
  assert.ok(!file.text.includes("<script"));

  // A task is ticked off in the minutes; the list counts it.
  await minutes.getByLabel(/Ask who signs/).check();
  await go(app, "#/reviews", "Reviews");
  await page.getByRole("row").filter({ hasText: "Everyone" }).first().waitFor();
  const row = page.getByRole("row").filter({ hasText: "Review of Everyone" });
  assert.match(await row.innerText(), /0 of 1/);

  // A closed review is opened again.
  await row.getByRole("link").click();
  await page.getByRole("button", { name: "Open again" }).click();
  await topic(page).waitFor();
});

journey("a win is celebrated first, and praised", STILL, async (app) => {
  const { page } = app;
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByText("No deals in this pipeline yet").waitFor();
  await go(app, "#/reviews", "Reviews");
  await page.getByText("No reviews yet").waitFor();
  await app.axe();
  // A deal, won today.
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill("Fleet telemetry");
  await form.getByRole("combobox", { name: "Owner" }).fill("Jo Ortega");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.goto(`${app.url}#/board`);
  await page.getByRole("link", { name: "Fleet telemetry" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Fleet telemetry" }).waitFor();
  await page.getByRole("button", { name: "Won", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /Mark as won/ });
  await dialog.getByRole("combobox", { name: "Reason" }).fill("Trust");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Mark as won" }).click();
  await dialog.waitFor({ state: "hidden" });
  await go(app, "#/reviews", "Reviews");
  await begin(app);
  await page.locator(".review-topic__section").getByText("Won", { exact: true }).waitFor();
  await page.getByText("Jo Ortega won it: Trust.").waitFor();
  await page.getByRole("button", { name: "Praise" }).click();
  const note = page.getByRole("dialog", { name: "Write a note" });
  await app.axe({ include: "dialog[open]" });
  await note.getByLabel("Note").fill("Well done");
  await note.getByRole("button", { name: "Save" }).click();
  await note.waitFor({ state: "hidden" });
});

journey("people are compared, coached and heard", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/insight/team", /Team/);
  await page.getByRole("heading", { name: "Skill or chance" }).waitFor();
  await page.getByRole("heading", { name: "Where the work goes" }).waitFor();
  await app.axe();
  // A number opens the deals behind it.
  await page.locator(".team-table .team-number").first().click();
  await page.getByRole("dialog").getByRole("button", { name: /Close/ }).first().waitFor();
  await page.keyboard.press("Escape");
  // Feedback is answered.
  const answer = page.getByLabel("Answer").first();
  await answer.fill("Daniel checks them");
  await answer.blur();
  await page.getByText("Answered feedback").waitFor();
  // A practice is shared, and stands beside the deals of its stage.
  await page.getByRole("button", { name: "Share a practice" }).click();
  const dialog = page.getByRole("dialog", { name: "A practice to share" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("A practice needs a name.").waitFor();
  await dialog.getByLabel("In a line").fill("Call before nine");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.locator(".notes").getByText("Call before nine").waitFor();

  // A member: numbers, notes. No number is an empty button, and each opens deals.
  await page.locator(".team-name").first().click();
  await page.getByRole("heading", { name: "Notes and agreements" }).waitFor();
  for (const caption of ["What they do", "How long deals stay"]) {
    const table = page.getByRole("table", { name: caption });
    await table.waitFor();
    const numbers = table.getByRole("button");
    const texts = await numbers.allInnerTexts();
    assert.ok(texts.length > 2 && texts.every((text) => /^(?!,).*\d|not yet half/.test(text.trim())), `${caption}: ${texts}`);
    for (const number of [numbers.first(), numbers.nth(1)]) {
      await number.click();
      const rows = page.locator("dialog.rows-dialog");
      await rows.getByText(/n = [1-9]/).waitFor();
      await page.keyboard.press("Escape");
      await rows.waitFor({ state: "hidden" });
    }
  }
  await app.axe();
  await page.getByRole("button", { name: "Write a note" }).click();
  const note = page.getByRole("dialog", { name: "Write a note" });
  await note.getByRole("button", { name: "Save" }).click();
  await note.getByText("Please write a few words.").waitFor();
  await note.getByLabel("Note").fill("Plan the second call at once");
  await note.getByRole("radio", { name: "Agreement" }).check({ force: true });
  await page.keyboard.press("Control+Enter");
  await note.waitFor({ state: "hidden" });
  const row = page.locator(".notes__note").filter({ hasText: "Plan the second call at once" });
  await row.getByLabel("Done").check();
  await row.getByRole("button", { name: "Delete" }).click();
  await row.waitFor({ state: "hidden" });
  await page.keyboard.press("Control+z");
  await row.waitFor();
});

/** Deals of one person: so many won and lost, of ten euro each. */
const closed = (owner, won, lost) => Array.from({ length: won + lost }, (_, n) => ({
  title: `${owner} ${n}`, owner, way: [["Prospecting", 60]], value: 1_000, [n < won ? "won" : "lost"]: 20,
}));
const TEAM = [
  ...closed("Ada", 4, 6),
  { title: "Ada in dollars", owner: "Ada", way: [["Prospecting", 60]], value: 1_000, currency: "USD", won: 20 },
  ...closed("Bob", 6, 6),
  ...closed("Cy", 1, 0),
];
const RATES = [
  ["workspace:0000000000000000", "reporting", "EUR"],
  ["rate:0000000000000201", "of", "USD", "in_currency", "EUR", "worth", 800_000],
];

journey("few deals say nothing, amounts go by the rates, and whoever is chosen is held against all", STILL, async (app) => {
  const { page } = app;
  await withWays(app, TEAM, RATES);
  await go(app, "#/insight/team", /Team/);
  const chance = page.getByRole("region", { name: /^Skill or chance/ });
  await chance.getByText(/All lie within/).first().waitFor();
  const words = await chance.innerText();
  assert.ok(words.includes("Fewer than 10 closed deals, so nothing can be said of them: Cy."), words);
  assert.ok(!words.includes("Outside"), words);
  const better = page.getByRole("region", { name: /^What the better ones do differently/ });
  await better.getByText("This needs three people with 10 closed deals and more.").waitFor();
  const people = page.getByRole("table", { name: "People" });
  const row = (name) => people.getByRole("row", { name: new RegExp(`^${name}\\b`) });
  const told = (await row("Ada").innerText()).replaceAll("\t", " ");
  // Ten euro each, and a deal of ten dollars at 0.8: 48 won, and nothing open.
  assert.match(told, /€48/);
  assert.ok(!told.includes("US$"), told);
  assert.match(told, /none/);
  const before = await row("Ada").innerText();
  await page.getByLabel("Whose").selectOption({ label: "Ada" });
  await row("Cy").waitFor({ state: "detached" });
  assert.equal(await row("Ada").innerText(), before);
  await row("Ada").getByRole("link").click();
  await page.getByRole("heading", { name: "Notes and agreements" }).waitFor();
  assert.equal(await page.getByText("None yet: no closed deals here.").count(), 0);
  const stays = page.getByRole("table", { name: "How long deals stay" });
  await stays.waitFor();
  assert.ok(!(await stays.innerText()).includes("no stays"));
});

for (const [name, options] of [
  ["in the dark", { colorScheme: "dark" }],
  ["on a phone", { viewport: { width: 390, height: 844 } }],
]) {
  journey(`reviews and the team can be read by all ${name}`, { ...STILL, ...options }, async (app) => {
    const { page } = app;
    await startSample(app);
    await go(app, "#/reviews", "Reviews");
    await app.axe();
    await begin(app);
    await app.axe();
    await go(app, "#/insight/team", /Team/);
    await page.getByRole("heading", { name: "Skill or chance" }).waitFor();
    await app.axe();
    await go(app, "#/reviews", "Reviews");
    await page.getByRole("link", { name: "Weekly review of the team" }).click();
    await page.getByRole("button", { name: "Copy as text" }).waitFor();
    await app.axe();
  });
}
