// Leaving: a page while the focus is in a control of it, a control with a text in it, and the page
// altogether with something unsaved.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";

const STILL = { reducedMotion: "reduce" };

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const saved = (page) => page.getByText("All changes saved here").first();
const dialog = (page) => page.getByRole("dialog");

async function begin(page) {
  await page.getByRole("button", { name: "Start empty" }).click();
  await heading(page, "Sales").waitFor();
  await saved(page).waitFor();
}

const goTo = (page, hash) => page.evaluate((hash) => void (location.hash = hash), hash);

journey("a page can be left with the focus in any control of it", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  await goTo(page, "#/contacts");
  await heading(page, "Contacts").waitFor();
  await goTo(page, "#/board");
  await heading(page, "Sales").waitFor();
  await page.getByRole("button", { name: /^Add a deal to/ }).first().click();
  await page.locator(".board-quick input").waitFor();
  await page.goBack();
  await heading(page, "Contacts").waitFor();
  for (const [hash, title, press] of [
    ["#/contacts", "Contacts", "New contact"],
    ["#/organisations", "Organisations", "New organisation"],
  ]) {
    await goTo(page, hash);
    await heading(page, title).waitFor();
    await page.getByRole("button", { name: press }).first().click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Somebody");
    await goTo(page, "#/board");
    await heading(page, "Sales").waitFor();
  }
  await goTo(page, "#/deals/new");
  await dialog(page).getByLabel("Title").fill("Crane");
  await goTo(page, "#/contacts");
  await heading(page, "Contacts").waitFor();
  assert.equal(await page.locator("#failure").isVisible(), false);
});

journey("what was typed into a list counts when the list is left", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  for (const [title, typed] of [["Crane", "Acme Ltd"], ["Lift", "ACME LTD"]]) {
    await goTo(page, "#/deals/new");
    await dialog(page).getByLabel("Title").fill(title);
    await dialog(page).getByLabel("Organisation", { exact: true }).fill(typed);
    await page.keyboard.press("Tab");
    assert.equal(await dialog(page).getByLabel("Organisation", { exact: true }).inputValue(), "Acme Ltd");
    await page.keyboard.press("Control+Enter");
    await dialog(page).waitFor({ state: "detached" });
  }
  await goTo(page, "#/organisations");
  await heading(page, "Organisations").waitFor();
  await page.getByText("Acme Ltd").first().waitFor();
  assert.equal(await page.getByText("Acme Ltd", { exact: true }).count(), 1, "in any case it is the same");
  // Where nothing can be made, the text stays, with a word on it, and the form is not sent.
  await goTo(page, "#/contacts");
  await heading(page, "Contacts").waitFor();
  await page.getByRole("button", { name: "New contact" }).first().click();
  await dialog(page).getByRole("textbox", { name: "Name" }).fill("Ada");
  const organisation = dialog(page).getByLabel("Organisation", { exact: true });
  await organisation.fill("Nowhere");
  await page.keyboard.press("Tab");
  await dialog(page).getByText("There is nothing of this name. Choose from the list.").waitFor();
  assert.equal(await organisation.inputValue(), "Nowhere");
  await dialog(page).getByRole("button", { name: "Add contact" }).click();
  await organisation.and(page.locator(":focus")).waitFor();
  await app.axe();
  await organisation.fill("acme ltd");
  await dialog(page).getByRole("button", { name: "Add contact" }).click();
  await heading(page, "Ada").waitFor();
});

journey("half a date is no date, and is said so", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  await goTo(page, "#/deals/new");
  await dialog(page).getByLabel("Title").fill("Crane");
  const close = dialog(page).getByLabel("Expected close");
  await close.focus();
  await page.keyboard.type("3112");
  await page.keyboard.press("Control+Enter");
  await dialog(page).getByText("This date is not complete.").waitFor();
  await close.and(page.locator(":focus")).waitFor();
  await app.axe();
  await close.fill("2031-12-31");
  await dialog(page).getByText("This date is not complete.").waitFor({ state: "detached" });
  await close.fill("0002-12-31");
  await page.keyboard.press("Control+Enter");
  await dialog(page).getByText("This date is not complete.").waitFor();
  await close.fill("2031-12-31");
  await page.keyboard.press("Control+Enter");
  await dialog(page).waitFor({ state: "detached" });
});

journey("a half-filled form is not lost without a question", STILL, async (app) => {
  const { page } = app;
  await begin(page);
  const asks = () =>
    page.evaluate(() => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    });
  assert.equal(await asks(), false);
  await goTo(page, "#/deals/new");
  await dialog(page).getByLabel("Title").fill("Crane");
  assert.equal(await asks(), true);
  await dialog(page).getByLabel("Title").fill("");
  assert.equal(await asks(), false, "nothing typed, nothing lost");
  await dialog(page).getByLabel("Title").fill("Crane");
  await page.keyboard.press("Control+Enter");
  await dialog(page).waitFor({ state: "detached" });
  assert.equal(await asks(), false);
});
