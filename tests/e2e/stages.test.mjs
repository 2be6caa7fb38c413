// The stage editor: add, rename, reorder, recolour, retype, merge, delete; everything can be
// undone, survives a reload, and is said by field when it cannot be done.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

// The accessibility check looks at colours: nothing may be fading in meanwhile.
const STILL = { reducedMotion: "reduce" };

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const saved = (page) => page.getByText("All changes saved here").first();
const row = (page, name) => page.getByRole("listitem").filter({ has: page.getByRole("group", { name, exact: true }) });
const names = (page) => page.getByRole("list", { name: "Stages in order" }).getByRole("textbox", { name: "Name" }).evaluateAll((inputs) => inputs.map((input) => input.value));
const dialog = (page) => page.getByRole("dialog");
const USUAL = ["Prospecting", "Qualification", "Needs Analysis", "Proposal", "Negotiation", "Close", "Post-Sales"];

async function toStages(page, sample = false) {
  if (sample) {
    await page.getByRole("button", { name: "Load the sample" }).click();
    await page.getByText("You are looking at a sample.").waitFor();
  } else {
    await page.getByRole("button", { name: "Start empty" }).click();
  }
  await heading(page, "Sales").waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Stages" }).click();
  await heading(page, "Stages").waitFor();
  await saved(page).waitFor();
}

async function menu(page, name, item) {
  await row(page, name).getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Waits until the stages stand so. */
async function order(page, wanted) {
  await page.waitForFunction(
    (wanted) => JSON.stringify([...document.querySelectorAll(".stages-row__name input")].map((input) => input.value)) === wanted,
    JSON.stringify(wanted),
  );
}

async function reload(app) {
  await saved(app.page).waitFor();
  await app.reload();
  await heading(app.page, "Stages").waitFor();
}

/** Gives a stage another type, with a reason for the deals that this closes. */
async function retype(page, name, label) {
  await row(page, name).getByLabel("Type").selectOption({ label });
  const reason = dialog(page).getByLabel("Reason");
  if (await reason.count()) await reason.fill("Price");
  await dialog(page).getByRole("button", { name: "Change type" }).click();
}

const deals = async (page, name) => Number((await row(page, name).locator(".stages-row__deals").innerText()).replace(/\D/g, ""));

async function set(page, name, label, value) {
  const control = row(page, name).getByLabel(label, { exact: true });
  await control.fill(value);
  await control.press("Tab");
}

journey("adds, renames and changes stages in place; undo and reload", STILL, async (app) => {
  const { page } = app;
  await toStages(page);
  assert.deepEqual(await names(page), USUAL);

  await menu(page, "Proposal", "Add a stage above…");
  await dialog(page).getByRole("button", { name: "Add" }).click();
  await dialog(page).getByText("A stage needs a name.").waitFor();
  await dialog(page).getByLabel("Name").fill("proposal");
  await page.keyboard.press("Enter");
  await dialog(page).getByText("There is a stage called proposal already.").waitFor();
  await app.axe();
  await dialog(page).getByLabel("Name").fill("Demo");
  await page.keyboard.press("Enter");
  await order(page, USUAL.toSpliced(3, 0, "Demo"));
  await dialog(page).waitFor({ state: "detached" });
  // A first guess lies between the neighbours: 40 and 60.
  assert.equal(await row(page, "Demo").getByLabel("Probability").inputValue(), "50");

  await set(page, "Demo", "Name", "Workshop");
  await row(page, "Workshop").waitFor();
  await set(page, "Workshop", "Probability", "55");
  await set(page, "Workshop", "Rots after", "");
  await set(page, "Workshop", "What it is for", "Shown to the people who will use it.");
  await row(page, "Workshop").getByRole("button", { name: /^Colour of Workshop/ }).click();
  await page.getByRole("radiogroup", { name: "Colour" }).waitFor();
  assert.equal(await page.getByRole("radio").count(), 10);
  const colours = await page.getByRole("radio").locator(".hue-button__mark").evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).backgroundColor));
  assert.equal(new Set(colours).size, 10, "every name has a colour of its own");
  await app.axe();
  await page.getByRole("radio", { name: "Violet" }).click();
  await row(page, "Workshop").getByRole("button", { name: "Colour of Workshop: Violet" }).waitFor();
  const check = async () => {
    assert.deepEqual(await names(page), USUAL.toSpliced(3, 0, "Workshop"));
    const stage = row(page, "Workshop");
    assert.equal(await stage.getByLabel("Probability").inputValue(), "55");
    assert.equal(await stage.getByLabel("Rots after").inputValue(), "");
    assert.equal(await stage.getByLabel("What it is for").inputValue(), "Shown to the people who will use it.");
    await stage.getByRole("button", { name: "Colour of Workshop: Violet" }).waitFor();
  };
  await check();
  await reload(app);
  await check();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Board", exact: true }).click();
  await page.getByRole("heading", { level: 2, name: "Workshop" }).waitFor();
  await page.goBack();

  await set(page, "Workshop", "Name", "Trial");
  await row(page, "Trial").waitFor();
  await heading(page, "Stages").click();
  await page.keyboard.press("Control+z");
  await row(page, "Workshop").waitFor();
  await page.keyboard.press("Control+Shift+z");
  await row(page, "Trial").waitFor();
});

journey("says what is wrong at the field, and Escape takes it back", async (app) => {
  const { page } = app;
  await toStages(page);
  for (const [label, wrong, message, right] of [
    ["Name", "  ", "A stage needs a name.", "Proposal"],
    ["Name", "close", "There is a stage called close already.", "Proposal"],
    ["Probability", "101", "A probability lies between 0 and 100 percent.", "60"],
    ["Probability", "half", "Give a whole number from 0 to 100.", "60"],
    ["Rots after", "0", "Give at least 1 day, or leave it empty for never.", "10"],
    ["Rots after", "soon", "Give a whole number of days, or leave it empty for never.", "10"],
  ]) {
    const control = row(page, "Proposal").getByLabel(label, { exact: true });
    await set(page, "Proposal", label, wrong);
    await row(page, "Proposal").getByText(message).waitFor();
    assert.equal(await control.getAttribute("aria-invalid"), "true");
    assert.equal(await control.inputValue(), wrong, "what was typed stays");
    await control.fill(right);
    await control.press("Tab");
    await row(page, "Proposal").getByText(message).waitFor({ state: "detached" });
  }
  await set(page, "Proposal", "Name", "  ");
  const control = row(page, "Proposal").getByLabel("Name", { exact: true });
  await row(page, "Proposal").getByText("A stage needs a name.").waitFor();
  await control.press("Escape");
  assert.equal(await control.inputValue(), "Proposal");
});

journey("the type of a stage is that of its deals", async (app) => {
  const { page } = app;
  await toStages(page, true);
  const count = await deals(page, "Negotiation");
  assert.ok(count > 0);
  // Nothing changes before it is said what becomes of the deals; arrow keys pass by types.
  await row(page, "Negotiation").getByLabel("Type").selectOption({ label: "Lost" });
  await dialog(page).getByText(/^\d+ open deals? becomes? lost\.$/).waitFor();
  await app.axe();
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(await row(page, "Negotiation").getByLabel("Type").inputValue(), "open");
  await row(page, "Negotiation").getByLabel("Type").selectOption({ label: "Lost" });
  await dialog(page).getByLabel("Type").selectOption({ label: "Won" });
  await dialog(page).getByText(/^\d+ open deals? becomes? won\.$/).waitFor();
  await dialog(page).getByRole("button", { name: "Change type" }).click();
  await dialog(page).getByText("Say why it was won: choose a reason or type one.").waitFor();
  await dialog(page).getByLabel("Reason").fill("Best fit");
  await dialog(page).getByRole("button", { name: "Change type" }).click();
  await row(page, "Negotiation").getByLabel("Probability").and(page.locator(":disabled")).waitFor();
  assert.equal(await row(page, "Negotiation").getByLabel("Probability").inputValue(), "100");
  await heading(page, "Stages").click();
  await page.keyboard.press("Control+z");
  await row(page, "Negotiation").getByLabel("Probability").and(page.locator(":enabled")).waitFor();
  assert.equal(await row(page, "Negotiation").getByLabel("Type").inputValue(), "open");
  assert.equal(await row(page, "Negotiation").getByLabel("Probability").inputValue(), "75");
  assert.equal(await deals(page, "Negotiation"), count);
  // One open stage has to remain.
  for (const name of USUAL.slice(1, 6)) {
    await retype(page, name, "Lost");
    await row(page, name).getByLabel("Probability").and(page.locator(":disabled")).waitFor();
  }
  await retype(page, "Prospecting", "Lost");
  await dialog(page).getByText("A pipeline needs at least one open stage.").waitFor();
});

journey("puts stages in order by key, by menu and by dragging", async (app) => {
  const { page } = app;
  await toStages(page);
  const moved = (from, to) => {
    const list = USUAL.slice();
    list.splice(to, 0, ...list.splice(from, 1));
    return list;
  };
  await row(page, "Proposal").getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await order(page, moved(3, 2));
  await page.waitForFunction(() => document.activeElement?.value === "Proposal");
  await page.locator("[aria-live]").filter({ hasText: "Proposal: place 3 of 7" }).waitFor({ state: "attached" });
  await page.keyboard.press("Alt+ArrowDown");
  await order(page, USUAL);
  await page.waitForFunction(() => document.activeElement?.value === "Proposal");

  const handle = row(page, "Close").getByRole("button", { name: "Move Close" });
  await handle.focus();
  await page.keyboard.press("ArrowDown");
  await order(page, moved(5, 6));
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Move Close");
  await page.keyboard.press("ArrowDown");
  await page.locator("[aria-live]").filter({ hasText: "It is the last stage" }).waitFor({ state: "attached" });
  await menu(page, "Close", "Move up");
  await order(page, USUAL);

  // Dragged from the second place to behind the fourth.
  const grip = async (name) => {
    const box = await row(page, name).getByRole("button", { name: `Move ${name}` }).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const drag = async (from, to) => {
    await page.mouse.move(...(await grip(from)));
    const [x, y] = await grip(to);
    await page.mouse.down();
    await page.mouse.move(x, y - 5, { steps: 4 });
    await page.mouse.move(x + 6, y + 3, { steps: 2 });
  };
  await drag("Qualification", "Proposal");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  assert.deepEqual(await names(page), USUAL, "Escape gives up");
  await drag("Qualification", "Proposal");
  await page.mouse.up();
  await order(page, moved(1, 3));
  await reload(app);
  assert.deepEqual(await names(page), moved(1, 3));
  await page.keyboard.press("Control+z");
  await page.getByText("Nothing to undo").waitFor();
  await drag("Qualification", "Prospecting");
  await page.mouse.up();
  await order(page, ["Qualification", "Prospecting", "Needs Analysis", "Proposal", "Negotiation", "Close", "Post-Sales"]);
  await heading(page, "Stages").click();
  await page.keyboard.press("Control+z");
  await order(page, moved(1, 3));
});

journey("merges a stage: its deals move, undo brings it back", STILL, async (app) => {
  const { page } = app;
  await toStages(page, true);
  const [from, into] = [await deals(page, "Qualification"), await deals(page, "Proposal")];
  assert.ok(from > 1);
  await menu(page, "Qualification", "Merge into…");
  await dialog(page).getByText(`${from} deals move.`).waitFor();
  await dialog(page).getByRole("button", { name: "Merge" }).click();
  await dialog(page).getByText("Say which stage takes its deals.").waitFor();
  await dialog(page).getByLabel("Into").selectOption({ label: "Proposal" });
  await app.axe();
  await dialog(page).getByRole("button", { name: "Merge" }).click();
  await order(page, USUAL.toSpliced(1, 1));
  assert.equal(await deals(page, "Proposal"), from + into);
  await page.waitForFunction(() => document.activeElement !== document.body, undefined, { polling: "raf" });
  await page.keyboard.press("Control+z");
  await order(page, USUAL);
  assert.deepEqual([await deals(page, "Qualification"), await deals(page, "Proposal")], [from, into]);
  await page.keyboard.press("Control+y");
  await order(page, USUAL.toSpliced(1, 1));
  await reload(app);
  assert.deepEqual(await names(page), USUAL.toSpliced(1, 1));
  assert.equal(await deals(page, "Proposal"), from + into);
  // The history of the deals keeps the name of the stage that is gone.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "History" }).click();
  await page.getByText("Merged stage Qualification into Proposal").first().waitFor();
});

journey("deletes a stage: where its deals go has to be said", async (app) => {
  const { page } = app;
  await toStages(page, true);
  const [gone, target] = [await deals(page, "Prospecting"), await deals(page, "Needs Analysis")];
  await menu(page, "Prospecting", "Delete…");
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await dialog(page).getByText("Prospecting still has deals. Say which stage they go to.").waitFor();
  await dialog(page).getByLabel("Its deals go to").selectOption({ label: "Needs Analysis" });
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await order(page, USUAL.slice(1));
  assert.equal(await deals(page, "Needs Analysis"), gone + target);
  await reload(app);
  assert.equal(await deals(page, "Needs Analysis"), gone + target);

  // An empty one goes without a question, and comes back by the toast.
  await page.getByRole("button", { name: "Add a stage" }).click();
  await dialog(page).getByLabel("Name").fill("Archive");
  await dialog(page).getByLabel("Type").selectOption({ label: "On hold" });
  await dialog(page).getByRole("button", { name: "Add" }).click();
  await order(page, [...USUAL.slice(1), "Archive"]);
  await dialog(page).waitFor({ state: "detached" });
  await menu(page, "Archive", "Delete…");
  await dialog(page).getByText("No deal stands there now.").waitFor();
  assert.equal(await dialog(page).getByRole("combobox").count(), 0);
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await order(page, USUAL.slice(1));
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: /^Undo/ }).click();
  await order(page, [...USUAL.slice(1), "Archive"]);
});

journey("several pipelines: add, rename, reorder, delete", STILL, async (app) => {
  const { page } = app;
  await toStages(page, true);
  const all = await page.locator(".stages-row__deals").allInnerTexts().then((texts) => texts.reduce((sum, text) => sum + Number(text.replace(/\D/g, "")), 0));
  const tabs = () => page.getByRole("navigation", { name: "Pipelines" }).getByRole("link").allInnerTexts();
  const shown = (name) => page.getByRole("navigation", { name: "Pipelines" }).getByRole("link", { name }).and(page.locator("[aria-current]")).waitFor();
  const pick = async (name, item) => {
    await page.getByRole("button", { name: `Actions for pipeline ${name}` }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await page.getByRole("button", { name: "Actions for pipeline Sales" }).click();
  assert.equal(await page.getByRole("menuitem", { name: "Delete…" }).getAttribute("aria-disabled"), "true", "the last one stays");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Add a pipeline" }).click();
  await dialog(page).getByLabel("Name").fill("sales");
  await page.keyboard.press("Enter");
  await dialog(page).getByText("There is a pipeline called sales already.").waitFor();
  await dialog(page).getByLabel("Name").fill("Partners");
  await page.keyboard.press("Enter");
  await shown("Partners");
  await order(page, USUAL);
  await pick("Partners", "Rename…");
  assert.equal(await dialog(page).getByLabel("Name").inputValue(), "Partners");
  await dialog(page).getByLabel("Name").fill("Channel");
  await dialog(page).getByRole("button", { name: "Rename" }).click();
  await shown("Channel");
  await pick("Channel", "Move left");
  await page.waitForFunction(() => document.querySelector(".stages-tabs__tab").textContent === "Channel");
  assert.deepEqual(await tabs(), ["Channel", "Sales"]);
  await reload(app);
  await shown("Channel");
  assert.deepEqual(await tabs(), ["Channel", "Sales"]);

  await page.getByRole("link", { name: "Sales", exact: true }).click();
  await shown("Sales");
  await pick("Sales", "Delete…");
  await dialog(page).getByText(`${all} deals move.`).waitFor();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await dialog(page).getByText(/Say which stage they go to\./).waitFor();
  await dialog(page).getByLabel("Its deals go to").selectOption({ label: "Channel · Qualification" });
  await app.axe();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await shown("Channel");
  assert.equal(await deals(page, "Qualification"), all);
  await page.keyboard.press("Control+z");
  await shown("Sales");
  await page.getByRole("link", { name: "Channel", exact: true }).click();
  await shown("Channel");
  assert.equal(await deals(page, "Qualification"), 0);
});

journey("the stage editor has no barrier, on a phone neither", { ...STILL, colorScheme: "dark" }, async (app) => {
  const { page } = app;
  await toStages(page, true);
  await app.axe();
  await page.setViewportSize({ width: 390, height: 844 });
  await app.axe();
  await menu(page, "Proposal", "Merge into…");
  await app.axe();
});
