// Qualification: criteria of stages and moves past them, frameworks and answers, the ideal
// customer, scores. Everything is made through the page; some journeys use keys alone.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { inStage, withDeals } from "./board-data.mjs";

const STILL = { reducedMotion: "reduce" };
const FEW = [
  ...inStage("Prospecting", "Ash", "Birch", "Cedar"),
  ...inStage("Qualification", "Elm"),
  ...inStage("Proposal", "Oak"),
];

const dialog = (page) => page.getByRole("dialog");
const link = (page, title) => page.locator("[data-deal]").getByRole("link", { name: title, exact: true });
const card = (page, title) => page.locator("[data-deal]", { has: page.getByRole("link", { name: title, exact: true }) });
const item = (page, name) => page.getByRole("menuitem", { name });
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const saved = (page) => page.getByText("All changes saved here").first();

async function shows(page, stage, ...titles) {
  await page.waitForFunction(
    ([stage, wanted]) => {
      const heading = [...document.querySelectorAll(".board-col h2")].find((h) => h.textContent === stage);
      const links = heading?.closest("[data-stage]").querySelectorAll("[data-deal] a") ?? [];
      return JSON.stringify([...links].map((link) => link.textContent.trim())) === wanted;
    },
    [stage, JSON.stringify(titles)],
  );
}

const go = (page, hash) => page.evaluate((hash) => void (location.hash = hash), hash);

async function process(page, name) {
  const code = { "Ideal customer": "profile", Qualification: "qualification", Scoring: "scoring" }[name];
  await go(page, `#/process/${code}`);
  await heading(page, name).waitFor();
}

async function board(page) {
  await go(page, "#/board");
  await heading(page, "Sales").waitFor();
}

async function openDeal(page, title) {
  await board(page);
  await link(page, title).focus();
  await page.keyboard.press("Enter");
  await heading(page, title).waitFor();
}

/** Opens what a stage asks for, in the stage editor. */
async function gate(page, stage) {
  await go(page, "#/stages");
  await heading(page, "Stages").waitFor();
  const row = page.getByRole("listitem").filter({ has: page.getByRole("group", { name: stage, exact: true }) });
  await row.getByText("Criteria", { exact: false }).first().click();
  await row.getByRole("radiogroup", { name: "A move past unmet criteria" }).waitFor();
  return row;
}

async function addCriterion(row, side, text) {
  const box = row.getByRole("textbox", { name: `New criterion: ${side}` });
  await box.fill(text);
  await box.press("Enter");
  await row.page().waitForFunction((text) => [...document.querySelectorAll(".gate-editor__row input[type=text]")].some((i) => i.value === text), text);
}

/** Presses a card with the mouse and drops it on another. */
async function dragTo(page, title, onto) {
  const from = await card(page, title).boundingBox();
  await page.mouse.move(from.x + 30, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(from.x + 44, from.y + 40, { steps: 3 });
  const to = await card(page, onto).boundingBox();
  await page.mouse.move(to.x + 60, to.y + to.height * 0.2, { steps: 4 });
  await page.locator(".board-marker").waitFor();
  await page.mouse.up();
}

journey("criteria of a stage: added, changed, put in order, removed; kept over a reload", STILL, async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  let row = await gate(page, "Proposal");
  await addCriterion(row, "before leaving", "The offer was gone through");
  await addCriterion(row, "before leaving", "We know who signs");
  await addCriterion(row, "before entering", "They asked for it");
  const texts = () => row.locator(".gate-editor__side").nth(1).locator(".gate-editor__row input[type=text]").evaluateAll((all) => all.map((i) => i.value));
  assert.deepEqual(await texts(), ["The offer was gone through", "We know who signs"]);
  // The same twice is refused at its box.
  const box = row.getByRole("textbox", { name: "New criterion: before leaving" });
  await box.fill("we know who SIGNS");
  await box.press("Enter");
  await row.getByText("This criterion is in the list already.").waitFor();
  await app.axe();
  await box.fill("");
  await row.getByRole("button", { name: "Move up: We know who signs" }).press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".gate-editor__side")[1].querySelector("input[type=text]").value === "We know who signs");
  // The focus goes with the row, once it stands in its new place.
  await page.waitForFunction(() => document.activeElement.closest(".gate-editor__row")?.querySelector("input[type=text]").value === "We know who signs");
  await row.locator(".gate-editor__side").nth(1).locator(".gate-editor__row").first().getByRole("checkbox", { name: "Evidence needed" }).check();
  await row.getByRole("radio", { name: "Block" }).click();
  await row.getByText("blocked").waitFor();
  await row.getByRole("combobox", { name: "Fields needed before leaving" }).fill("value");
  await page.keyboard.press("Enter");
  await row.getByRole("button", { name: "Remove Value" }).waitFor();
  await row.getByRole("textbox", { name: "Contacts it should have" }).fill("2");
  await page.keyboard.press("Tab");
  await row.getByRole("textbox", { name: "Qualified at least" }).fill("140");
  await page.keyboard.press("Tab");
  await row.getByText("Give a whole number from 0 to 100, or leave it empty.").waitFor();
  await row.getByRole("textbox", { name: "Qualified at least" }).fill("");
  await page.keyboard.press("Tab");
  await row.getByRole("button", { name: "Remove: The offer was gone through" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".gate-editor__side")[1].querySelectorAll(".gate-editor__row").length === 1);
  await saved(page).waitFor();
  await app.reload();
  row = await gate(page, "Proposal");
  assert.deepEqual(await texts(), ["We know who signs"]);
  assert.equal(await row.getByRole("radio", { name: "Block" }).getAttribute("aria-checked"), "true");
  assert.equal(await row.getByRole("textbox", { name: "Contacts it should have" }).inputValue(), "2");
  await app.axe();
});

journey("a move past what is missing: filled in there and then, by drag, and one undo", STILL, async (app) => {
  const { page } = app;
  await withDeals(app, FEW.map((deal) => ({ ...deal, value: deal.title === "Ash" ? undefined : deal.value })));
  const row = await gate(page, "Prospecting");
  await addCriterion(row, "before leaving", "A meeting is agreed");
  await row.locator(".gate-editor__row").first().getByRole("checkbox", { name: "Evidence needed" }).check();
  await row.getByRole("combobox", { name: "Fields needed before leaving" }).fill("value");
  await page.keyboard.press("Enter");
  await row.getByRole("button", { name: "Remove Value" }).waitFor();
  await row.getByRole("radio", { name: "Block" }).click();
  await board(page);

  await dragTo(page, "Ash", "Elm");
  await dialog(page).getByText("2 things are missing.").waitFor();
  await shows(page, "Prospecting", "Ash", "Birch", "Cedar");
  await app.axe();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await shows(page, "Prospecting", "Ash", "Birch", "Cedar");

  await dragTo(page, "Ash", "Elm");
  await dialog(page).getByRole("button", { name: "Override and move" }).click();
  await dialog(page).getByText("Say why it goes on all the same.").waitFor();
  await dialog(page).getByRole("checkbox", { name: "A meeting is agreed" }).check();
  await dialog(page).getByRole("button", { name: "Override and move" }).click();
  await dialog(page).getByText("Say how you know.").waitFor();
  await dialog(page).getByRole("textbox", { name: "How do you know?" }).fill("In both calendars");
  await dialog(page).getByText("1 thing is missing.").waitFor();
  await dialog(page).getByRole("textbox", { name: "Value" }).fill("12 apples");
  await dialog(page).getByRole("button", { name: "Override and move" }).click();
  await dialog(page).getByText("is not an amount").waitFor();
  await dialog(page).getByRole("textbox", { name: "Value" }).fill("1,200");
  await dialog(page).getByText("Everything is there now.").waitFor();
  await dialog(page).getByRole("button", { name: /^Move(?! anyway)/ }).click();
  await shows(page, "Qualification", "Ash", "Elm");
  await card(page, "Ash").getByText("€1,200").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest("[data-deal]") && document.activeElement.textContent.trim() === "Ash");
  // Fields, tick and move were one change.
  await page.keyboard.press("Control+z");
  await shows(page, "Prospecting", "Ash", "Birch", "Cedar");
  await card(page, "Ash").getByText("No value").waitFor();
});

journey("an override by keys alone is kept and told; menu, form and several deals are gated too", STILL, async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  const row = await gate(page, "Prospecting");
  await addCriterion(row, "before leaving", "They fit");
  await row.getByRole("radio", { name: "Block" }).click();
  await row.getByText("blocked").waitFor();
  await board(page);

  // Lifted, carried and set down by keys.
  await link(page, "Cedar").focus();
  await page.keyboard.press(" ");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press(" ");
  await dialog(page).getByText("1 thing is missing.").waitFor();
  const reason = dialog(page).getByRole("textbox", { name: "Reason to go on without" });
  for (let n = 0; n < 8 && !(await reason.evaluate((e) => e === document.activeElement)); n += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("Met them at the fair");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.activeElement?.closest("[data-deal]") && document.activeElement.textContent.trim() === "Cedar");
  await shows(page, "Prospecting", "Ash", "Birch");

  // The history of the deal says so.
  await page.keyboard.press("Enter");
  await heading(page, "Cedar").waitFor();
  await page.getByRole("tab", { name: "History" }).click();
  const history = page.getByRole("tabpanel");
  await history.getByText("Moved Cedar to Qualification, past unmet criteria").waitFor();
  const details = history.getByRole("button", { name: /Moved Cedar to Qualification/ });
  if ((await details.count()) > 0 && (await details.first().getAttribute("aria-expanded")) === "false") await details.first().click();
  await history.getByText("They fit: Met them at the fair").waitFor();

  // By menu.
  await board(page);
  await link(page, "Birch").focus();
  await page.keyboard.press("Shift+F10");
  await item(page, "Move to").click();
  await item(page, "Proposal").first().click();
  await dialog(page).getByRole("checkbox", { name: "They fit" }).check();
  await dialog(page).getByRole("button", { name: /^Move(?! anyway)/ }).click();
  await shows(page, "Proposal", "Birch", "Oak");
  await page.keyboard.press("Control+z");
  await shows(page, "Prospecting", "Ash", "Birch");

  // By form: it stays open until the move is through.
  await link(page, "Ash").focus();
  await page.keyboard.press("Enter");
  await heading(page, "Ash").waitFor();
  await page.keyboard.press("e");
  const sheet = page.getByRole("dialog", { name: "Edit deal" });
  await sheet.getByLabel("Stage").selectOption({ label: "Needs Analysis" });
  await page.keyboard.press("Control+Enter");
  const asked = page.getByRole("dialog", { name: "Ash to Needs Analysis" });
  await asked.getByText("1 thing is missing.").waitFor();
  await asked.getByRole("button", { name: "Cancel" }).click();
  await sheet.waitFor();
  await sheet.getByRole("button", { name: "Save" }).click();
  await asked.getByRole("textbox", { name: "Reason to go on without" }).fill("Known for years");
  await asked.getByRole("button", { name: "Override and save" }).click();
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Needs Analysis" }).first().waitFor();
  await page.keyboard.press("Control+z");

  // Several at once, each with what it is missing.
  await board(page);
  await link(page, "Ash").focus();
  await page.keyboard.press("x");
  await link(page, "Birch").click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("toolbar", { name: "Selected cards" }).getByRole("button", { name: "Move to" }).click();
  await item(page, "Close").first().click();
  const both = page.getByRole("dialog", { name: "2 deals to Close" });
  await both.getByText("2 things are missing.").waitFor();
  await app.axe();
  await both.getByRole("checkbox", { name: "They fit" }).first().check();
  await both.getByText("complete").waitFor();
  await both.getByRole("textbox", { name: "Reason to go on without" }).fill("A campaign");
  await both.getByRole("button", { name: "Override and move" }).click();
  await shows(page, "Close", "Ash", "Birch");
});

journey("the checklist of a deal: ticks with evidence, date and who", STILL, async (app) => {
  const { page } = app;
  await withDeals(app, FEW, ["Ada Lin"]);
  const row = await gate(page, "Qualification");
  await addCriterion(row, "before leaving", "Budget is named");
  await row.locator(".gate-editor__row").first().getByRole("checkbox", { name: "Evidence needed" }).check();
  await addCriterion(row, "before leaving", "Need is clear");
  const next = await gate(page, "Needs Analysis");
  await addCriterion(next, "before entering", "They have time");
  await openDeal(page, "Elm");
  const list = page.getByRole("region", { name: "Criteria" });
  await list.getByText("Before leaving Qualification").waitFor();
  await list.getByText("Before entering Needs Analysis").waitFor();
  await list.getByRole("checkbox", { name: "Need is clear" }).check();
  await list.getByText("1 of 2").waitFor();
  await list.getByRole("checkbox", { name: "Budget is named" }).click();
  await list.getByRole("textbox", { name: "How do you know?" }).waitFor();
  await list.getByRole("button", { name: "Save" }).click();
  await list.getByText("Say how you know.").waitFor();
  await app.axe();
  await page.keyboard.press("Shift+Tab");
  await list.getByRole("textbox", { name: "How do you know?" }).fill("Named on the phone");
  await page.keyboard.press("Control+Enter");
  await list.getByText("Named on the phone").waitFor();
  await list.getByText("2 of 2").waitFor();
  await list.getByRole("checkbox", { name: "Need is clear" }).uncheck();
  await list.getByText("1 of 2").waitFor();
});

journey("a framework: added, chosen, answered; gaps and percent, asked again at a later stage", STILL, async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await process(page, "Qualification");
  await page.getByRole("button", { name: "Add BANT" }).click();
  await page.getByRole("list", { name: "Questions of BANT" }).waitFor();
  await page.getByLabel("Deals in Sales").selectOption({ label: "BANT" });
  await app.axe();
  // Own questions and weights.
  const add = page.getByRole("textbox", { name: "New question: what is it about?" });
  await add.fill("Region");
  await add.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".framework__question").length === 5);
  await page.locator(".framework__question").nth(4).getByRole("button", { name: "Move up: Region" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".framework__about input")[3].value === "Region");
  await page.getByRole("button", { name: "Remove: Region" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".framework__question").length === 4);
  await page.getByRole("button", { name: "Add a framework of your own" }).click();
  await page.getByRole("textbox", { name: "Name of the framework" }).fill("bant");
  await page.keyboard.press("Enter");
  await page.getByText("There is a framework called bant already.").waitFor();
  await page.keyboard.press("Escape");

  const row = await gate(page, "Proposal");
  await row.getByRole("switch", { name: "Ask again here" }).click();
  await row.getByRole("radio", { name: "Warn" }).click();
  await openDeal(page, "Elm");
  await page.getByRole("tab", { name: "Qualification" }).click();
  const panel = page.getByRole("tabpanel");
  await panel.getByText("0% known").waitFor();
  await panel.getByText("Gaps: Budget, Authority, Need, Timing").waitFor();
  await panel.getByRole("radiogroup", { name: "What is known: Budget" }).getByRole("radio", { name: "Confirmed" }).click();
  await panel.getByText("22% known").waitFor();
  const evidence = panel.getByRole("textbox", { name: "How do you know: Need" });
  await evidence.fill("Two stops last year");
  await evidence.press("Tab");
  // Weights 2, 2, 3, 2: 6 of 27 for the budget, 3 for an assumed need.
  await panel.getByText("33% known").waitFor();
  await app.axe();
  await board(page);
  await card(page, "Elm").getByText("Qualified 33%").waitFor({ state: "attached" });

  // The answers are to be confirmed where the stage asks again.
  await openDeal(page, "Elm");
  await page.getByRole("button", { name: "Proposal" }).click();
  await page.getByRole("tab", { name: "Qualification" }).click();
  await panel.getByText("2 answers have to be confirmed at this stage").waitFor();
  await panel.getByRole("button", { name: "Confirm", exact: true }).first().click();
  await panel.getByText("1 answer has to be confirmed at this stage").waitFor();
  await page.getByRole("button", { name: "Negotiation" }).click();
  await dialog(page).getByText("1 thing is missing.").waitFor();
  await dialog(page).getByRole("radiogroup", { name: "What is known: Need" }).getByRole("radio", { name: "Known", exact: true }).click();
  await dialog(page).getByText("Everything is there now.").waitFor();
  await dialog(page).getByRole("button", { name: /^Move(?! anyway)/ }).click();
  await dialog(page).waitFor({ state: "detached" });
  await panel.getByText("have to be confirmed").waitFor({ state: "detached" });
});

journey("the ideal customer is built by keys alone, and previewed over all organisations", STILL, async (app) => {
  const { page } = app;
  await page.getByRole("button", { name: "Load the sample" }).click();
  await page.getByText("You are looking at a sample.").waitFor();
  await process(page, "Ideal customer");
  await page.getByText(/^Your \d+ organisations$/).waitFor();
  const out = page.locator(".fit-preview__legend [data-share=out]");
  const before = await out.innerText();
  await page.getByRole("button", { name: "Add a criterion" }).focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "New criterion" });
  await form.waitFor();
  await page.keyboard.press("Control+Enter");
  await form.getByText("Choose a field.").waitFor();
  await form.getByRole("combobox", { name: "Field" }).focus();
  await page.keyboard.type("founded");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement.value === "at_most");
  await page.keyboard.press("Tab");
  await page.keyboard.type("19xx");
  await page.keyboard.press("Control+Enter");
  await form.getByText("Write a number, such as 250 or 12.5.").waitFor();
  await app.axe();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("1950");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await page.getByRole("list", { name: "Criteria" }).getByText("Founded is at most 1950", { exact: true }).waitFor();
  await page.getByRole("list", { name: "Criteria" }).getByText("Must have").waitFor();
  assert.ok(Number((await out.innerText()).replace(/\D/g, "")) > 20, "most were founded later");
  await app.axe();
  await page.getByRole("button", { name: "Remove: Founded is at most 1950" }).click();
  await page.waitForFunction((before) => document.querySelector(".fit-preview__legend [data-share=out]").innerText === before, before);
  // With its reasons on a deal. Which deals the sample has depends on the day; what each criterion
  // says of it, whether known or not, stands there for any.
  await board(page);
  await page.locator("[data-deal] a").first().click();
  const fit = page.getByRole("region", { name: "Ideal customer" });
  await fit.getByText("Has a budget for energy").waitFor();
  await fit.getByText(/^Annual budget(: | is )/).first().waitFor();
});

journey("scoring rules grade deals; every score opens into its reasons, the hottest are listed", STILL, async (app) => {
  const { page } = app;
  await withDeals(app, FEW.map((deal) => ({ ...deal, tags: deal.title === "Oak" ? ["vip"] : undefined })));
  await process(page, "Scoring");
  await page.getByRole("button", { name: "Add a rule for fit" }).click();
  const form = page.getByRole("dialog");
  await page.keyboard.press("Control+Enter");
  await form.getByText("Give the rule a name.").waitFor();
  await form.getByText("Add a condition: a rule that asks for nothing").waitFor();
  await form.getByRole("textbox", { name: "Name" }).fill("Important");
  await form.getByRole("textbox", { name: "Points" }).fill("60");
  await form.getByRole("button", { name: "Add a condition" }).click();
  const condition = form.getByRole("group", { name: "Condition 1" });
  await condition.getByRole("combobox", { name: "Field" }).fill("tags");
  await page.getByRole("option", { name: /^Tags\s*Deal/ }).click();
  await condition.getByLabel("Values").fill("vip");
  await page.keyboard.press("Enter");
  await app.axe();
  await form.getByRole("button", { name: /^Add(?! a)/ }).click();
  await form.waitFor({ state: "detached" });
  await page.getByText("Tags include vip").waitFor();

  await page.getByRole("button", { name: "Add a rule for engagement" }).click();
  await form.getByRole("textbox", { name: "Name" }).fill("We spoke");
  await form.getByRole("textbox", { name: "Points" }).fill("50");
  await form.getByLabel("Kind").selectOption({ label: "Note" });
  await form.getByRole("button", { name: /^Add(?! a)/ }).click();
  await page.getByText("each: Note; half after 30 days").waitFor();
  const limit = page.getByRole("textbox", { name: "A from" });
  await limit.fill("20");
  await page.keyboard.press("Tab");
  await page.getByText("Each grade needs fewer points than the one above it.").waitFor();
  await limit.fill("60");
  await page.keyboard.press("Tab");
  await app.axe();

  await board(page);
  await card(page, "Oak").getByText("Grade A4: fit A, engagement 4").waitFor({ state: "attached" });
  await card(page, "Elm").getByText("Grade D4").waitFor({ state: "attached" });
  await openDeal(page, "Oak");
  await page.getByRole("textbox").first().waitFor();
  await page.locator(".deal-composer textarea").fill("They called back");
  await page.keyboard.press("Control+Enter");
  const score = page.getByRole("region", { name: /^Score/ });
  await score.getByText("grade 2").waitFor();
  await score.getByRole("button", { name: "How Engagement score is computed" }).click();
  const why = page.getByRole("group", { name: "Engagement score" });
  await why.getByText("We spoke").waitFor();
  assert.match(await why.innerText(), /\+50[\s\S]*Sum\s*50/);
  await app.axe();
  await page.keyboard.press("Escape");

  await process(page, "Scoring");
  await page.getByRole("tab", { name: "Hot list" }).click();
  const first = page.locator(".hot__row").first();
  await first.getByRole("link", { name: "Oak" }).waitFor();
  await first.getByText("fit 60, engagement 50").waitFor();
  await app.axe();
  // Switched off, a rule counts no more.
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("switch", { name: "Important counts" }).click();
  await board(page);
  await card(page, "Oak").getByText("Grade D2").waitFor({ state: "attached" });
});

journey("has no accessibility violations in the dark, on a phone and on a tablet", { ...STILL, open: false, timeout: 120_000 }, async (_, { open }) => {
  for (const options of [
    { colorScheme: "dark" },
    { viewport: { width: 820, height: 1100 } },
    { viewport: { width: 390, height: 844 }, hasTouch: true },
  ]) {
    const app = await open({ ...STILL, ...options });
    const { page } = app;
    await page.getByRole("button", { name: "Load the sample" }).click();
    await page.getByText("You are looking at a sample.").waitFor();
    for (const name of ["Ideal customer", "Qualification", "Scoring"]) {
      await process(page, name);
      await app.axe();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} fits the width`);
    }
    await page.getByRole("tab", { name: "Hot list" }).click();
    await page.locator(".hot__row a").first().click();
    await page.locator(".deal-page").waitFor();
    await page.getByRole("tab", { name: "Qualification" }).click();
    await page.locator(".question").first().waitFor();
    await app.axe();
    await gate(page, "Proposal");
    await app.axe();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the stage editor fits the width");
    await app.close();
  }
});
