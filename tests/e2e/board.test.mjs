// The board: moving cards by mouse, finger, key and menu; closing deals; adding, marking, filtering,
// folding; and columns of ten thousand cards.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { STAGES, inStage, withDeals } from "./board-data.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const FEW = [
  ...inStage("Prospecting", "Ash", "Birch", "Cedar"),
  ...inStage("Qualification", "Elm", "Fir"),
  ...inStage("Proposal", "Oak"),
  ...inStage("Post-Sales", "Yew"),
];

const column = (page, stage) => page.getByRole("region", { name: stage, exact: true });
const link = (page, title) => page.locator("[data-deal]").getByRole("link", { name: title, exact: true });
const card = (page, title) => page.locator("[data-deal]", { has: page.getByRole("link", { name: title, exact: true }) });
const dialog = (page) => page.getByRole("dialog");
const item = (page, name) => page.getByRole("menuitem", { name });
const saved = (page) => page.getByText("All changes saved here").first();

/** Waits until a column shows these titles, in this order. */
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

/** Waits until this has been announced. */
const hears = (page, text) => page.getByRole("status").filter({ hasText: text }).first().waitFor({ state: "attached" });

/** Waits until the card of this title has the focus. */
const focused = (page, title) => page.waitForFunction((title) => document.activeElement?.closest("[data-deal]") && document.activeElement.textContent.trim() === title, title);

/** Waits until nothing glides any more. */
const settled = (page) => page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));

/** Presses a card with the mouse and moves it away, without letting it go. */
async function take(page, title) {
  await settled(page);
  const box = await card(page, title).boundingBox();
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 44, box.y + 40, { steps: 3 });
}

/** Moves what is held over a card's upper or lower half, and waits until the board has seen that. */
async function over(page, title, part = "upper") {
  await settled(page);
  const box = await card(page, title).boundingBox();
  await page.mouse.move(box.x + 60, box.y + box.height * (part === "upper" ? 0.2 : 0.8), { steps: 4 });
  await page.locator(".board-marker").waitFor();
}

journey("drags a card to its place with the mouse; undo and reload", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await take(page, "Ash");
  await over(page, "Fir");
  await page.mouse.up();
  await shows(page, "Prospecting", "Birch", "Cedar");
  await shows(page, "Qualification", "Elm", "Ash", "Fir");
  await hears(page, "Ash: Qualification, position 2 of 3");
  await focused(page, "Ash");
  assert.equal(new URL(page.url()).hash, "", "the click that ends a drag opens nothing");

  // The focus goes wherever its card goes.
  await page.keyboard.press("Control+z");
  await shows(page, "Prospecting", "Ash", "Birch", "Cedar");
  await focused(page, "Ash");
  await page.keyboard.press("Control+Shift+z");
  await shows(page, "Qualification", "Elm", "Ash", "Fir");

  // Within the column, and onto the end of an empty one.
  await take(page, "Birch");
  await over(page, "Cedar", "lower");
  await page.mouse.up();
  await shows(page, "Prospecting", "Cedar", "Birch");
  await take(page, "Cedar");
  const empty = await column(page, "Close").locator(".board-list").boundingBox();
  await page.mouse.move(empty.x + 50, empty.y + 300, { steps: 4 });
  await page.locator(".board-marker").waitFor();
  await page.mouse.up();
  await shows(page, "Close", "Cedar");

  await saved(page).waitFor();
  await app.reload();
  await shows(page, "Prospecting", "Birch");
  await shows(page, "Qualification", "Elm", "Ash", "Fir");
  await shows(page, "Close", "Cedar");
});

journey("Escape puts a dragged card back", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await take(page, "Ash");
  await over(page, "Oak");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await hears(page, "Put back");
  await focused(page, "Ash");
  assert.equal(await page.locator(".board-ghost, .board-zones").count(), 0);
  await shows(page, "Prospecting", "Ash", "Birch", "Cedar");
  await shows(page, "Proposal", "Oak");
  // A press without a move is a click.
  await link(page, "Ash").click();
  await page.getByRole("heading", { level: 1, name: "Ash" }).waitFor();
});

journey("carries a card by key and says where it is", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await link(page, "Birch").focus();
  await page.keyboard.press("ArrowUp");
  await focused(page, "Ash");
  await page.keyboard.press("ArrowRight");
  await focused(page, "Elm");
  await page.keyboard.press("ArrowLeft");
  await focused(page, "Ash");

  await page.keyboard.press("Space");
  await hears(page, "Lifted Ash from Prospecting, position 1 of 3");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
  await hears(page, "Proposal, position 2 of 2");
  await focused(page, "Ash");
  await page.keyboard.press("Escape");
  await hears(page, "Put back. Ash: Prospecting, position 1 of 3");
  await focused(page, "Ash");
  await shows(page, "Proposal", "Oak");

  // As fast as one can type.
  for (const key of ["Space", "ArrowRight", "ArrowDown", "Space"]) await page.keyboard.press(key);
  await hears(page, "Ash: Qualification, position 2 of 3");
  await shows(page, "Qualification", "Elm", "Ash", "Fir");
  await focused(page, "Ash");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ash" }).waitFor();
});

journey("moves a card by single presses in its menu", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await card(page, "Ash").hover();
  await card(page, "Ash").getByRole("button", { name: "Actions for Ash" }).click();
  await item(page, "Move to…").click();
  const stages = page.getByRole("menu", { name: "Move Ash" }).getByRole("menuitem");
  assert.deepEqual(await stages.allInnerTexts(), [...STAGES, ...STAGES]);
  await stages.nth(1).click();
  await shows(page, "Qualification", "Ash", "Elm", "Fir");
  await focused(page, "Ash");

  // Cards that keep their order stay where they are in the page: only one is taken out and put back.
  const list = column(page, "Qualification").getByRole("list");
  const changes = await list.evaluateHandle((element) => {
    const seen = [];
    new MutationObserver((records) => seen.push(...records.flatMap((r) => [...r.addedNodes]))).observe(element, { childList: true });
    return seen;
  });
  await page.keyboard.press("Shift+F10");
  await item(page, "Move down").click();
  await shows(page, "Qualification", "Elm", "Ash", "Fir");
  assert.equal(await changes.evaluate((seen) => seen.length), 1);
  await page.keyboard.press("m");
  await page.getByRole("menu", { name: "Move Ash" }).getByRole("menuitem", { name: "Prospecting" }).last().click();
  await shows(page, "Prospecting", "Birch", "Cedar", "Ash");

  await card(page, "Cedar").click({ button: "right" });
  await item(page, "Delete").click();
  await shows(page, "Prospecting", "Birch", "Ash");
  await focused(page, "Ash");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await shows(page, "Prospecting", "Birch", "Cedar", "Ash");
});

/** A finger, by the browser's own input. */
async function finger(page) {
  const client = await page.context().newCDPSession(page);
  const touch = (type, point) => client.send("Input.dispatchTouchEvent", { type, touchPoints: point ? [{ x: point[0], y: point[1] }] : [] });
  return { down: (...point) => touch("touchStart", point), move: (...point) => touch("touchMove", point), up: () => touch("touchEnd") };
}

journey("a finger scrolls at once and drags after a long press", PHONE, async (app) => {
  const { page } = app;
  const trees = Array.from({ length: 30 }, (_, n) => `Tree ${n}`);
  await withDeals(app, inStage("Prospecting", ...trees));
  const touch = await finger(page);
  const list = column(page, "Prospecting").locator(".board-list");
  const scrolled = () => list.evaluate((element) => element.scrollTop);

  const low = await card(page, "Tree 2").boundingBox();
  await touch.down(low.x + 60, low.y + 40);
  for (let step = 1; step <= 10; step++) await touch.move(low.x + 60, low.y + 40 - step * 15);
  const atRest = list.evaluate((element) => new Promise((done) => element.addEventListener("scrollend", () => done(true), { once: true })));
  await touch.up();
  await atRest;
  assert.ok((await scrolled()) > 60, "a swipe scrolls");
  await shows(page, "Prospecting", ...(await page.locator("[data-deal] a").allInnerTexts()));
  assert.equal(await page.locator(".board-ghost").count(), 0, "a swipe is no drag");

  await list.evaluate((element) => { element.scrollTop = 0; });
  await page.waitForFunction(() => document.querySelector("[data-deal] a").textContent === "Tree 0");
  const first = await card(page, "Tree 0").boundingBox();
  const second = await card(page, "Tree 1").boundingBox();
  await touch.down(first.x + 60, first.y + 40);
  await page.locator(".board-ghost").waitFor();
  const before = await scrolled();
  for (let step = 1; step <= 8; step++) await touch.move(first.x + 60, first.y + 40 + ((second.y - first.y + 40) * step) / 8);
  await page.locator(".board-marker").waitFor();
  assert.equal(await scrolled(), before, "a drag does not scroll");
  await touch.up();
  await hears(page, "Tree 0: Prospecting, position 2 of 30");
  assert.deepEqual((await page.locator("[data-deal] a").allInnerTexts()).slice(0, 3), ["Tree 1", "Tree 0", "Tree 2"]);
  assert.equal(await page.getByRole("menu").count(), 0, "a long press opens no menu");
});

journey("shows one column at a time on a phone and has no sideways scrolling of the page", PHONE, async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  const inView = (stage) => page.waitForFunction((stage) => {
    const heading = [...document.querySelectorAll(".board-col h2")].find((h) => h.textContent === stage);
    const box = heading.closest("[data-stage]").getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth;
  }, stage);
  await inView("Prospecting");
  const stages = page.getByRole("navigation", { name: "Stages" });
  await stages.getByRole("button", { name: /^Proposal/ }).click();
  await inView("Proposal");
  await page.waitForFunction(() => document.querySelector(".board-picker [aria-current]").textContent.startsWith("Proposal"));
  await app.axe();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 640 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `the page scrolls sideways at ${width} px`);
  }
});

journey("adds deals by their titles, one after the other", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  const add = page.getByRole("button", { name: "Add a deal to Negotiation" });
  await add.click();
  await page.keyboard.type("Maple");
  await page.keyboard.press("Enter");
  await shows(page, "Negotiation", "Maple");
  await page.keyboard.type("Larch");
  await page.keyboard.press("Enter");
  await shows(page, "Negotiation", "Larch", "Maple");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "New deal in Negotiation" }).waitFor({ state: "detached" });
  assert.ok(await add.evaluate((button) => button === document.activeElement));
  await shows(page, "Negotiation", "Larch", "Maple");
  await saved(page).waitFor();
  await app.reload();
  await shows(page, "Negotiation", "Larch", "Maple");
});

journey("asks for date and reason when a deal is closed", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);

  // Dropped into the won stage: Escape leaves it, a reason and Enter win it.
  const drop = async () => {
    await take(page, "Oak");
    await over(page, "Yew");
    await page.mouse.up();
    await dialog(page).getByRole("heading", { name: "Mark Oak as won" }).waitFor();
  };
  await drop();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await shows(page, "Proposal", "Oak");
  await focused(page, "Oak");
  await drop();
  await page.keyboard.press("Enter");
  await dialog(page).getByText("Say why it was won").waitFor();
  await dialog(page).getByRole("combobox", { name: "Reason" }).fill("Best fit");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await shows(page, "Post-Sales", "Oak", "Yew");
  await focused(page, "Oak");
  await card(page, "Oak").getByText("Won ").waitFor({ state: "attached" });

  // And back to work.
  await take(page, "Oak");
  await over(page, "Elm");
  await page.mouse.up();
  await shows(page, "Qualification", "Oak", "Elm", "Fir");

  // Lost, by the zone that shows while dragging.
  await take(page, "Elm");
  await page.locator("[data-zone=lost]").waitFor();
  const zone = await page.locator("[data-zone=lost]").boundingBox();
  await page.mouse.move(zone.x + 40, zone.y + 20, { steps: 5 });
  await page.locator(".board-zone--over").waitFor();
  await page.mouse.up();
  await dialog(page).getByRole("textbox", { name: "Date" }).fill("2099-01-01");
  await dialog(page).getByRole("button", { name: "Mark as lost" }).click();
  await dialog(page).getByText("still to come").waitFor();
  await dialog(page).getByRole("button", { name: "Yesterday" }).click();
  await dialog(page).getByRole("combobox", { name: "Reason" }).fill("Budget cut");
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("combobox", { name: "Lost to" }).fill("Riv");
  await page.keyboard.press("Enter");
  await app.axe();
  await dialog(page).getByRole("button", { name: "Mark as lost" }).click();
  await shows(page, "Qualification", "Oak", "Fir");
  await page.getByRole("radio", { name: "Lost" }).click();
  await shows(page, "Qualification", "Elm");
  await page.keyboard.press("Escape");
  await link(page, "Elm").focus();
  await page.keyboard.press("Shift+F10");
  await item(page, "Reopen").click();
  await page.getByText("No deals match").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await shows(page, "Qualification", "Oak", "Elm", "Fir");
});

journey("acts on several marked cards at once", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await link(page, "Ash").focus();
  await page.keyboard.press("x");
  await link(page, "Cedar").click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "Selected cards" });
  await bar.getByText("3 selected").waitFor();
  await link(page, "Birch").click({ modifiers: ["ControlOrMeta"] });
  await bar.getByText("2 selected").waitFor();
  await app.axe();

  await take(page, "Cedar");
  await over(page, "Fir");
  await page.mouse.up();
  await shows(page, "Qualification", "Elm", "Ash", "Cedar", "Fir");
  await bar.getByRole("button", { name: "Move to" }).click();
  await item(page, "Close").first().click();
  await shows(page, "Close", "Ash", "Cedar");
  await bar.getByRole("button", { name: "Delete" }).click();
  await bar.waitFor({ state: "detached" });
  await shows(page, "Close");
  await page.keyboard.press("Control+z");
  await shows(page, "Close", "Ash", "Cedar");
});

journey("filters by words, owner and status, and says how many are left", async (app) => {
  const { page } = app;
  const owned = FEW.map((deal, n) => ({ ...deal, owner: n % 2 ? "Ada Lin" : undefined, tags: n === 0 ? ["urgent"] : undefined }));
  await withDeals(app, owned, ["Ada Lin"]);
  await page.getByText("7 deals", { exact: true }).waitFor();
  const search = page.getByRole("searchbox", { name: "Filter deals by words" });
  await search.fill("ada");
  await shows(page, "Prospecting", "Birch");
  await page.getByText("3 of 7 deals").waitFor();
  await search.fill("URGENT");
  await shows(page, "Prospecting", "Ash");
  await search.fill("nothing like this");
  await page.getByText("No deals match").waitFor();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await shows(page, "Prospecting", "Ash", "Birch", "Cedar");

  await page.getByRole("button", { name: "All owners" }).click();
  await page.getByRole("menuitemcheckbox", { name: "No owner" }).click();
  await shows(page, "Prospecting", "Ash", "Cedar");
  // The filter is still there after a look at a deal.
  await link(page, "Cedar").click();
  await page.getByRole("heading", { level: 1, name: "Cedar" }).waitFor();
  await page.goBack();
  await shows(page, "Prospecting", "Ash", "Cedar");
  await page.getByText("4 of 7 deals").waitFor();
});

journey("adds up values per currency and explains the numbers", async (app) => {
  const { page } = app;
  await withDeals(app, [
    { title: "Ash", stage: "Proposal", value: 1_000_00, close: "2020-01-31" },
    { title: "Birch", stage: "Proposal", value: 3_000_00 },
    { title: "Cedar", stage: "Negotiation", value: 500_00, currency: "USD" },
    { title: "Elm", stage: "Negotiation" },
  ]);
  const head = column(page, "Proposal").locator(".board-col__sums");
  assert.equal(await head.innerText(), "€4,000\n€2,400 weighted");
  const totals = page.getByRole("region", { name: "Totals" });
  const tile = (name) => totals.locator(".board-tile", { hasText: name });
  assert.match(await tile("Open").innerText(), /€4k · US\$500\n4 deals/);
  assert.match(await tile("Closing this quarter").innerText(), /€1,000\n1 deal, 1 overdue/);
  await totals.getByRole("button", { name: "How Open is computed" }).click();
  const why = page.getByRole("group", { name: "Open" });
  await why.getByText("1 deal has no value").waitFor();
  assert.match(await why.innerText(), /Proposal\s+€4,000\s+Negotiation\s+US\$500/);
  await card(page, "Ash").getByText("Overdue, expected to close").waitFor({ state: "attached" });
  await card(page, "Elm").getByText("No value").waitFor();
});

journey("folds a column to a strip and remembers it", async (app) => {
  const { page } = app;
  await withDeals(app, FEW);
  await page.getByRole("button", { name: "Column Qualification" }).click();
  await item(page, "Fold this column").click();
  const unfold = page.getByRole("button", { name: "Qualification" }).and(page.locator("[aria-expanded]"));
  await unfold.waitFor();
  // Walking by key passes over it.
  await link(page, "Ash").focus();
  await page.keyboard.press("ArrowRight");
  await focused(page, "Oak");
  await app.reload();
  await unfold.waitFor();
  await app.axe();
  // Still a place to drop.
  await take(page, "Ash");
  const strip = await column(page, "Qualification").boundingBox();
  await page.mouse.move(strip.x + 20, strip.y + 100, { steps: 4 });
  await page.locator(".board-col--over.board-col--folded").waitFor();
  await page.mouse.up();
  await shows(page, "Prospecting", "Birch", "Cedar");
  await unfold.click();
  await shows(page, "Qualification", "Ash", "Elm", "Fir");
});

journey("has no accessibility violations, light, dark and in high contrast", async (app) => {
  const { page } = app;
  await withDeals(app, [
    ...FEW,
    { title: "Left lying", stage: "Proposal", since: 30, value: 5_00, close: "2020-01-31", owner: "Ada Lin", tags: ["urgent", "north", "third"] },
    { title: "Going quiet", stage: "Proposal", since: 8 },
  ], ["Ada Lin"]);
  await app.axe();
  for (const media of [{ colorScheme: "dark" }, { colorScheme: "light", forcedColors: "active" }]) {
    await page.emulateMedia(media);
    await settled(page);
    await app.axe();
  }
  const idle = card(page, "Left lying").getByText("Nothing happened for 30 days, neglected");
  await idle.waitFor({ state: "attached" });
  // Every target is at least 24 px in both directions, or is the card itself.
  const small = await page.locator(".board button:visible, .board input:visible").evaluateAll((all) =>
    all.filter((e) => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24; }).map((e) => e.outerHTML.slice(0, 90)));
  assert.deepEqual(small, []);
});

journey("is complete and quick with ten thousand cards in a column", { timeout: 120_000 }, async (app) => {
  const { page } = app;
  const COUNT = 10_000;
  await withDeals(app, [...inStage("Qualification", ...Array.from({ length: COUNT }, (_, n) => `Deal ${n}`)), ...inStage("Proposal", "Oak")]);
  const list = column(page, "Qualification").locator(".board-list");
  const cards = list.getByRole("listitem");
  await cards.first().waitFor();
  assert.ok((await cards.count()) < 40, "only the cards in view are in the page");
  await column(page, "Qualification").getByText("10,000 deals").waitFor();

  // To the end by key; the focus stays when its card is scrolled out of view.
  await link(page, "Deal 0").focus();
  await page.keyboard.press("End");
  await focused(page, "Deal 9999");
  const last = card(page, "Deal 9999");
  assert.deepEqual([await last.getAttribute("aria-posinset"), await last.getAttribute("aria-setsize")], ["10000", "10000"]);
  const inside = await last.evaluate((e) => e.getBoundingClientRect().bottom <= e.closest(".board-list").getBoundingClientRect().bottom);
  assert.ok(inside, "the focused card is in view");
  await list.evaluate((element) => { element.scrollTop = 0; });
  await link(page, "Deal 0").waitFor();
  await focused(page, "Deal 9999");
  await page.keyboard.press("ArrowUp");
  await focused(page, "Deal 9998");

  // No gap while scrolling through the middle.
  const gaps = await list.evaluate(async (element) => {
    const frame = () => new Promise(requestAnimationFrame);
    const box = element.getBoundingClientRect();
    let gaps = 0;
    for (let step = 0; step < 40; step++) {
      element.scrollTop = 300_000 + step * 777;
      await frame();
      await frame();
      const tops = [...element.querySelectorAll("[data-deal]")].map((e) => e.getBoundingClientRect()).filter((r) => r.bottom > box.top && r.top < box.bottom);
      tops.sort((a, b) => a.top - b.top);
      if (tops.length === 0 || tops[0].top > box.top + 8 || tops.at(-1).bottom < box.bottom - 8 || tops.some((r, n) => n > 0 && r.top - tops[n - 1].bottom > 8)) gaps++;
    }
    return gaps;
  });
  assert.equal(gaps, 0);

  // Drag from the middle of nowhere; what is in view stays where it is.
  const shown = await list.evaluate((element) => {
    const top = element.getBoundingClientRect().top;
    return [...element.querySelectorAll("[data-deal]")].filter((e) => e.getBoundingClientRect().top >= top).slice(0, 3).map((e) => e.querySelector("a").textContent);
  });
  const height = async (title) => (await card(page, title).boundingBox()).y;
  const was = await height(shown[0]);
  await take(page, shown[1]);
  await over(page, "Oak", "lower");
  await page.mouse.up();
  await shows(page, "Proposal", "Oak", shown[1]);
  await focused(page, shown[1]);
  await page.keyboard.press("Control+z");
  await shows(page, "Proposal", "Oak");
  assert.ok(Math.abs((await height(shown[0])) - was) <= 1);

  // A deal that comes on top moves nothing in view.
  const other = await app.tab();
  await other.getByRole("button", { name: "Add a deal to Qualification" }).click();
  await other.keyboard.type("Brand new");
  await other.keyboard.press("Enter");
  await column(page, "Qualification").getByText("10,001 deals").waitFor();
  const moved = (await height(shown[0])) - was;
  assert.ok(Math.abs(moved) <= 1, `what was in view moved by ${moved} px`);
  await other.close();

  // One keystroke finds one of them.
  await page.getByRole("searchbox").fill("deal 7777");
  await shows(page, "Qualification", "Deal 7777");
  await page.getByText("1 of 10,002 deals").waitFor();
});

journey("on paper the board is a list of all cards by stage, also of those that no column shows", { timeout: 120_000 }, async (app) => {
  const { page } = app;
  const many = Array.from({ length: 2_100 }, (_, n) => `Larch ${n}`);
  await withDeals(app, [...inStage("Prospecting", "Ash"), ...inStage("Qualification", ...many)]);
  await page.waitForFunction(() => document.documentElement.dataset.whole === "yes");
  const sheet = page.locator(".board-sheet");
  assert.equal(await sheet.count(), 0);
  const printing = (on) => page.evaluate((on) => void window.dispatchEvent(new Event(on ? "beforeprint" : "afterprint")), on);
  await page.emulateMedia({ media: "print" });
  await printing(true);
  await sheet.getByText("2,101 deals.", { exact: false }).first().waitFor();
  await sheet.getByText("The first 2,000 are listed; sums and numbers are of all.", { exact: false }).waitFor();
  assert.equal(await sheet.locator("tbody tr").count(), 2_000);
  await sheet.getByText("101 more are not listed.").waitFor();
  assert.equal(await page.locator(".board-main").isVisible(), false);
  assert.equal(await page.getByRole("navigation", { name: "Main" }).isVisible(), false);
  await printing(false);
  await sheet.waitFor({ state: "detached" });
  await page.emulateMedia({ media: "screen" });

  // What the filter leaves out is not printed, and that is said.
  await page.getByRole("searchbox", { name: "Filter deals by words" }).fill("Ash");
  await shows(page, "Prospecting", "Ash");
  await page.emulateMedia({ media: "print" });
  await printing(true);
  await sheet.getByText("Only deals that the filter of the board lets through.", { exact: false }).waitFor();
  assert.deepEqual(await sheet.locator("tbody th").allInnerTexts(), ["Ash"]);
  await printing(false);
  await page.emulateMedia({ media: "screen" });

  // The palette prints too.
  await page.evaluate(() => {
    window.print = () => (document.documentElement.dataset.printed = "yes");
  });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search and jump" }).fill("print");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.printed === "yes");
});
