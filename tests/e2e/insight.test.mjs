// Insight: what pages look at, the deals behind numbers, reasons, interviews, campaigns, rates.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

/** Nothing fades in while it is looked at. */
const STILL = { reducedMotion: "reduce", timeout: 120_000 };

/** Begins with an empty workspace in euros. */
async function startEmpty({ page }) {
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByRole("button", { name: "Start empty" }).click();
  await page.getByText("No deals in this pipeline yet").waitFor();
}

/** Begins with the sample. */
async function startSample({ page }) {
  await page.getByRole("button", { name: "Load the sample" }).click();
  await page.locator("[data-deal]").first().waitFor();
}

const go = async (app, hash, heading) => {
  await app.page.goto(`${app.url}${hash}`);
  await app.page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

/** Adds a deal with the form and opens its page. */
async function makeDeal({ page }, title, more = async () => {}) {
  await page.keyboard.press("c");
  const form = page.getByRole("dialog", { name: "New deal" });
  await form.getByLabel("Title").fill(title);
  await more(form);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

const part = (page, name) => page.getByRole("region", { name, exact: true });
const rowOf = (within, text) => within.getByRole("row").filter({ hasText: text });

/** Each page as it is in the light, in the dark and on a phone. */
async function everywhere(app) {
  const { page } = app;
  await app.axe();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await app.axe();
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 390, height: 844 });
  await app.axe();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, "nothing leaves the phone to the side");
  await page.setViewportSize({ width: 1440, height: 900 });
}

journey("closing a deal asks why, by keyboard alone, and an interview is written down", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  await makeDeal(app, "Roof survey");
  await page.getByRole("button", { name: "Lost", exact: true }).click();
  const ask = page.getByRole("dialog", { name: "Mark as lost: Roof survey" });
  // The reason has the focus: without one nothing happens, arrow and Enter choose one.
  await page.keyboard.press("Enter");
  await ask.getByText("Say why it was lost").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await ask.getByRole("combobox", { name: "Reason" }).inputValue(), "Price");
  await ask.getByRole("combobox", { name: "Lost to" }).fill("Wattline");
  await page.keyboard.press("Enter");
  await ask.getByRole("button", { name: "Mark as lost" }).click();
  await ask.waitFor({ state: "hidden" });

  const said = page.getByRole("region", { name: "Interviews" });
  await said.getByRole("button", { name: "Add interview" }).click();
  const form = page.getByRole("dialog", { name: "Interview about Roof survey" });
  await page.keyboard.press("Control+Enter");
  await form.getByText("Write down what was said").waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByLabel("What decided it").fill("The other payback fitted on a page");
  await form.getByLabel("To do better").fill("Say it in euros");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "hidden" });
  await said.getByText("The other payback fitted on a page").waitFor();
  await app.reload();
  await said.getByText("Say it in euros").waitFor();
  await said.getByRole("button", { name: /^Change the interview/ }).click();
  await form.getByLabel("What decided it").fill("The price");
  await page.keyboard.press("Control+Enter");
  await said.getByText("The price").waitFor();

  // Beside the reasons, with words instead of numbers that say nothing.
  await go(app, "#/insight/win-loss", "Win and loss");
  await part(page, "Interviews").getByText("The price").waitFor();
  await rowOf(part(page, "Reasons").locator(".grid-table"), "Price").getByRole("button").click();
  const behind = page.getByRole("dialog", { name: "Lost: Price: 1" });
  await behind.getByText("n = 1").waitFor();
  const file = await app.download(() => behind.getByRole("button", { name: "Download as CSV" }).click());
  assert.match(file.text, /Roof survey/);
  await page.keyboard.press("Escape");
  await behind.waitFor({ state: "hidden" });
  await rowOf(part(page, "Competitors"), "Wattline").waitFor();
  await part(page, "How won deals differ from lost ones").getByText("With fewer than 10 of each").waitFor();
  await part(page, "Interviews").getByRole("button", { name: /^Delete the interview/ }).click();
  await part(page, "Interviews").getByText("None yet.").waitFor();

  // Not asked any more, once that is off.
  await go(app, "#/settings", "Settings");
  await page.getByRole("checkbox", { name: "Ask why a deal was won or lost" }).uncheck();
  await go(app, "#/board", "Sales");
  await makeDeal(app, "Wall");
  await page.getByRole("button", { name: "Won", exact: true }).click();
  const win = page.getByRole("dialog", { name: "Mark as won: Wall" });
  await win.getByLabel("Won against").waitFor();
  await win.getByRole("button", { name: "Mark as won" }).click();
  await win.waitFor({ state: "hidden" });
  await page.getByText(/^Won on/).first().waitFor();
});

journey("the sample says why deals are won and lost, and every number opens its deals", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/insight/win-loss", "Win and loss");
  const scope = page.getByRole("region", { name: "What the page looks at" });
  await scope.getByLabel("Time").selectOption("all");
  const figures = page.getByRole("region", { name: "Won and lost" });
  const rate = figures.getByRole("button", { name: /show the deals behind it/ }).first();
  await rate.click();
  const behind = page.getByRole("dialog", { name: /^Win rate \d+/ });
  const n = Number((await behind.getByText(/^n = /).innerText()).replace(/\D/g, ""));
  assert.ok(n > 30);
  await app.axe({ include: "dialog[open]" });
  await behind.getByRole("button", { name: "Close" }).last().click();
  await figures.getByRole("button", { name: "How Win rate is computed" }).click();
  await page.getByText("won ÷ (won + lost)").first().waitFor();
  await page.keyboard.press("Escape");

  const reasons = part(page, "Reasons");
  await reasons.getByRole("radio", { name: "Won" }).click();
  await reasons.getByRole("radio", { name: "Value" }).click();
  await rowOf(reasons.locator(".grid-table"), "%").first().waitFor();
  const rivals = part(page, "Competitors");
  assert.ok((await rivals.getByRole("row").count()) > 3);
  const course = part(page, "Win rate over time");
  await course.getByRole("radio", { name: "Quarters" }).click();
  await course.getByText("Win rate by quarter").first().waitFor();
  const differ = part(page, "How won deals differ from lost ones");
  await differ.getByText(/were compared/).waitFor();
  await everywhere(app);

  // One owner, and again after a reload; the other pages look at the same.
  const before = await figures.innerText();
  await scope.getByLabel("Only").selectOption("source");
  await scope.getByLabel("Source", { exact: true }).selectOption({ label: "Event" });
  await page.waitForFunction((text) => document.querySelector(".figures").innerText !== text, before);
  await scope.getByLabel("Time").selectOption("this_year");
  await scope.getByRole("checkbox", { name: "Compare" }).check();
  await scope.getByText(/compared with/).waitFor();
  // With the time before, a year before, or days of one's own; again after a reload.
  const days = scope.locator(".scope__days");
  const year = Number(/\d{4}/.exec(await days.innerText())[0]);
  const against = scope.getByLabel("Compare with");
  await against.selectOption({ label: "Own dates" });
  await scope.getByText(/compared with/).waitFor({ state: "hidden" });
  await scope.getByLabel("Compare from").fill(`${year - 2}-02-03`);
  await scope.getByLabel("Compare to").fill(`${year - 2}-05-04`);
  await scope.getByLabel("Compare to").press("Enter");
  await scope.getByText(new RegExp(`compared with 3 Feb ${year - 2} – 4 May ${year - 2}`)).waitFor();
  await app.reload();
  await scope.getByText(new RegExp(`compared with 3 Feb ${year - 2} – 4 May ${year - 2}`)).waitFor();
  await app.axe();
  await against.selectOption({ label: "A year before" });
  await scope.getByText(new RegExp(`compared with 1 Jan ${year - 1} – .* ${year - 1}$`)).waitFor();
  await app.reload();
  await scope.getByText(/compared with/).waitFor();
  assert.equal(await scope.getByLabel("Only").inputValue(), "source");
  // Every part says what it was then, with the change.
  await part(page, "Reasons").getByText("Share before").waitFor();
  await page.getByRole("link", { name: "Funnel" }).click();
  await page.getByText(/^was \d/).first().waitFor();
  // What cannot compare does not say that it does.
  await page.getByRole("link", { name: "Sources" }).click();
  await page.getByRole("heading", { name: "Deals created in the time" }).waitFor();
  assert.equal(await scope.getByText(/compared with/).count(), 0);
  assert.equal(await scope.getByRole("checkbox", { name: "Compare" }).count(), 0);
  await scope.getByRole("button", { name: "Reset" }).click();
  assert.equal(await scope.getByLabel("Only").inputValue(), "");
});

journey("sources and campaigns say what became of deals and what they cost", STILL, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/insight/sources", "Sources");
  await page.getByRole("region", { name: "What the page looks at" }).getByLabel("Time").selectOption("all");
  const table = part(page, "Deals created in the time");
  const event = rowOf(table, "Event");
  await event.getByRole("button", { name: /^Leads, Event/ }).click();
  await page.getByRole("dialog", { name: /^Leads, Event: \d+/ }).getByText(/^n = \d+/).waitFor();
  await page.keyboard.press("Escape");
  assert.match(await event.innerText(), /×/, "what came back for what it cost");
  await table.getByRole("radio", { name: "By campaign" }).click();
  await rowOf(table, "Search ads").waitFor();
  const cohorts = part(page, "Won by age of the deal");
  await cohorts.getByRole("button", { name: /won within 3 months/ }).first().click();
  await page.getByRole("dialog", { name: /won within 3 months/ }).waitFor();
  await page.keyboard.press("Escape");
  assert.ok((await cohorts.locator("[data-part]").count()) > 0, "the latest months are not fully observed");
  await everywhere(app);

  const kept = part(page, "Campaigns");
  await kept.getByRole("button", { name: "Add campaign" }).click();
  const form = page.getByRole("dialog", { name: "Add a campaign" });
  await form.getByLabel("First day").fill("2026-03-02");
  await form.getByLabel("Last day").fill("2026-03-01");
  await form.getByRole("button", { name: "Add campaign" }).click();
  await form.getByText("Give the campaign a name.").waitFor();
  await form.getByText("It cannot end before it begins.").waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByLabel("Name").fill("Open day");
  await form.getByLabel("Source").fill("Event");
  await page.keyboard.press("Enter");
  await form.getByRole("textbox", { name: "Cost" }).fill("1,500");
  await form.getByLabel("Currency").selectOption("EUR");
  await form.getByLabel("Last day").fill("2026-03-04");
  await form.getByRole("button", { name: "Add campaign" }).click();
  await form.waitFor({ state: "hidden" });
  await rowOf(kept, "Open day").getByText("€1,500").waitFor();

  // A deal names it, and takes its source from it.
  await go(app, "#/board", "Sales");
  await makeDeal(app, "From the open day", async (deal) => {
    await deal.getByLabel("Campaign").fill("Open day");
    await page.keyboard.press("Enter");
    assert.equal(await deal.getByLabel("Source").inputValue(), "Event");
  });
  await page.getByText("Open day").first().waitFor();
  await go(app, "#/insight/sources", "Sources");
  await rowOf(kept, "Open day").getByRole("button", { name: "Deals of Open day: 1" }).click();
  await page.getByRole("dialog", { name: "Deals of Open day: 1" }).getByRole("link", { name: "From the open day" }).waitFor();
  await page.keyboard.press("Escape");
  await rowOf(kept, "Open day").getByRole("button", { name: "Delete Open day" }).click();
  await rowOf(kept, "Open day").waitFor({ state: "hidden" });
});

journey("rates are kept, and sums are shown in one currency", STILL, async (app) => {
  const { page } = app;
  await startEmpty(app);
  const worth = (currency) => async (form) => {
    await form.getByRole("textbox", { name: "Value" }).fill("1000");
    await form.getByLabel("Currency").selectOption(currency);
  };
  for (const [title, currency] of [["Roof", "EUR"], ["Wall", "USD"]]) {
    await makeDeal(app, title, worth(currency));
    await page.getByRole("button", { name: "Won", exact: true }).click();
    const ask = page.getByRole("dialog", { name: `Mark as won: ${title}` });
    await ask.getByLabel("Reason").fill("Trust");
    await page.keyboard.press("Enter");
    await ask.getByRole("button", { name: "Mark as won" }).click();
    await ask.waitFor({ state: "hidden" });
    await go(app, "#/board", "Sales");
  }
  const won = page.getByRole("region", { name: "Won and lost" }).locator(".figure").nth(1);
  await go(app, "#/insight/win-loss", "Win and loss");
  assert.match(await won.innerText(), /€1k · US\$1k|US\$1k · €1k/);

  await go(app, "#/settings", "Settings");
  await page.getByRole("button", { name: "Add rate" }).click();
  const form = page.getByRole("dialog", { name: "Add a rate" });
  await form.getByRole("button", { name: "Add rate" }).click();
  await form.getByText("Choose a currency.").waitFor();
  await form.getByText("Say how much one is worth.").waitFor();
  await app.axe({ include: "dialog[open]" });
  await form.getByLabel("One unit of").selectOption("USD");
  await form.getByLabel("Is worth").fill("0.9");
  await form.getByText("1 USD = 0.9 EUR").waitFor();
  await form.getByRole("button", { name: "Add rate" }).click();
  await form.waitFor({ state: "hidden" });
  await page.getByRole("row").filter({ hasText: "USD in EUR" }).getByText("always").waitFor();
  await page.getByLabel("Show sums in").selectOption("EUR");
  await app.axe();
  await go(app, "#/insight/win-loss", "Win and loss");
  await won.getByText("€1,900").waitFor();
  await won.getByRole("button", { name: "How Won is computed" }).click();
  await page.getByText("1 amount was converted to EUR").waitFor();
});

journey("on paper a page has no frame and no controls, and its charts fit in light colours", { ...STILL, colorScheme: "dark" }, async (app) => {
  const { page } = app;
  await startSample(app);
  await go(app, "#/insight/pipeline", "Pipeline");
  // All parts are there: they come one after the other.
  await page.getByRole("region", { name: "Pipeline over time" }).locator(".chart__svg").waitFor();
  await page.getByRole("region", { name: "Told apart" }).waitFor();
  await page.getByRole("region", { name: "Ageing" }).locator(".chart__svg").first().waitFor();
  const widths = () => page.locator(".chart__svg").evaluateAll((all) => all.map((svg) => Number(svg.getAttribute("width"))));
  const before = await widths();
  assert.ok(before.some((width) => width > 640), "wider than paper at first");
  const printing = (on) => page.evaluate((on) => void window.dispatchEvent(new Event(on ? "beforeprint" : "afterprint")), on);
  await printing(true);
  assert.ok((await widths()).every((width) => width <= 640), "drawn for paper");
  await page.emulateMedia({ media: "print" });
  for (const gone of [page.getByRole("navigation", { name: "Main" }), page.getByRole("navigation", { name: "Insight" }), page.locator(".topbar__end"), page.locator(".insight .btn").first(), page.locator(".explain").first()]) {
    assert.equal(await gone.isVisible(), false);
  }
  const colours = await page.evaluate(() => {
    const of = (node, property) => getComputedStyle(node)[property];
    return [of(document.documentElement, "colorScheme"), of(document.querySelector(".insight h2"), "color")];
  });
  assert.equal(colours[0], "light");
  assert.ok(colours[1].match(/\d+/g).slice(0, 3).every((part) => Number(part) < 100), `dark ink on paper: ${colours[1]}`);
  await page.emulateMedia({ media: "screen" });
  await printing(false);
  await page.waitForFunction((wanted) => JSON.stringify([...document.querySelectorAll(".chart__svg")].map((svg) => Number(svg.getAttribute("width")))) === wanted, JSON.stringify(before));
});
