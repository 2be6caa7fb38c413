// Several tabs on the same data: they see each other's work at once, each takes back its own, and
// none harms what another has written.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { withDeals } from "./board-data.mjs";
import {
  BACKENDS, add, banner, begin, board, carryRight, fileOf, fileOfDeals, heading, log, merge, saved, shows, snapshotUpTo,
  stored, tamper, titles, until,
} from "./storage-kit.mjs";

const goTo = (page, place) => page.evaluate((hash) => void (location.hash = hash), `#/${place}`);

for (const { name, features } of BACKENDS) {
  journey(`two tabs see each other's work without a reload, and each takes back its own${name}`, { features }, async (app) => {
    const { page: one } = app;
    await begin(one);
    await saved(one);
    const two = await app.tab("#/board");
    await add(one, "Proposal", "From one");
    await shows(two, "Proposal", "From one");
    await add(two, "Proposal", "From two");
    await shows(one, "Proposal", "From two", "From one");
    await carryRight(one, "From two");
    await shows(two, "Negotiation", "From two");

    // The last thing done in the second tab was to add; the first one's move is not its to undo.
    await two.keyboard.press("Control+z");
    await shows(one, "Proposal", "From one");
    await until(one, async () => (await titles(one, "Negotiation")).length === 0);
    await one.keyboard.press("Control+z");
    await one.getByText("Undid: Moved From two to Negotiation").first().waitFor();
    await two.keyboard.press("Control+Shift+z");
    await shows(one, "Proposal", "From two", "From one");
    await shows(two, "Proposal", "From two", "From one");
    await Promise.all([saved(one), saved(two)]);
    const records = await log(one);
    assert.equal(records.length, 7);
    assert.equal(new Set(records.map((r) => r.stamp.slice(-16))).size, 2, "two clocks have signed");
    assert.deepEqual(await board(one), await board(two));
    for (const page of [one, two]) {
      await page.reload();
      await app.started(page);
      await shows(page, "Proposal", "From two", "From one");
    }
  });
}

journey("two tabs that both work at once end up with the same board", { timeout: 120_000 }, async (app) => {
  const { page: one } = app;
  await begin(one);
  await saved(one);
  const two = await app.tab("#/board");
  const names = (who) => Array.from({ length: 8 }, (_, n) => `${who} ${n}`);
  await Promise.all([add(one, "Proposal", ...names("Ash")), add(two, "Close", ...names("Birch"))]);
  await Promise.all([saved(one), saved(two)]);
  for (const page of [one, two]) {
    await shows(page, "Proposal", ...names("Ash").reverse());
    await shows(page, "Close", ...names("Birch").reverse());
  }
  assert.deepEqual(await board(one), await board(two));
  const records = await log(one);
  assert.equal(records.length, 17);
  assert.equal(new Set(records.map((r) => r.stamp)).size, 17);
  await app.reload();
  await heading(one, "Sales").waitFor();
  assert.deepEqual(await board(one), await board(two));
});

journey("a deal removed in one tab is gone in the other, where it was open", async (app) => {
  const { page: one } = app;
  await begin(one);
  await add(one, "Proposal", "Anchor", "Buoy");
  await saved(one);
  const two = await app.tab("#/board");
  await shows(two, "Proposal", "Buoy", "Anchor");
  await one.locator("[data-deal]").getByRole("link", { name: "Anchor", exact: true }).click();
  await heading(one, "Anchor").waitFor();
  const id = new URL(one.url()).hash.split("/").at(-1);
  await goTo(one, `deals/${id}/edit`);
  const form = one.getByRole("dialog");
  await form.getByLabel("Title").fill("Anchor, larger");
  await two.locator("[data-deal]").getByRole("link", { name: "Anchor", exact: true }).focus();
  await two.keyboard.press("Delete");
  await until(two, async () => (await titles(two, "Proposal")).join() === "Buoy");
  await saved(two);
  const before = await log(one);
  await form.getByLabel("Title").press("Control+Enter");
  await one.getByText("The deal is no longer there. It may have been removed in another tab.").first().waitFor();
  assert.deepEqual(await log(one), before, "nothing was written");
  assert.equal(await form.getByLabel("Title").inputValue(), "Anchor, larger", "what was typed is still there");
  // Taken back there, it can be saved here.
  await two.keyboard.press("Control+z");
  await shows(two, "Proposal", "Buoy", "Anchor");
  await form.getByLabel("Title").press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await shows(two, "Proposal", "Buoy", "Anchor, larger");
});

journey("a file merged in one tab is seen in the other, a large one too", { timeout: 90_000 }, async (app) => {
  const { page: one } = app;
  await begin(one);
  await saved(one);
  const two = await app.tab("#/board");
  await merge(one, fileOf(fileOfDeals(await log(one), "Proposal", 30)));
  await shows(two, "Proposal", "Merged 0", "Merged 1");
  // More than tabs tell each other: the second one reads it from the log.
  const large = fileOfDeals(await log(one), "Close", 6_000, "Large").replaceAll("00000000000b", "00000000000c").replaceAll("0000bb", "0000bc");
  assert.ok(large.length > 1.2e6);
  await merge(one, fileOf(large));
  await shows(two, "Close", "Large 0", "Large 1");
  await until(two, async () => JSON.stringify(await board(one)) === JSON.stringify(await board(two)), "the same board in both tabs");
  await add(two, "Prospecting", "After that");
  await shows(one, "Prospecting", "After that");
  await saved(two);
  assert.equal(await two.evaluate(() => JSON.parse(localStorage.getItem("fairlead.sentinel")).changes), 6_032);
});

journey("data replaced or deleted in one tab stop the other, which then writes nothing", { timeout: 90_000 }, async (app) => {
  const { page: one } = app;
  await begin(one);
  await add(one, "Proposal", "Anchor");
  await saved(one);
  await goTo(one, "data");
  await one.getByRole("button", { name: "Make a backup now" }).click();
  await one.getByText("Made a backup").first().waitFor();
  await goTo(one, "board");
  await merge(one, fileOf(fileOfDeals(await log(one), "Close", 450)));
  const two = await app.tab("#/data");
  const backup = two.getByRole("list", { name: "Backups" }).getByRole("listitem").last();
  await backup.getByRole("button", { name: /^Restore/ }).click();
  await two.getByRole("button", { name: "Replace by the backup" }).click();
  await banner(one, "The data was replaced in another tab.").waitFor();
  // Read from the first tab: the second is loading itself anew.
  await until(one, async () => (await log(one)).length === 2);
  // The first tab still shows what there was, and leads the making of snapshots.
  await one.getByText("Merged 0").first().waitFor();
  await add(one, "Prospecting", "Into the void");
  await banner(one, "The data was replaced in another tab.").getByRole("button", { name: "Reload" }).click();
  await app.started(one);
  await goTo(one, "board");
  await shows(one, "Proposal", "Anchor");
  assert.deepEqual(await titles(one, "Close"), []);
  assert.deepEqual(await titles(one, "Prospecting"), []);
  assert.equal((await log(one)).length, 2);
  assert.deepEqual(await stored(one, "chunks"), [], "no snapshot of what was replaced");
});

journey("the tab that is left makes the snapshots, and they hold everything", { timeout: 120_000 }, async (app) => {
  const { page: one } = app;
  await withDeals(app, Array.from({ length: 1_200 }, (_, n) => ({ title: `Deal ${n}`, stage: "Qualification" })));
  await merge(one, fileOf(fileOfDeals(await log(one), "Close", 450)));
  const first = await log(one);
  await snapshotUpTo(one, first.length);
  // The second tab reads that snapshot; from then on the first makes newer ones.
  const two = await app.tab("#/board");
  await heading(two, "Sales").waitFor();
  await merge(one, fileOf(fileOfDeals(await log(one), "Proposal", 450, "Later").replaceAll("00000000000b", "00000000000c").replaceAll("0000bb", "0000bc")));
  await shows(two, "Proposal", "Later 0");
  const second = await log(one);
  await snapshotUpTo(one, second.length);
  await one.close();
  await add(two, "Prospecting", "After the first was closed");
  await merge(two, fileOf(fileOfDeals(await log(two), "Negotiation", 450, "Last").replaceAll("00000000000b", "00000000000d").replaceAll("0000bb", "0000bd")));
  const third = await log(two);
  assert.equal(third.length, second.length + 451);
  await snapshotUpTo(two, third.length);
  const shown = await board(two);
  await two.reload();
  await app.started(two);
  await heading(two, "Sales").waitFor();
  assert.deepEqual(await board(two), shown);
  await tamper(two, ({ meta, chunks }) => {
    meta.delete("#snapshot");
    chunks.clear();
  });
  await two.reload();
  await app.started(two);
  await heading(two, "Sales").waitFor();
  assert.deepEqual(await board(two), shown, "the log alone gives the same");
});

journey("a snapshot that another tab has dropped is made anew as a whole", { timeout: 120_000 }, async (app) => {
  const { page: one } = app;
  await withDeals(app, Array.from({ length: 1_200 }, (_, n) => ({ title: `Deal ${n}`, stage: "Qualification" })));
  await merge(one, fileOf(fileOfDeals(await log(one), "Close", 450)));
  await snapshotUpTo(one, (await log(one)).length);
  await tamper(one, ({ chunks }) => {
    chunks.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor.key.startsWith("deal/")) return cursor.continue();
      const value = cursor.value;
      value.bytes[9] ^= 1;
      cursor.update(value);
    };
  });
  // It finds the damage, drops the snapshot and reads the log.
  const two = await app.tab("#/board");
  await shows(two, "Close", "Merged 0");
  await two.close();
  assert.deepEqual(await stored(one, "chunks"), []);
  await merge(one, fileOf(fileOfDeals(await log(one), "Proposal", 450, "Later").replaceAll("00000000000b", "00000000000c").replaceAll("0000bb", "0000bc")));
  const records = await log(one);
  await snapshotUpTo(one, records.length);
  const shown = await board(one);
  await app.reload();
  await heading(one, "Sales").waitFor();
  assert.deepEqual(await board(one), shown);
});
