// What will be sold: the forecast of a period, what-ifs, calls, and how good forecasts were.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

/** Nothing fades in while it is looked at. */
const STILL = { reducedMotion: "reduce", timeout: 180_000 };
const PHONE = { width: 390, height: 844 };

const go = async (app, hash, heading) => {
  await app.page.goto(`${app.url}${hash}`);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

/** Begins with the sample and goes to the forecast. */
async function startSample(app) {
  await app.page.getByRole("button", { name: /sample/i }).first().click();
  await app.page.getByText("You are looking at a sample.").waitFor();
  await go(app, "#/forecast/forecast", "Forecast");
  await figure(app, "Simulated, middle").waitFor();
}

/** The button with the number of a figure. */
const figure = ({ page }, label) => page.locator(".figure").filter({ hasText: label }).getByRole("button", { name: /show the deals/ });

const amount = (text) => Number(text.replace(/[^0-9-]/g, ""));

journey("a period is forecast, each number with its deals, and periods can be chosen", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  for (const label of ["Won so far", "Commit", "Best case", "Pipeline", "Weighted", "By own history"]) await figure(app, label).waitFor();
  await page.getByText(/Learnt from \d+ closed deals/).waitFor();
  await page.getByText("Month by month", { exact: true }).waitFor();
  await page.getByText("What the period may come to", { exact: true }).waitFor();
  await figure(app, "Weighted").click();
  const rows = page.getByRole("dialog", { name: /^Weighted/ });
  await rows.getByText("each value times its chance").waitFor();
  await rows.getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("button", { name: "How Simulated, middle is computed" }).click();
  await page.getByText("10,000 trials, always with the same random numbers").waitFor();
  await page.keyboard.press("Escape");
  const before = await figure(app, "Pipeline").innerText();
  await page.getByLabel("Period", { exact: true }).selectOption({ label: "This year" });
  await page.waitForFunction((old) => ![...document.querySelectorAll(".figure__value")].some((f) => f.innerText === old), before);
  // The categories add up.
  const cell = async (row, n) => amount(await page.getByRole("region", { name: "The period by category" }).getByRole("row", { name: new RegExp(`^${row}`) }).getByRole("cell").nth(n).innerText());
  assert.equal(await cell("Closed", 1) + (await cell("Commit", 1)), await cell("Commit", 2));
});

journey("a what-if moves the simulation at once, and is reset", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  const simulated = figure(app, "Simulated, middle");
  const plain = await simulated.innerText();
  await page.getByLabel("Chances", { exact: true }).press("Home");
  await page.getByText(/−.+ against no what-if/).waitFor();
  assert.ok(amount(await simulated.innerText()) < amount(plain));
  await page.getByRole("button", { name: "Reset the what-if" }).click();
  await page.waitForFunction((old) => [...document.querySelectorAll(".figure__value")].some((f) => f.innerText === old), plain);
  // One deal for sure: the same seed gives the same when it is taken back.
  const deal = page.getByRole("region", { name: "Deals by their share of the risk" }).getByRole("combobox").first();
  await deal.selectOption({ label: "Is not won" });
  await page.getByText(/against no what-if/).waitFor();
  await page.getByText("with what is chosen for 1 deal").waitFor();
  await deal.selectOption({ label: "Other date" });
  await page.getByLabel(/^Other date, /).waitFor();
  await deal.selectOption("");
  await page.waitForFunction((old) => [...document.querySelectorAll(".figure__value")].some((f) => f.innerText === old), plain);
});

journey("a call is made, checked, and kept as it was said", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await page.getByText("Nobody has made a call yet.").waitFor();
  await page.getByRole("button", { name: "Make a call" }).click();
  const form = page.getByRole("dialog", { name: "Make a call" });
  await form.getByRole("button", { name: "Submit the call" }).click();
  await form.getByText("Say how much will be sold in all.").waitFor();
  await form.getByLabel("How much will be sold in all").fill("150000");
  await form.getByLabel("For certain").fill("160000");
  await form.getByRole("button", { name: "Submit the call" }).click();
  await form.getByText("What is certain cannot be more than the call.").waitFor();
  await form.getByLabel("For certain").fill("120000");
  await form.getByLabel("Why").fill("Two large ones are near.");
  await form.getByRole("button", { name: "Submit the call" }).click();
  await form.waitFor({ state: "hidden" });
  const calls = page.getByRole("region", { name: "Calls", exact: true }).getByRole("row").filter({ hasText: "Two large ones are near." });
  await calls.getByText("so far").waitFor();
  // A call stays: the toast offers no undo, and the key says why.
  const toast = page.locator(".toast").first();
  await toast.getByText("A call stays as it was said; submit another to correct it", { exact: false }).waitFor();
  assert.equal(await toast.getByRole("button", { name: "Undo" }).count(), 0);
  await page.keyboard.press("Control+z");
  await toast.getByText("A call stays as it was said; submit another to correct it", { exact: true }).waitFor();
  await calls.getByText("so far").waitFor();
  await page.getByText("Saved", { exact: false }).first().waitFor();
  await app.reload();
  await calls.getByText("150,000").waitFor();
});

journey("the track record is graded, stopped and graded again", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/forecast/grading", "Track record");
  const verdict = page.getByRole("list", { name: "Verdict" });
  await verdict.getByText(/Brier score|It takes|it takes/).first().waitFor({ timeout: 90_000 });
  await verdict.getByText(/base rate/).waitFor();
  await page.getByText("What came, and the interval forecast", { exact: true }).waitFor();
  await page.getByRole("region", { name: "How true chances were" }).getByText("What there is to beat").waitFor();
  await page.getByLabel("Forecast every week").check();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("The grading was stopped.").waitFor();
  await page.getByRole("button", { name: "Grade again" }).click();
  await page.getByText("The grading was stopped.").waitFor({ state: "hidden" });
});

for (const colorScheme of ["light", "dark"]) {
  journey(`forecast and track record are accessible, ${colorScheme}`, { ...STILL, colorScheme }, async (app) => {
    const { page } = app;
    await startSample(app);
    await app.axe();
    await page.setViewportSize(PHONE);
    await app.axe();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the phone");
    await go(app, "#/forecast/grading", "Track record");
    await page.getByRole("list", { name: "Verdict" }).getByRole("listitem").first().waitFor({ timeout: 90_000 });
    await app.axe();
    await page.setViewportSize({ width: 1440, height: 900 });
    await app.axe();
  });
}
