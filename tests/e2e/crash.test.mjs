// The browser is killed with SIGKILL, as the system does when memory runs out or the power goes:
// whatever the page has said to be saved is there afterwards, and nothing is there by halves.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { BACKENDS, add, begin, carryRight, fileOf, fileOfDeals, heading, log, merge, saved, shows, stored, until } from "./storage-kit.mjs";

const ROUNDS = 5;

for (const { name, features } of BACKENDS) {
  journey(`${ROUNDS} kills right after an addition and a drop lose nothing${name}`, { features, killable: true, timeout: 180_000 }, async (first, { open }) => {
    let app = first;
    await begin(app.page);
    const expected = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { page } = app;
      await add(page, "Proposal", `Round ${round}`);
      await carryRight(page, `Round ${round}`);
      await shows(page, "Negotiation", `Round ${round}`, ...expected);
      await saved(page);
      await app.kill();
      expected.unshift(`Round ${round}`);
      app = await open({ profile: first.profile, features, killable: true });
      await shows(app.page, "Negotiation", ...expected);
      const records = await log(app.page);
      assert.equal(records.length, 1 + 2 * round);
    }
  });

  journey(`a kill in the middle of a merge leaves all of the file or nothing${name}`, { features, killable: true, timeout: 180_000 }, async (first, { open }) => {
    let app = first;
    await begin(app.page);
    await add(app.page, "Close", "Anchor");
    await saved(app.page);
    const before = await log(app.page);
    const file = fileOf(fileOfDeals(before, "Proposal", 6_000));
    for (let round = 1; round <= 3; round += 1) {
      const { page } = app;
      // The moment when the browser is told to store the records, at the latest of each round.
      await page.evaluate((after) => {
        let count = 0;
        const add = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = function (...rest) {
          count += 1;
          if (count === after) document.documentElement.dataset.storing = "yes";
          return add.apply(this, rest);
        };
      }, round * 1_500);
      const merging = merge(page, file).catch(() => "killed");
      await page.waitForFunction(() => document.documentElement.dataset.storing === "yes");
      await app.kill();
      assert.equal(await merging, "killed");
      app = await open({ profile: first.profile, features, killable: true });
      await app.page.evaluate(() => void (location.hash = "#/board"));
      await heading(app.page, "Sales").waitFor();
      await shows(app.page, "Close", "Anchor");
      const records = await log(app.page);
      assert.ok([before.length, before.length + 6_000].includes(records.length), `${records.length} records`);
      if (records.length > before.length) return;
    }
    // Nothing of it is in the way of taking it in after all.
    await merge(app.page, file);
    await shows(app.page, "Proposal", "Merged 0");
    assert.equal((await log(app.page)).length, before.length + 6_000);
  });
}

journey("a kill while a snapshot is made leaves the data as they were", { killable: true, timeout: 120_000 }, async (app, { open }) => {
  const { page } = app;
  await begin(page);
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...rest) {
      if (this.name === "chunks") document.documentElement.dataset.storing = "yes";
      return put.apply(this, rest);
    };
  });
  await merge(page, fileOf(fileOfDeals(await log(page), "Proposal", 900)));
  await page.waitForFunction(() => document.documentElement.dataset.storing === "yes");
  await app.kill();
  const again = await open({ profile: app.profile });
  await again.page.evaluate(() => void (location.hash = "#/board"));
  await shows(again.page, "Proposal", "Merged 0", "Merged 1");
  assert.equal((await log(again.page)).length, 901);
  // Whatever was left of the snapshot, there is a whole one in the end.
  await until(again.page, async () => (await stored(again.page, "chunks")).length > 0, "a snapshot");
  await again.reload();
  await shows(again.page, "Proposal", "Merged 0", "Merged 1");
});
