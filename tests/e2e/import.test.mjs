// Data in and out: spreadsheets to a board and back, Fairlead files between browsers, and files
// that are wrong in one way or another.
import assert from "node:assert/strict";
import { join } from "node:path";
import { MAVEN, freshFolder, journey } from "./harness.mjs";
import { writeFiles } from "./lookalike.mjs";

const NAMES = ["sales_pipeline.csv", "accounts.csv", "products.csv", "sales_teams.csv"];

/** The four files and what must come of them: the real ones where they are, else their look-alike. */
function fourFiles() {
  if (MAVEN) {
    const totals = { won: 4238, lost: 2473, engaging: 1589, prospecting: 500, won_value: 10_005_534, blank_accounts: 1425, blank_engage_dates: 500 };
    return { paths: NAMES.map((name) => join(MAVEN, name)), totals, slip: ["GTXPro", "GTX Pro"] };
  }
  const made = writeFiles(freshFolder());
  return { paths: NAMES.map((name) => made[name]), totals: made.totals, slip: ["OrbitPro", "Orbit Pro"] };
}
console.log(MAVEN ? "import: the real Maven files are there." : "import: the real Maven files are not at hand; the look-alike is used.");

const heading = (page, name, level = 1) => page.getByRole("heading", { level, name, exact: true });
const button = (page, name) => page.getByRole("main").getByRole("button", { name, exact: typeof name === "string" });
const saved = (page) => page.locator("[data-state=idle]").getByText("All changes saved here");
const english = new Intl.NumberFormat("en-GB");

async function startEmpty(page) {
  await page.getByRole("button", { name: "Start empty" }).click();
  await heading(page, "Sales").waitFor();
}

async function goTo(page, hash, title) {
  await page.evaluate((to) => void (location.hash = to), hash);
  await heading(page, title).waitFor();
}

/** Presses a button that opens the browser's dialog for files, and chooses these. */
async function choose(page, name, files) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, name).click()]);
  await chooser.setFiles(files);
}

const file = (name, text, mimeType = "text/csv") => ({ name, mimeType, buffer: Buffer.from(text) });

/** From the import's first step to what the check says. */
async function check(page) {
  await button(page, "Go on to mapping").click();
  await heading(page, "Columns", 2).waitFor();
  await button(page, "Check").click();
  await page.getByText("Nothing has been changed yet.").waitFor();
}

/** The number of deals and the text of a column's head. */
async function column(page, name) {
  const head = page.locator("[data-stage]").filter({ has: page.getByRole("heading", { level: 2, name: new RegExp(`^${name}`) }) }).first();
  await head.waitFor();
  return head;
}

async function hasDeals(page, name, count) {
  const head = await column(page, name);
  const written = new RegExp(`\\b(${count}|${english.format(count).replace(",", "[,.\u00a0 ]?")})\\b`);
  await head.getByText(written).first().waitFor();
}

/** The lines of the exported file without the first one, which holds the time of export. */
async function everything(app) {
  return (await exported(app)).slice(1);
}

async function exported(app) {
  const { page } = app;
  await goTo(page, "#/data", "Data");
  const { name, text } = await app.download(() => button(page, "Download everything").click());
  assert.match(name, /^fairlead-\d{4}-\d{2}-\d{2}\.json$/);
  const lines = text.split("\n");
  assert.match(lines[0], /^\{"format":"fairlead","version":\d+,"exported":"[^"]+","changes":\[$/);
  return lines;
}

// Without motion, so that nothing is measured while it fades in.
journey("imports the four files in one change, which undo takes back and redo brings again", { timeout: 120_000, reducedMotion: "reduce" }, async (app) => {
  const { page } = app;
  const { paths, totals, slip } = fourFiles();
  await startEmpty(page);
  await goTo(page, "#/data", "Data");

  await button(page, "Import spreadsheets…").click();
  await heading(page, "Import spreadsheets").waitFor();
  await choose(page, "Choose files…", paths);
  await page.getByText("8,800 rows, 8 columns").waitFor();
  await page.getByText("35 rows, 3 columns").waitFor();
  await app.axe();
  await button(page, "Go on to mapping").click();
  await heading(page, "Names and words", 2).waitFor();
  assert.equal(await page.getByLabel("Where Engaging leads").inputValue(), "new");
  assert.equal(await page.getByLabel("Where Won leads").inputValue(), "won");
  const proposal = page.getByRole("radiogroup", { name: `What “${slip[0]}” means` });
  await proposal.getByText(`Use “${slip[1]}”`).click();
  await app.axe();

  await button(page, "Check").click();
  await page.getByText("Nothing has been changed yet.").waitFor();
  const kinds = page.getByRole("list", { name: "Records" });
  await kinds.getByText("8,800 new").waitFor();
  await kinds.getByText("7 new").waitFor();
  await page.getByText(new RegExp(`Won in all: ${english.format(totals.won)} deals, \\D+${english.format(totals.won_value)}`)).waitFor();
  await page.locator("summary", { hasText: "No organisation" }).getByText(english.format(totals.blank_accounts)).waitFor();
  await page.locator("summary", { hasText: "No date for the stage" }).getByText(english.format(totals.blank_engage_dates)).waitFor();
  assert.equal(await page.locator("summary", { hasText: "Product: looks like another one" }).count(), 0, "the accepted proposal is no problem any more");
  await app.axe();
  const list = await app.download(() => button(page, "Download as CSV").click());
  assert.equal(list.text.split("\r\n").filter((line) => line.includes("No organisation is given.")).length, totals.blank_accounts);

  await button(page, "Import 8,800 deals").click();
  await heading(page, "Imported 8,800 deals from sales_pipeline.csv and 3 more files", 2).waitFor();
  await app.axe();
  await button(page, "Go to the board").click();
  await hasDeals(page, "Prospecting", totals.prospecting);
  await hasDeals(page, "Engaging", totals.engaging);
  await hasDeals(page, "Post-Sales", totals.won);
  // The column's head may shorten the sum; its title has all digits.
  await (await column(page, "Post-Sales")).locator(`[title*="${english.format(totals.won_value)}"]`).first().waitFor({ state: "attached" });

  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { level: 2, name: /^Engaging/ }).waitFor({ state: "detached" });
  await hasDeals(page, "Prospecting", 0);
  await hasDeals(page, "Post-Sales", 0);
  await page.keyboard.press("Control+Shift+z");
  await hasDeals(page, "Prospecting", totals.prospecting);
  await hasDeals(page, "Post-Sales", totals.won);
  await saved(page).waitFor();
  await app.reload();
  await hasDeals(page, "Engaging", totals.engaging);

  // The same files once more have nothing to say.
  await goTo(page, "#/data/import", "Import spreadsheets");
  await choose(page, "Choose files…", paths);
  await page.getByText("35 rows, 3 columns").waitFor();
  await button(page, "Go on to mapping").click();
  await heading(page, "Here already", 2).waitFor();
  await page.getByRole("radiogroup", { name: `What “${slip[0]}” means` }).getByText(`Use “${slip[1]}”`).click();
  await button(page, "Check").click();
  await page.getByText("all they say is here already").waitFor();
  assert.ok(await button(page, "Nothing to import").isDisabled());
});

journey("an import is taken back and done again by keys", async (app) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "#/data/import", "Import spreadsheets");
  await choose(page, "Choose files…", file("deals.csv", "Id,Title,Stage,Value\n1,Roof,Proposal,100\n2,Wall,Scouting,50\n3,Door,Won,70\n"));
  await page.getByText("3 rows, 4 columns").waitFor();
  await check(page);
  await button(page, "Import 3 deals").click();
  await button(page, "Undo the import").waitFor();
  await button(page, "Go to the board").click();
  await hasDeals(page, "Scouting", 1);
  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { level: 2, name: /^Scouting/ }).waitFor({ state: "detached" });
  await hasDeals(page, "Proposal", 0);
  await page.keyboard.press("Control+Shift+z");
  await hasDeals(page, "Scouting", 1);
  await hasDeals(page, "Proposal", 1);
});

journey("what was exported comes into a fresh browser as it was", { timeout: 120_000 }, async (app, { open }) => {
  const { page } = app;
  const { paths } = fourFiles();
  await goTo(page, "#/data/import", "Import spreadsheets");
  await choose(page, "Choose files…", paths);
  await page.getByText("35 rows, 3 columns").waitFor();
  await check(page);
  await button(page, "Import 8,800 deals").click();
  await button(page, "Go to the board").click();
  await saved(page).waitFor();
  const ours = await exported(app);
  const table = await app.download(() => button(page, "Download deals as CSV").click());

  const other = await open();
  await goTo(other.page, "#/data", "Data");
  await choose(other.page, "Open a Fairlead file…", file("fairlead.json", ours.join("\n"), "application/json"));
  await other.page.getByText(/It holds 1 change/).waitFor();
  await button(other.page, "Merge it").click();
  await other.page.getByText("There are 8,800 deals now.").waitFor();
  await saved(other.page).waitFor();
  assert.deepEqual(await everything(other), ours.slice(1), "the second export says the same");
  const again = await other.download(() => button(other.page, "Download deals as CSV").click());
  assert.equal(again.text, table.text);
  // Once more changes nothing.
  await choose(other.page, "Open a Fairlead file…", file("fairlead.json", ours.join("\n"), "application/json"));
  await button(other.page, "Merge it").click();
  await other.page.getByText(/0 changes added, 1 known already/).waitFor();
});

journey("a bad spreadsheet gives one clear sentence and changes nothing", async (app) => {
  const { page } = app;
  await startEmpty(page);
  const before = await everything(app);
  await goTo(page, "#/data/import", "Import spreadsheets");
  for (const [bad, sentence] of [
    [file("empty.csv", ""), "The file is empty."],
    [file("book.csv", "PK\u0003\u0004xl/workbook.xml"), /Save it as CSV first|zip archive/],
    [file("page.csv", "<!doctype html><title>Sign in</title>"), /This is a web page, not CSV/],
    [file("ours.csv", `{"format":"fairlead"}`), /import it as a Fairlead file/],
  ]) {
    await choose(page, "Choose files…", bad);
    await page.getByRole("alert").getByText(sentence).waitFor();
    assert.ok(await button(page, "Go on to mapping").isDisabled());
    await button(page, `Take ${bad.name} out`).click();
  }
  for (const [bad, sentence] of [
    [file("heads.csv", "Title,Stage,Value\n"), "heads.csv has headings but no rows."],
    [file("odd.csv", "foo,bar\n1,2\n"), "The columns of odd.csv are not known. Choose what the file holds."],
  ]) {
    await choose(page, "Choose files…", bad);
    await button(page, "Go on to mapping").click();
    await page.getByRole("alert").getByText(sentence).waitFor();
    assert.ok(await button(page, "Check").isDisabled());
    await button(page, "Back").click();
    await button(page, `Take ${bad.name} out`).click();
  }
  // A wrong separator, chosen by hand, says which fits.
  await choose(page, "Choose files…", file("semi.csv", "Title;Stage;Value\nOne;Proposal;1.234,50\nTwo;Proposal;99,00\n"));
  await page.getByText("2 rows, 3 columns").waitFor();
  await page.getByLabel("Separator").selectOption({ label: "Comma" });
  await page.getByText(/the semicolon gives 3 columns/).waitFor();
  await page.getByLabel("Separator").selectOption({ label: "Semicolon" });
  await page.getByText("2 rows, 3 columns").waitFor();
  await button(page, "Take semi.csv out").click();
  // Latin-1 is read, and the place of the first odd byte named.
  await choose(page, "Choose files…", { name: "latin.csv", mimeType: "text/csv", buffer: Buffer.from("Title,Stage\nTr\u00e4ume,Proposal\n", "latin1") });
  await page.getByText(/Line 2, character 3: the byte E4 is not UTF-8/).waitFor();
  assert.deepEqual(await everything(app), before, "the data is as it was");
});

journey("a bad Fairlead file gives one clear sentence and changes nothing", async (app) => {
  const { page } = app;
  await startEmpty(page);
  const before = await exported(app);
  const whole = before.join("\n");
  const deep = (levels) => `{"format":"fairlead","version":1,"changes":${"[".repeat(levels)}${"]".repeat(levels)}}`;
  for (const [text, sentence] of [
    ["", /The file is empty\./],
    ["Title,Stage\n1,2\n", /not a Fairlead file/],
    [`{"hello":"world"}`, /not one that Fairlead exported/],
    [whole.slice(0, -40), /line \d+, column \d+/],
    [whole.replace(/"version":\d+/, `"version":999`), /written by a newer Fairlead/],
    [deep(129), /line 1, column \d+/],
    ["PK\u0003\u0004", /not a Fairlead file/],
  ]) {
    await goTo(page, "#/data", "Data");
    await choose(page, "Open a Fairlead file…", file("bad.json", text, "application/json"));
    const banner = page.getByRole("alert").filter({ hasText: "Nothing was changed." });
    await banner.getByText(sentence).waitFor();
    await banner.getByRole("button", { name: "Dismiss" }).click();
  }
  assert.deepEqual(await everything(app), before.slice(1), "the data is as it was");
});

journey("files dropped anywhere go where they belong", async (app) => {
  const { page } = app;
  await startEmpty(page);
  const drop = async (name, text) => {
    const files = await page.evaluateHandle(([n, t]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([t], n));
      return transfer;
    }, [name, text]);
    await page.dispatchEvent("main", "dragover", { dataTransfer: files });
    await page.getByText("Drop spreadsheets or a Fairlead file").waitFor();
    await page.dispatchEvent("main", "drop", { dataTransfer: files });
  };
  await drop("deals.csv", "Title,Stage\nRoof,Proposal\n");
  await heading(page, "Import spreadsheets").waitFor();
  await page.getByText("1 row, 2 columns").waitFor();
  await drop("broken.json", "{");
  await heading(page, "Data").waitFor();
  await page.getByRole("alert").getByText(/broken\.json was not opened/).waitFor();
});

journey("an import that is cancelled has changed nothing", async (app) => {
  const { page } = app;
  await startEmpty(page);
  const before = await everything(app);
  const rows = Array.from({ length: 60_000 }, (_, at) => `${at},Deal ${at},Proposal,${at},2026-01-01`);
  await goTo(page, "#/data/import", "Import spreadsheets");
  await choose(page, "Choose files…", file("many.csv", `Id,Title,Stage,Value,Created\n${rows.join("\n")}\n`));
  await page.getByText("60,000 rows, 5 columns").waitFor();
  await button(page, "Go on to mapping").click();
  await heading(page, "Stages", 2).waitFor();
  await button(page, "Check").click();
  await button(page, "Cancel").click();
  await button(page, "Check").waitFor();
  assert.deepEqual(await everything(app), before);
});

journey("everything is deleted only after the word was typed, and can come back from the backup", { reducedMotion: "reduce" }, async (app) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "#/data", "Data");
  await app.axe();
  await button(page, "Make a backup now").click();
  await page.getByRole("list", { name: "Backups" }).getByText("By hand").waitFor();
  await button(page, "Delete everything…").click();
  const dialog = page.getByRole("dialog", { name: "Delete everything?" });
  const go = dialog.getByRole("button", { name: "Delete everything", exact: true });
  assert.ok(await go.isDisabled());
  await dialog.getByRole("textbox").fill("delete");
  await app.axe({ include: "dialog[open]" });
  await Promise.all([page.waitForEvent("load"), go.click()]);
  await app.started();
  // Nothing is missed, but the backup made before is there to come back to.
  await page.evaluate(() => void (location.hash = "#/board"));
  await page.getByRole("button", { name: "Start empty" }).waitFor();
  await goTo(page, "#/data", "Data");
  const line = page.getByRole("list", { name: "Backups" }).getByRole("listitem").filter({ hasText: "Before deleting everything" });
  await line.getByRole("button", { name: /^Restore the backup/ }).click();
  const question = page.getByRole("dialog", { name: "Go back to this backup?" });
  await Promise.all([page.waitForEvent("load"), question.getByRole("button", { name: "Replace by the backup" }).click()]);
  await app.started();
  await goTo(page, "#/board", "Sales");
});

journey("fits a phone", { viewport: { width: 390, height: 844 }, hasTouch: true, reducedMotion: "reduce" }, async (app) => {
  const { page } = app;
  await startEmpty(page);
  const noSideways = async (where) => {
    const [wide, view] = await page.evaluate(() => [document.getElementById("main").scrollWidth, document.getElementById("main").clientWidth]);
    assert.ok(wide <= view, `${where}: ${wide} px in ${view}`);
  };
  await goTo(page, "#/data", "Data");
  await noSideways("data");
  await app.axe();
  await goTo(page, "#/data/import", "Import spreadsheets");
  await choose(page, "Choose files…", file("deals.csv", "Id,Title,Stage,Value,Owner,Expected close\n1,Roof,Proposal,lots,Ann,03/04/2026\n2,Wall,Scouting,50,Ben,05/06/2026\n"));
  await page.getByText("2 rows, 6 columns").waitFor();
  await noSideways("files");
  await button(page, "Go on to mapping").click();
  await heading(page, "Stages", 2).waitFor();
  await page.getByText("The day or the month could stand first. Please choose.").waitFor();
  await page.getByLabel("Order of dates").selectOption({ label: "Month first: 1/31" });
  await page.locator("summary", { hasText: "Preview" }).click();
  await page.getByRole("cell", { name: "4 Mar 2026" }).waitFor();
  await noSideways("mapping");
  await app.axe();
  await button(page, "Check").click();
  await page.locator("summary", { hasText: "Value: cannot be read" }).click();
  await page.getByText("“lots” is not a number. It was left empty.").waitFor();
  await noSideways("check");
  await button(page, "Import 2 deals").click();
  await button(page, "Go to the board").click();
  await hasDeals(page, "Scouting", 1);
});
