// Quotas, the learned score, and experiments.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

/** Nothing fades in while it is looked at. */
const STILL = { reducedMotion: "reduce" };

async function startEmpty({ page }) {
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByText("No deals in this pipeline yet").waitFor();
}

async function startSample({ page }) {
  await page.getByRole("button", { name: /sample/i }).first().click();
  await page.locator("[data-deal]").first().waitFor();
}

const go = async (app, hash, heading) => {
  await app.page.goto(`${app.url}${hash}`);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

const dialog = (page, name) => page.getByRole("dialog", { name });

journey("a quota is set without a history, by its steps with one, changed and deleted", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await go(app, "#/forecast/quotas", "Quotas");
  await page.getByText("No quotas yet").waitFor();
  await page.getByRole("button", { name: "Set a quota" }).click();
  const form = dialog(page, "Set a quota");
  await form.getByText("says too little to suggest anything").waitFor();
  await form.getByRole("button", { name: "Set quota" }).click();
  await form.getByText("Say how much is to be sold.").waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByRole("textbox", { name: "Quota" }).fill("50,000");
  await form.getByText("How likely it is cannot be said").waitFor();
  await form.getByRole("button", { name: "Set quota" }).click();
  await form.waitFor({ state: "hidden" });
  const row = page.locator("[data-quota]");
  assert.match(await row.innerText(), /Everybody/);
  assert.match(await row.innerText(), /Too little history/);
  await app.axe();
  // A second one for the same time is refused.
  await page.getByRole("button", { name: "Set a quota" }).click();
  await form.getByRole("textbox", { name: "Quota" }).fill("1");
  await form.getByRole("button", { name: "Set quota" }).click();
  await form.getByText("There is a quota for this period already").waitFor();
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: /^Change the quota/ }).click();
  const change = dialog(page, "Change the quota");
  await change.getByRole("textbox", { name: "Quota" }).fill("60000");
  await change.getByRole("button", { name: "Save" }).click();
  await change.waitFor({ state: "hidden" });
  assert.match(await row.innerText(), /60,000/);
  await row.getByRole("button", { name: /^Delete the quota/ }).click();
  await page.getByText("No quotas yet").waitFor();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await row.waitFor();
});

journey("what works from outside raises what history suggests", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/forecast/quotas", "Quotas");
  await page.locator("[data-quota]").first().waitFor();
  await app.axe();
  await page.getByRole("button", { name: "Note a factor" }).click();
  const factor = dialog(page, "What works from outside");
  await factor.getByLabel("Name").fill("Boom");
  await factor.getByLabel("Sales in percent").fill("ten");
  await factor.getByRole("button", { name: "Save" }).click();
  await factor.getByText("Type a percentage").waitFor();
  await factor.getByLabel("Sales in percent").fill("150");
  await factor.getByRole("button", { name: "Save" }).click();
  await factor.waitFor({ state: "hidden" });
  await page.locator("[data-factor]").filter({ hasText: "Boom" }).waitFor();

  await page.getByRole("button", { name: "Set a quota" }).click();
  const form = dialog(page, "Set a quota");
  await form.getByLabel("How long").selectOption("Year");
  await form.getByText(/deals a week × weeks ×/).waitFor();
  const boom = form.getByRole("textbox", { name: "Boom in percent" });
  assert.equal(await boom.inputValue(), "150");
  const quota = form.getByRole("textbox", { name: "Quota" });
  const suggested = Number((await quota.inputValue()).replace(/\D/g, ""));
  assert.ok(suggested > 0);
  await boom.fill("75");
  await form.getByRole("button", { name: "Take as quota" }).click();
  const halved = Number((await quota.inputValue()).replace(/\D/g, ""));
  assert.ok(Math.abs(halved / suggested - 0.5) < 0.01, `${suggested} ${halved}`);
  // How likely it is follows what is typed.
  const trials = form.getByText(/is reached in [\d,]+ of 10,000 trials/);
  const likely = async () => Number(/in ([\d,]+) of/.exec(await trials.innerText())[1].replace(/\D/g, ""));
  await trials.waitFor();
  await form.getByText(/^With .*Boom.*: /).waitFor();
  const half = await likely();
  await quota.fill(String(suggested * 40));
  await form.getByText(/^Hardly realistic:/).waitFor();
  assert.ok((await likely()) < half, `${await likely()} ${half}`);
  await quota.fill(String(halved));
  await form.getByText(new RegExp(`is reached in ${half.toLocaleString("en-US")} of`)).waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByRole("button", { name: "Set quota" }).click();
  await form.waitFor({ state: "hidden" });
  // The step is kept as it was changed.
  const year = page.locator("[data-quota]").filter({ hasText: "Year:" });
  await year.getByRole("button", { name: /^Change the quota/ }).click();
  const change = dialog(page, "Change the quota");
  assert.equal(await change.getByRole("textbox", { name: "Boom in percent" }).inputValue(), "75");
  await page.keyboard.press("Escape");
  // The same is played again after a reload, and opens the open deals.
  const chance = year.getByRole("button", { name: /%\s*, show the deals behind it/ });
  const before = await chance.innerText();
  await app.reload();
  assert.equal(await chance.innerText(), before);
  await chance.click();
  await dialog(page, /^Chance: Everybody/).getByText("Open deals that are played").waitFor();
  await page.keyboard.press("Escape");
  await app.axe();
  // Numbers open the deals behind them.
  await year.getByRole("button", { name: /show the deals behind it/ }).first().click();
  await dialog(page, /^Won: Everybody/).getByText("Deals won in the period of the quota.").waitFor();
});

journey("the learned score says how good it is, and why it says what it says of a deal", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/forecast/score", "Learned score");
  const verdict = page.getByText(/^(Better than|No better than|Worse than) the base rate$/).or(page.getByText("Too few closed deals to learn from"));
  await verdict.first().waitFor();
  await app.axe();
  await page.getByRole("button", { name: /show the deals behind it/ }).first().click();
  await page.getByRole("dialog").getByText("which it had not seen").waitFor();
  await page.keyboard.press("Escape");
  await go(app, "#/board", /.*/);
  await page.locator("[data-deal] a").first().click();
  const card = page.getByRole("region", { name: /^Learned score/ });
  await card.getByText(/the plain win rate is/).waitFor();
  await card.getByText(/the base rate/).first().waitFor();
  await app.axe();
});

journey("without outcomes the score says what it needs", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await go(app, "#/forecast/score", "Learned score");
  await page.getByText("Too few closed deals to learn from").waitFor();
  await page.getByText(/at least 100 closed deals, 30 of them won and 30 lost/).waitFor();
  await app.axe();
});

journey("an experiment is prepared, started, assigns new deals, and asks why it ends early", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await go(app, "#/forecast/experiments", "Experiments");
  await page.getByText("No experiments yet").waitFor();
  await app.axe();
  await page.getByRole("button", { name: "Prepare an experiment" }).click();
  const form = dialog(page, "Prepare an experiment");
  await form.getByLabel("Name").first().fill("Call first");
  await form.getByRole("button", { name: "Save as draft" }).click();
  await form.getByText("Say what you believe").waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByLabel("What you believe").fill("Calling first wins more deals.");
  await form.getByLabel("Name of way 2").fill("Call");
  await form.getByLabel("How they are assigned").selectOption("In turn");
  await form.getByRole("button", { name: "Save as draft" }).click();
  await form.waitFor({ state: "hidden" });
  const one = page.locator("[data-experiment]").filter({ hasText: "Call first" });
  await one.getByText(/Each way needs/).waitFor();
  // Uneven parts are told, and each way has a size of its own; even ones again are as before.
  await one.getByRole("button", { name: "Change" }).click();
  await form.getByLabel("Parts of way 1").fill("3");
  await form.getByText("Of the deals that take part they get 75%, 25%.", { exact: false }).waitFor();
  await form.getByLabel("Parts of way 2").fill("half");
  await form.getByRole("button", { name: "Save as draft" }).click();
  await form.getByText("Each way gets between 1 and 100 parts of the deals.", { exact: false }).waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByLabel("Parts of way 2").fill("1");
  await form.getByRole("button", { name: "Save as draft" }).click();
  await form.waitFor({ state: "hidden" });
  await one.getByText("assigned in turn, 3 : 1", { exact: false }).waitFor();
  await one.getByText(/“As today” needs [\d,]+ results, “Call” needs [\d,]+ results to see/).waitFor();
  await one.getByRole("button", { name: "Change" }).click();
  assert.equal(await form.getByLabel("Parts of way 1").inputValue(), "3");
  await form.getByLabel("Parts of way 1").fill("1");
  await form.getByRole("button", { name: "Save as draft" }).click();
  await form.waitFor({ state: "hidden" });
  await one.getByText(/Each way needs/).waitFor();
  await one.getByRole("button", { name: "Start" }).click();
  await one.getByText("Running").waitFor();
  await go(app, "#/board", /.*/);
  for (const title of ["Pump", "Valve"]) {
    await page.keyboard.press("c");
    const deal = dialog(page, "New deal");
    await deal.getByLabel("Title").fill(title);
    await page.keyboard.press("Control+Enter");
    await deal.waitFor({ state: "hidden" });
  }
  await page.getByRole("link", { name: "Valve" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Valve" }).waitFor();
  const group = page.getByRole("region", { name: "Experiments" });
  assert.match((await group.innerText()).replace(/\s+/g, " "), /Call first Call/);
  await go(app, "#/forecast/experiments", "Experiments");
  assert.match((await one.innerText()).replace(/\s+/g, " "), /1 assigned.*1 assigned/);
  await app.axe();
  await one.getByRole("button", { name: "End it" }).click();
  const end = dialog(page, "End the experiment");
  await end.getByText("It has not its size yet").waitFor();
  await end.getByLabel("What came of it").fill("Calls feel better.");
  await end.getByLabel("From now on").selectOption("Call");
  await end.getByRole("button", { name: "End the experiment" }).click();
  await end.getByText("Say why you end it now").waitFor();
  await app.axe({ include: "dialog[open]" });
  await end.getByLabel("Why now").fill("The team has changed.");
  await end.getByRole("button", { name: "End the experiment" }).click();
  await end.waitFor({ state: "hidden" });
  await one.getByText("Ended before its size:").waitFor();
  await one.getByRole("link", { name: "Practices to share" }).click();
  await page.getByText("Calls feel better.").waitFor();
});

journey("the sample has experiments with results and touches that are told with care", { ...STILL, viewport: { width: 390, height: 844 } }, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/forecast/experiments", "Experiments");
  const running = page.locator("[data-experiment]").filter({ hasText: "Running" });
  await running.getByText(/Too early to say|has a (higher|lower) rate|no difference was seen/).waitFor();
  await page.getByRole("heading", { name: /Which touches go ahead/ }).waitFor();
  await app.axe();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  for (const [hash, heading] of [["#/forecast/quotas", "Quotas"], ["#/forecast/score", "Learned score"]]) {
    await go(app, hash, heading);
    await app.axe();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${hash}: ${over} px too wide`);
  }
});
