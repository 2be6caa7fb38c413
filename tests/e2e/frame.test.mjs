// What stands around the views: the first run, going from view to view, the palette, the keys,
// the theme, the banners, and the screen for when the data are gone.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshFolder, journey } from "./harness.mjs";

// The accessibility check looks at colours: nothing may be fading in meanwhile.
const STILL = { reducedMotion: "reduce" };

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const rail = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const palette = (page) => page.getByRole("combobox", { name: "Search and jump" });
const toast = (page, text) => page.getByRole("region", { name: "Notifications" }).getByText(text);
const saved = (page) => page.locator("[data-state=idle]").getByText("All changes saved here");
const columns = (page) => page.locator("[data-stage] h2");

async function startEmpty(page, name = "Sales") {
  await page.getByLabel("Name of your pipeline").fill(name);
  await page.getByRole("button", { name: "Start empty" }).click();
  await heading(page, name.trim()).waitFor();
  // On phones it is there, but not shown.
  await saved(page).waitFor({ state: "attached" });
}

async function loadSample(page) {
  await page.getByRole("button", { name: "Load the sample" }).click();
  await page.getByText("You are looking at a sample.").waitFor();
  await heading(page, "Sales").waitFor();
  await saved(page).waitFor();
}

async function goTo(page, place, title = place) {
  const link = rail(page, place);
  if (await link.isVisible()) {
    await link.click();
  } else {
    // A phone's bar has room for four places; the others are in a menu.
    await page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: place, exact: true }).click();
  }
  await heading(page, title).waitFor();
}

/** The line of the settings that counts what is stored. */
async function whatIsStored(page) {
  await goTo(page, "Settings");
  return page.getByText("each with every change ever made").innerText();
}

/** Makes a deal with the palette and the form. */
async function addDeal(page, title) {
  await page.keyboard.press("c");
  const form = page.getByRole("dialog");
  await form.getByLabel("Title").fill(title);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

const focusedText = (page) => page.evaluate(() => document.activeElement.textContent);

journey("first run: a sample, removed in one action, brought back by undo", async (app) => {
  const { page } = app;
  await heading(page, "Welcome to Fairlead").waitFor();
  assert.equal(await page.title(), "Fairlead");
  assert.equal(await page.getByRole("navigation", { name: "Main" }).isVisible(), false, "nowhere to go yet");
  await loadSample(page);
  assert.equal(await columns(page).count(), 7);
  await app.reload();
  await page.getByText("You are looking at a sample.").waitFor();
  const stored = await whatIsStored(page);
  assert.match(stored, /^\d{3,} deals, \d+ organisations/);
  await page.getByRole("button", { name: "Remove it" }).click();
  await toast(page, "Removed the sample").waitFor();
  await page.getByText("You are looking at a sample.").waitFor({ state: "detached" });
  assert.match(await page.getByText("each with every change ever made").innerText(), /^0 deals, 0 organisations, 0 contacts, 0 activities/);
  await page.getByRole("link", { name: "Board", exact: true }).click();
  await heading(page, "Welcome to Fairlead").waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("You are looking at a sample.").waitFor();
  assert.equal(await whatIsStored(page), stored, "undo brings back all of it");
  // Removed once more, it stays away, and another sample can be had.
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByText("You are looking at a sample.").waitFor({ state: "detached" });
  await saved(page).waitFor();
  await app.reload();
  await rail(page, "Board").click();
  await heading(page, "Welcome to Fairlead").waitFor();
  await loadSample(page);
  assert.equal(await columns(page).count(), 7);
});

journey("first run: empty, with a name and a currency", { locale: "de-CH" }, async (app) => {
  const { page } = app;
  assert.equal(await page.getByLabel("Currency").inputValue(), "CHF", "the currency of the browser's region");
  await page.getByLabel("Currency").selectOption("SEK");
  await startEmpty(page, "  Harbour Tools ");
  assert.deepEqual(await columns(page).allInnerTexts(), ["Prospecting", "Qualification", "Needs Analysis", "Proposal", "Negotiation", "Close", "Post-Sales"]);
  await app.reload();
  await goTo(page, "Settings");
  assert.equal(await page.getByRole("textbox", { name: "Name", exact: true }).first().inputValue(), "Harbour Tools");
  assert.equal(await page.getByLabel("Currency").inputValue(), "SEK");
});

journey("first run: a Fairlead file, and the way to spreadsheets", async (app, { open }) => {
  await loadSample(app.page);
  const stored = await whatIsStored(app.page);
  const file = await app.download(() => app.page.getByRole("button", { name: "Download a backup" }).click());
  assert.match(file.name, /^fairlead-\d{4}-\d\d-\d\d\.json$/);
  await app.page.getByText("Backup file: today").first().waitFor();

  const other = await open();
  const choose = async (name, content) => {
    const path = join(freshFolder(), name);
    writeFileSync(path, content);
    const [chooser] = await Promise.all([other.page.waitForEvent("filechooser"), other.page.getByRole("button", { name: "Open a Fairlead file" }).click()]);
    await chooser.setFiles(path);
  };
  await choose("wrong.json", '{"some": "thing"}');
  await other.page.getByRole("alert").filter({ hasText: /\S/ }).waitFor();
  await heading(other.page, "Welcome to Fairlead").waitFor();
  await choose(file.name, file.bytes);
  await heading(other.page, "Sales").waitFor();
  assert.equal(await whatIsStored(other.page), stored);
  await other.reload();
  assert.equal(await whatIsStored(other.page), stored);

  const third = await open();
  await third.page.getByRole("button", { name: "Import spreadsheets" }).click();
  await third.page.waitForURL(/#\/data\/import$/);
  await rail(third.page, "Board").click();
  await heading(third.page, "Welcome to Fairlead").waitFor();
});

journey("goes from view to view: title, focus, back, scroll position", { viewport: { width: 1440, height: 500 } }, async (app) => {
  const { page } = app;
  await loadSample(page);
  assert.equal(await page.title(), "Board – Fairlead");
  await goTo(page, "Settings");
  assert.equal(await page.title(), "Settings – Fairlead");
  await page.waitForFunction(() => document.activeElement?.textContent === "Settings");
  assert.equal(await rail(page, "Settings").getAttribute("aria-current"), "page");
  assert.equal(await rail(page, "Board").getAttribute("aria-current"), null);
  await page.getByText("Competitors", { exact: true }).scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => document.getElementById("main").scrollTop);
  assert.ok(scrolled > 100);
  await goTo(page, "Stages");
  assert.equal(await page.evaluate(() => document.getElementById("main").scrollTop), 0);
  await page.goBack();
  await heading(page, "Settings").waitFor();
  await page.waitForFunction((top) => Math.abs(document.getElementById("main").scrollTop - top) < 2, scrolled);
  await app.reload();
  await heading(page, "Settings").waitFor();
  await page.waitForFunction((top) => Math.abs(document.getElementById("main").scrollTop - top) < 2, scrolled);
  await page.goForward();
  await heading(page, "Stages").waitFor();

  // The skip link leads to the view, and leaves the address alone.
  await page.evaluate(() => document.activeElement.blur());
  await page.locator(".skip-link").focus();
  await page.keyboard.press("Enter");
  assert.equal(await focusedText(page), "Stages");
  assert.match(page.url(), /#\/stages$/);
  await page.goto(`${app.url}#/nowhere/at/all`);
  await heading(page, "Sales").waitFor();
});

journey("the form of a new deal lies over the page it was opened from", async (app) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "Settings");
  await page.keyboard.press("c");
  await page.getByRole("dialog").waitFor();
  assert.match(page.url(), /#\/deals\/new$/);
  assert.equal(await heading(page, "Settings").count(), 1, "the settings stay under it");
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.match(page.url(), /#\/settings$/);
});

journey("the palette finds deals, organisations and actions", STILL, async (app, { t }) => {
  const { page } = app;
  await loadSample(page);
  const opened = await page.evaluate(
    () =>
      new Promise((done) => {
        const began = performance.now();
        new MutationObserver((_, observer) => {
          if (document.querySelector(".palette__line")) {
            observer.disconnect();
            done(performance.now() - began);
          }
        }).observe(document.body, { childList: true, subtree: true });
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, cancelable: true }));
      }),
  );
  t.diagnostic(`the palette opened in ${opened.toFixed(1)} ms, target 50 ms`);
  await palette(page).waitFor();
  assert.ok(await palette(page).evaluate((input) => input === document.activeElement));
  await page.getByRole("option", { name: /^New deal/ }).waitFor();

  // A deal, by some of its words, in any case.
  const title = await page.getByRole("option").first().locator(".palette__label").innerText();
  await palette(page).fill(title.toUpperCase());
  await page.getByRole("option", { name: title }).first().waitFor();
  assert.equal(await page.getByRole("option").first().getAttribute("aria-selected"), "true");
  const active = await palette(page).getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`[id="${active}"] .palette__label`).innerText(), title);
  await app.axe({ include: "dialog[open]" });
  await page.keyboard.press("Enter");
  await heading(page, title).waitFor();
  assert.equal(await page.title(), `${title} – Fairlead`);

  // What was opened last comes first, and Escape gives the focus back.
  await page.getByRole("button", { name: /^Search or jump/ }).focus();
  await page.keyboard.press("Control+k");
  assert.equal(await page.getByRole("option").first().locator(".palette__label").innerText(), title);
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "detached" });
  assert.match(await focusedText(page), /^Search or jump/);

  // An organisation's deals are listed; Backspace leaves them again. Its own line opens its page.
  const organisation = await page.locator(".deal-head__org").innerText();
  await page.keyboard.press("Control+k");
  await palette(page).fill(organisation);
  const row = page.getByRole("group", { name: "Organisations" }).getByRole("option", { name: `Deals of ${organisation}` });
  const deals = Number((await row.locator(".palette__detail").innerText()).split(" ")[0]);
  await row.click();
  await page.getByRole("group", { name: `Deals of ${organisation}` }).waitFor();
  assert.equal(await page.getByRole("option").count(), deals);
  await page.keyboard.press("Backspace");
  await page.getByRole("option", { name: /^New deal/ }).waitFor();

  // Actions: by a word, by another word for it, by the beginnings of its words; up wraps around.
  for (const [query, label] of [["undo", "Undo"], ["shortcuts", "All keys"], ["gts", "Go to stages"], ["csv", "Import"]]) {
    await palette(page).fill(query);
    await page.getByRole("option", { name: label }).first().waitFor();
    assert.equal((await page.getByRole("group", { name: "Actions" }).getByRole("option").first().locator(".palette__label").innerText()), label, query);
  }
  await palette(page).fill("qqqq zzzz");
  await page.getByText("Nothing is called that here.").waitFor();
  await palette(page).fill("night");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await palette(page).waitFor({ state: "detached" });
});

journey("keys work where they should and nowhere else", STILL, async (app) => {
  const { page } = app;
  await startEmpty(page);
  await addDeal(page, "Mooring lines");
  await page.getByText("Mooring lines").first().waitFor();

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await sheet.getByText("Redo", { exact: true }).waitFor();
  for (const text of ["New deal", "Search and jump", "Undo", "Anywhere", "Go to"]) assert.ok(await sheet.getByText(text, { exact: true }).count(), text);
  await app.axe({ include: "dialog[open]" });
  await page.keyboard.press("c");
  assert.equal(await page.getByRole("dialog").count(), 1, "an open dialog has the keys to itself");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });

  for (const [key, title] of [["s", "Stages"], ["h", "History"], [",", "Settings"], ["b", "Sales"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await heading(page, title).waitFor();
  }

  // In a text box letters are text, and undo is the browser's.
  await page.keyboard.press("g");
  await page.keyboard.press(",");
  const name = page.getByRole("textbox", { name: "Name", exact: true }).first();
  await name.fill("");
  await name.pressSequentially("c?gs/");
  assert.equal(await name.inputValue(), "c?gs/");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.keyboard.press("Control+z");
  await heading(page, "Settings").waitFor();
  assert.match(await page.getByText("each with every change ever made").innerText(), /^1 deal,/);
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.keyboard.press("Control+k");
  await palette(page).waitFor({ state: "detached" });
  await name.fill("Sales");
  await name.press("Enter");
  await heading(page, "Settings").click();

  // Undo and both ways of redo.
  const deals = page.getByText("each with every change ever made");
  const has = (text) => deals.filter({ hasText: text }).waitFor();
  await page.keyboard.press("Control+z");
  await has(/^0 deals/);
  await page.keyboard.press("Control+Shift+z");
  await has(/^1 deal,/);
  await page.keyboard.press("Control+z");
  await has(/^0 deals/);
  await page.keyboard.press("Control+y");
  await has(/^1 deal,/);

  // Letters can be switched off; what has Ctrl goes on working.
  await page.getByRole("switch", { name: /^Keys without Ctrl/ }).or(page.getByRole("checkbox", { name: /^Keys without Ctrl/ })).click();
  await heading(page, "Settings").click();
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.keyboard.press("Escape");
  await app.reload();
  await heading(page, "Settings").click();
  await page.keyboard.press("c");
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 1, "the choice is remembered");
});

journey("the theme holds over a reload, before the program runs", { colorScheme: "light" }, async (app) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "Settings");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await ground(), "rgb(247, 247, 245)");
  await page.getByRole("radio", { name: "Dark" }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await ground(), "rgb(19, 20, 22)");
  assert.equal(await page.locator("meta[name=theme-color]").first().getAttribute("content"), "#131416");
  await page.addInitScript(() => {
    // The ground of the first picture: the outline, long before the program.
    const look = () => {
      if (document.getElementById("skeleton")) window.firstGround = getComputedStyle(document.getElementById("skeleton")).backgroundColor;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await app.reload();
  assert.equal(await page.evaluate(() => window.firstGround), "rgb(19, 20, 22)");
  assert.equal(await ground(), "rgb(19, 20, 22)");
  await page.getByRole("radio", { name: "As the system" }).click();
  await page.waitForFunction(() => !document.documentElement.dataset.theme);
  assert.equal(await page.locator("meta[name=theme-color]").first().getAttribute("content"), "#f7f7f5");
});

journey("settings: the workspace, its lists, the team, the way numbers are written", async (app) => {
  const { page } = app;
  await startEmpty(page);
  await goTo(page, "Settings");

  const list = page.getByRole("region", { name: "Reasons for losing" });
  const reasons = () => list.getByRole("listitem").getByRole("textbox").evaluateAll((inputs) => inputs.map((input) => input.value));
  const before = await reasons();
  assert.equal(before[0], "Price");
  await list.getByRole("textbox", { name: "New reason" }).fill("price ");
  await list.getByRole("button", { name: "Add" }).click();
  await list.getByText("“price” is in the list already.").waitFor();
  await list.getByRole("textbox", { name: "New reason" }).fill("Went quiet");
  await page.keyboard.press("Enter");
  await list.getByRole("button", { name: "Remove Went quiet" }).waitFor();
  await list.getByRole("textbox", { name: "Reason 1", exact: true }).fill("Too dear");
  await page.keyboard.press("Enter");
  await list.getByRole("button", { name: "Move down Too dear" }).click();
  await list.getByRole("button", { name: `Move up ${before[1]}` }).and(page.locator(":disabled")).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Move down Too dear");
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => document.activeElement?.closest("li")?.querySelector("input").value === "Too dear");
  await list.getByRole("button", { name: `Remove ${before[1]}` }).click();
  await list.getByRole("button", { name: `Remove ${before[1]}` }).waitFor({ state: "detached" });
  const wanted = ["Too dear", ...before.slice(2), "Went quiet"];
  assert.deepEqual(await reasons(), wanted);
  await saved(page).waitFor();
  await app.reload();
  await list.waitFor();
  assert.deepEqual(await reasons(), wanted);

  const add = page.getByRole("form", { name: "Add a person" });
  await add.getByRole("button", { name: "Add" }).click();
  await add.getByText("A person needs a name.").waitFor();
  await add.getByLabel("Name of a new person").fill("Ada Byron");
  await add.getByLabel("E-mail").fill("ada");
  await add.getByRole("button", { name: "Add" }).click();
  await add.getByText("An e-mail address has an @ in it.").waitFor();
  await add.getByLabel("E-mail").fill("ada@example.com");
  await add.getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "Delete Ada Byron" }).waitFor();
  await page.getByLabel("I am…").selectOption({ label: "Ada Byron" });
  await saved(page).waitFor();
  await app.reload();
  assert.equal(await page.getByLabel("I am…").locator("option:checked").innerText(), "Ada Byron");
  await page.getByRole("button", { name: "Delete Ada Byron" }).click();
  await page.getByRole("button", { name: "Delete Ada Byron" }).waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Delete Ada Byron" }).waitFor();

  const name = page.getByRole("textbox", { name: "Name", exact: true }).first();
  await name.fill("   ");
  await name.press("Enter");
  await page.getByText("The workspace needs a name.").waitFor();

  await page.getByLabel("Numbers and dates").selectOption("de-DE");
  await page.getByText(/Like this: 1\.234\.567,50/).waitFor();
  await page.waitForFunction(() => document.activeElement?.matches("select"));
  await page.getByLabel("Numbers and dates").selectOption("en-US");
  await page.getByText(/Like this: .1,234,567\.50/).waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  journey(`no view has a barrier (${colorScheme})`, { ...STILL, colorScheme, timeout: 180_000 }, async (app) => {
    const { page } = app;
    await app.axe();
    await loadSample(page);
    await app.axe();
    for (const [place, title] of [["History", "History"], ["Data", "Data"], ["Stages", "Stages"], ["Settings", "Settings"]]) {
      await goTo(page, place, title);
      await app.axe();
    }
    await page.setViewportSize({ width: 390, height: 844 });
    for (const place of ["Stages", "Settings", "Board"]) {
      await goTo(page, place, place === "Board" ? "Sales" : place);
      await app.axe();
    }
    await page.keyboard.press("Control+k");
    await palette(page).waitFor();
    await app.axe();
  });
}

journey("what cannot be saved stays, is said, can be exported, and is saved later", STILL, async (app) => {
  const { page } = app;
  await page.addInitScript(() => {
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...rest) {
      if (window.full) throw new DOMException("no room", "QuotaExceededError");
      return add.apply(this, rest);
    };
  });
  await app.reload();
  await startEmpty(page);
  await page.evaluate(() => (window.full = true));
  await addDeal(page, "Never written");
  const banner = page.getByRole("alert").filter({ hasText: "1 change is waiting to be saved." });
  await banner.waitFor();
  await page.getByText("1 change not saved").first().waitFor();
  // A phone has no rail to say so, and shows a sign beside the heading.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("link", { name: "1 change not saved" }).waitFor();
  await app.axe();
  await page.setViewportSize({ width: 1440, height: 900 });
  const file = await app.download(() => banner.getByRole("button", { name: "Export now" }).click());
  assert.ok(file.text.includes("Never written"), "the export holds what could not be saved");
  await app.axe({ include: ".banners" });
  await page.evaluate(() => (window.full = false));
  await banner.getByRole("button", { name: "Retry now" }).click();
  await banner.waitFor({ state: "detached" });
  await saved(page).waitFor();
  await app.reload();
  await page.getByText("Never written").first().waitFor();
});

journey("data that are gone are never silently begun anew", STILL, async (app, { open }) => {
  const { page } = app;
  await startEmpty(page);
  await addDeal(page, "Anchor chain");
  await page.getByText("Anchor chain").first().waitFor();
  const file = await app.download(() => page.getByRole("button", { name: "Download a backup" }).click());
  await saved(page).waitFor();

  /** Deletes the database, as clearing the site's data does, but leaves the note of what was there. */
  const lose = () => page.evaluate(() => new Promise((done, failed) => {
    const deleting = indexedDB.deleteDatabase("fairlead");
    deleting.onsuccess = done;
    deleting.onerror = failed;
  }));
  await lose();
  await page.getByRole("alert").filter({ hasText: "This page no longer saves." }).waitFor();
  await app.reload();
  await heading(page, "Your data is not here").waitFor();
  await page.getByText(/Saved here last on .*: \d+ changes, 1 deal\./).waitFor();
  await app.axe();

  // A backup that the browser kept.
  await page.evaluate(async (text) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("backups", { create: true });
    for (const [name, content] of [["2026-02-03T04-05-06Z.regular.fairlead.json", text], ["2026-02-02T04-05-06Z.before-import.fairlead.json", text.slice(0, 200)]]) {
      const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writer.write(content);
      await writer.close();
    }
  }, file.text);
  await app.reload();
  const backups = page.getByRole("list", { name: "Backups" }).getByRole("listitem");
  await backups.nth(1).waitFor();
  assert.equal(await backups.count(), 2);
  assert.match(await backups.first().innerText(), /3 Feb 2026.*Regular · \d/s);
  assert.match(await backups.last().innerText(), /Before import · 200 bytes/s);
  await app.axe();
  const copy = await app.download(() => backups.first().getByRole("button", { name: /^Download/ }).click());
  assert.equal(copy.text, file.text);
  await backups.last().getByRole("button", { name: /^Restore/ }).click();
  await page.getByText(/^The backup was not restored\. /).waitFor();
  await heading(page, "Your data is not here").waitFor();
  await backups.first().getByRole("button", { name: /^Restore/ }).click();
  await page.getByText("Anchor chain").first().waitFor();

  // Anew only when asked for, and asked twice.
  await lose();
  await app.reload();
  await page.getByRole("button", { name: "Start anew…" }).click();
  const question = page.getByRole("dialog", { name: "Start with nothing?" });
  await question.getByRole("button", { name: "Not yet" }).click();
  await question.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Start anew…" }).click();
  await question.getByRole("button", { name: "Start anew", exact: true }).click();
  await heading(page, "Welcome to Fairlead").waitFor();
  await startEmpty(page, "Second start");

  // A file opened there does as well.
  await lose();
  await app.reload();
  const path = join(freshFolder(), file.name);
  writeFileSync(path, file.bytes);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a Fairlead file" }).click()]);
  await chooser.setFiles(path);
  await page.getByText("Anchor chain").first().waitFor();
  const never = await open();
  await heading(never.page, "Welcome to Fairlead").waitFor();
});

journey("a newer version of the page is offered in the page", async (app) => {
  const { page } = app;
  await startEmpty(page);
  await page.evaluate(() => void dispatchEvent(new CustomEvent("fairlead-update-ready")));
  await page.getByText("A newer version of Fairlead is ready.").waitFor();
  const asked = page.evaluate(() => new Promise((done) => addEventListener("fairlead-update-apply", () => done(true), { capture: true })));
  await page.evaluate(() => addEventListener("fairlead-update-apply", (event) => event.stopImmediatePropagation(), { capture: true }));
  await page.getByRole("button", { name: "Reload to use it" }).click();
  assert.ok(await asked);
});

journey("on a phone the places stand along the lower edge", { viewport: { width: 390, height: 844 }, hasTouch: true }, async (app) => {
  const { page } = app;
  await startEmpty(page);
  const bar = await page.getByRole("navigation", { name: "Main" }).boundingBox();
  assert.ok(bar.y > 700 && Math.round(bar.y + bar.height) === 844 && Math.round(bar.width) === 390);
  const more = page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "More" });
  for (const place of ["Today", "Board", "Organisations", "Contacts", "More"]) {
    const box = await (place === "More" ? more : rail(page, place)).boundingBox();
    assert.ok(box.height >= 44 && box.width >= 44, `${place} is large enough for a finger`);
  }
  for (const place of ["Stages", "Settings"]) {
    await goTo(page, place);
    assert.equal(await page.evaluate(() => document.getElementById("main").scrollWidth - document.getElementById("main").clientWidth), 0, `${place} is not wider than the screen`);
  }
  await page.getByRole("button", { name: /^Search or jump/ }).tap();
  await palette(page).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).tap();
  await palette(page).waitFor({ state: "detached" });
});

journey("a phone shows whether all is saved, and leads to the storage", { ...STILL, viewport: { width: 390, height: 844 } }, async (app) => {
  const { page } = app;
  await startEmpty(page);
  await addDeal(page, "Crane");
  const sign = page.getByRole("link", { name: "All changes saved here" });
  await sign.waitFor();
  await app.axe();
  await sign.click();
  await heading(page, "Data").waitFor();
  await sign.waitFor();
});

journey("the warning that data may be cleared stays away for a month once put away", STILL, async (app) => {
  const { page } = app;
  await startEmpty(page);
  await addDeal(page, "Crane");
  const warning = page.getByText("This browser may clear your data when it runs out of room.");
  const banner = page.getByRole("status").filter({ has: warning });
  await warning.waitFor();
  await banner.getByRole("button", { name: "Dismiss" }).click();
  await warning.waitFor({ state: "detached" });
  await saved(page).waitFor();
  await app.reload();
  await heading(page, "Sales").waitFor();
  await page.getByRole("link", { name: "Crane" }).first().waitFor();
  // Whether the browser has promised is known by the time that the chunks are here.
  await page.waitForFunction(() => document.documentElement.dataset.whole === "yes");
  assert.equal(await warning.count(), 0);
  await app.context.clock.setFixedTime(Date.now() + 31 * 86_400_000);
  await app.reload();
  await warning.waitFor();
});
