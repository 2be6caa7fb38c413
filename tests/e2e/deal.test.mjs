// A deal: its form, its page, its history.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

/** Begins with an empty workspace in pounds. */
async function startEmpty({ page }) {
  await page.getByLabel("Currency").selectOption("GBP");
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByText("No deals in this pipeline yet").waitFor();
}

/** The name a person knows the focused element by: its label, its aria-label or its text. */
const focusedName = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label = element?.getAttribute("aria-label") || element?.labels?.[0]?.textContent || element?.textContent || "";
    return label.replace("*", "").trim();
  });

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page, name) {
  const seen = [];
  for (let presses = 0; presses < 40; presses++) {
    const now = await focusedName(page);
    if (now === name) return;
    seen.push(now);
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never came to “${name}”: ${seen.join(" | ")}`);
}

/** Makes a deal by its form and goes to its page. */
async function makeDeal(app, title, value) {
  const { page } = app;
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill(title);
  await form.getByLabel("Value").fill(value);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

const entry = (page, text) => page.locator("[data-change]").filter({ hasText: text });
const fact = (page, name) => page.getByRole("region", { name: "Main facts" }).getByRole("button", { name: new RegExp(`^${name}`) });

journey("a deal is made by keyboard alone, with organisation and contact made in place, and outlasts a reload", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.waitFor();
  assert.equal(await focusedName(page), "Title");
  await page.keyboard.type("Fleet telemetry pilot");
  await tabTo(page, "Organisation");
  await page.keyboard.type("Orchard Bank");
  await form.getByRole("option", { name: "Create “Orchard Bank”" }).waitFor();
  await page.keyboard.press("Enter");
  await tabTo(page, "Contacts");
  await page.keyboard.type("Ada Park");
  await form.getByRole("option", { name: "Create “Ada Park”" }).waitFor();
  await page.keyboard.press("Enter");
  await form.getByLabel("Role of Ada Park").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await focusedName(page), "Role of Ada Park");
  await page.keyboard.type("Cha");
  await tabTo(page, "Value");
  await page.keyboard.type("12,500.50");
  await tabTo(page, "End of quarter");
  await page.keyboard.press("Enter");
  await tabTo(page, "Owner");
  await page.keyboard.type("Jo Ortega");
  await page.keyboard.press("Enter");
  await tabTo(page, "What to do");
  await page.keyboard.type("Send the quote");
  await app.axe({ include: ".deal-sheet" });
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });

  const card = page.locator("[data-deal]").filter({ hasText: "Fleet telemetry pilot" });
  await card.waitFor();
  const id = await card.first().getAttribute("data-deal");
  const check = async () => {
    await page.getByRole("heading", { level: 1, name: "Fleet telemetry pilot" }).waitFor();
    await fact(page, "Value").getByText("£12,500.50").waitFor();
    await fact(page, "Owner").getByText("Jo Ortega").waitFor();
    await fact(page, "Next step").getByText("Send the quote").waitFor();
    const side = page.getByRole("complementary");
    await side.getByText("Orchard Bank").waitFor();
    await side.getByText("Ada Park").waitFor();
    await side.getByText("Champion").waitFor();
  };
  await page.goto(`${app.url}#/deals/${id}`);
  await check();
  await app.reload();
  await check();
  await app.axe();
});

journey("the form says what is wrong, where, and how to put it right", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  const title = form.getByLabel("Title");
  await title.waitFor();
  await page.keyboard.press("Control+Enter");
  await form.locator("[data-field=title]").getByText("Give the deal a title.").waitFor();
  await form.getByRole("alert").getByText("One thing needs your attention").waitFor();
  await title.and(page.locator(":focus[aria-invalid=true]")).waitFor();
  await title.fill("Site survey");
  await form.getByText("One thing needs your attention").waitFor({ state: "hidden" });

  // Left with something in it that is no amount: said at once, in place.
  const value = form.getByLabel("Value", { exact: true });
  await value.fill("12,34,567");
  await value.press("Tab");
  await form.locator("[data-field=value]").getByText("“12,34,567” is not an amount. Write it like 1200 or 1,200.50.").waitFor();
  await form.getByLabel("Probability").fill("120");
  await page.keyboard.press("Control+Enter");
  await form.getByText("2 things need your attention").waitFor();
  await value.and(page.locator(":focus")).waitFor();
  await app.axe({ include: ".deal-sheet" });
  await form.getByRole("alert").getByRole("link", { name: "Probability" }).click();
  await form.getByLabel("Probability").and(page.locator(":focus")).waitFor();

  // Escape does not throw away what was typed without asking.
  await page.keyboard.press("Escape");
  const question = page.getByRole("dialog", { name: "Discard what you typed?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await question.waitFor({ state: "hidden" });
  assert.equal(await value.inputValue(), "12,34,567");

  await value.fill("1200");
  await form.getByLabel("Probability").fill("20");
  await form.getByRole("button", { name: "Save and add another" }).click();
  await title.and(page.locator(":focus")).waitFor();
  assert.equal(await title.inputValue(), "");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "hidden" });
  await page.locator("[data-deal]").filter({ hasText: "Site survey" }).waitFor();
});

journey("what is typed into a form that is left by the back button is still there", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill("Half a thought");
  await page.goBack();
  await form.waitFor({ state: "hidden" });
  await page.keyboard.press("c");
  await form.getByText("What you had typed before is still here.").waitFor();
  assert.equal(await form.getByLabel("Title").inputValue(), "Half a thought");
});

journey("changes are told from what to what, can be reverted, and outlast a reload", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await makeDeal(app, "Site survey", "1000");

  // In place: Enter saves, Escape does not.
  await fact(page, "Value").click();
  const edit = page.getByRole("dialog", { name: "Change value" });
  await edit.getByLabel("Value", { exact: true }).fill("9999");
  await page.keyboard.press("Escape");
  await edit.waitFor({ state: "hidden" });
  await fact(page, "Value").getByText("£1,000").waitFor();
  await fact(page, "Value").click();
  await edit.getByLabel("Value", { exact: true }).fill("nonsense");
  await page.keyboard.press("Enter");
  await edit.getByText("“nonsense” is not an amount.").waitFor();
  await edit.getByLabel("Value", { exact: true }).fill("2,000");
  await page.keyboard.press("Enter");
  await edit.waitFor({ state: "hidden" });
  await fact(page, "Value").getByText("£2,000").waitFor();

  await page.keyboard.press("e");
  const form = page.getByRole("dialog", { name: "Edit deal" });
  await form.getByLabel("Probability").fill("55");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await fact(page, "Probability").getByText("55%").waitFor();

  await page.getByRole("navigation", { name: "Stage" }).getByRole("button", { name: "Proposal" }).click();
  await page.getByRole("tab", { name: "History" }).click();
  const moved = entry(page, "Moved Site survey to Proposal");
  assert.match(await moved.innerText(), /Stage\s+Prospecting\s+to\s+Proposal/);
  const chance = entry(page, "Probability");
  assert.match((await chance.first().innerText()).replace(/\s+/g, " "), /Probability that of the stage to 55%/);
  const changed = entry(page, "£2,000").filter({ hasText: "£1,000" });
  assert.match(await changed.innerText(), /Value\s+£1,000\s+to\s+£2,000/);
  await app.axe();

  await changed.getByRole("button", { name: /^Revert this change/ }).click();
  await fact(page, "Value").getByText("£1,000").waitFor();
  await entry(page, "Undid: Changed Site survey").waitFor();
  await entry(page, "£2,000").filter({ hasText: "Undone" }).waitFor();
  await page.getByRole("navigation", { name: "Stage" }).getByRole("button", { name: "Proposal" }).and(page.locator("[aria-current=step]")).waitFor();

  await app.reload();
  await fact(page, "Value").getByText("£1,000").waitFor();
  await page.getByRole("tab", { name: "History" }).click();
  await entry(page, "Undone").waitFor();
  assert.equal(await page.locator("[data-change]").count(), 5);

  // The history of everything has it as well, and opens the deal.
  await page.goto(`${app.url}#/history`);
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  await entry(page, "Undid: Changed Site survey").waitFor();
  await app.axe();
  await page.getByLabel("Kind of change").selectOption("undo");
  await entry(page, "Moved Site survey").waitFor({ state: "hidden" });
  await entry(page, "Undid: Changed Site survey").getByRole("link", { name: /^Undid/ }).click();
  await page.getByRole("heading", { level: 1, name: "Site survey" }).waitFor();
});

journey("activities are planned, done and told in the timeline", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await makeDeal(app, "Site survey", "1000");
  await page.getByLabel("Write a note").fill("Met at the fair");
  await page.keyboard.press("Control+Enter");
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByText("Met at the fair").waitFor();
  await page.getByRole("radio", { name: "Call" }).click();
  await page.getByLabel("What the call is about").fill("Ask about the budget");
  await page.getByRole("button", { name: "Tomorrow" }).or(page.getByRole("button", { name: "Next Monday" })).first().click();
  await page.getByRole("button", { name: "Plan call" }).click();
  await fact(page, "Next step").getByText("Ask about the budget").waitFor();
  await app.axe();
  await page.getByRole("checkbox", { name: "Done: Ask about the budget" }).click();
  await timeline.getByText("Ask about the budget").waitFor();
  await fact(page, "Next step").getByText("No next step").waitFor();
  await page.keyboard.press("Control+z");
  await fact(page, "Next step").getByText("Ask about the budget").waitFor();
});

journey("a deal is lost with date and reason, deleted, brought back; one that never was is said to be none", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await makeDeal(app, "Site survey", "1000");
  await page.getByRole("button", { name: "Lost", exact: true }).click();
  const ask = page.getByRole("dialog", { name: "Mark as lost: Site survey" });
  await ask.getByLabel("Reason").fill("Price");
  await page.keyboard.press("Enter");
  await ask.getByRole("button", { name: "Mark as lost" }).click();
  await page.getByText(/^Lost on/).first().waitFor();
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.getByRole("button", { name: "Won", exact: true }).waitFor();

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByText("This deal was deleted").waitFor();
  await entry(page, "Deleted Site survey").waitFor();
  await app.axe();
  await page.getByRole("button", { name: "Bring it back" }).click();
  await fact(page, "Value").getByText("£1,000").waitFor();

  await page.goto(`${app.url}#/deals/00000000000000ff`);
  await page.getByText("There is no such deal here").waitFor();
  await page.getByRole("button", { name: "Go to the board" }).click();
  await page.locator("[data-deal]").filter({ hasText: "Site survey" }).waitFor();
});

journey("J and K go through the column, Escape back to the board", async (app) => {
  const { page } = app;
  await startEmpty(app);
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  for (const title of ["Third", "Second"]) {
    await form.getByLabel("Title").fill(title);
    await form.getByRole("button", { name: "Save and add another" }).click();
    await form.getByLabel("Title").and(page.locator(":focus")).waitFor();
  }
  await form.getByLabel("Title").fill("First");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "First" }).first().click();
  const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
  await heading("First");
  await page.keyboard.press("j");
  await heading("Second");
  await page.keyboard.press("j");
  await heading("Third");
  await page.keyboard.press("k");
  await heading("Second");
  await page.keyboard.press("Escape");
  await page.locator("[data-deal]").filter({ hasText: "Third" }).waitFor();
});
