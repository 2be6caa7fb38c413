// What is kept, and what happens when it cannot be: reload, a disk that is full, a browser that
// does not let the page store anything, data that are gone, damaged or newer than the page.
import assert from "node:assert/strict";
import { DIST, journey, serve, serviceWorkerReady } from "./harness.mjs";
import { inStage, withDeals } from "./board-data.mjs";
import {
  BACKENDS, add, banner, begin, board, carryRight, deleteDatabase, fileOf, fileOfDeals, heading, log, merge,
  saved, shows, snapshotUpTo, stored, tamper,
} from "./storage-kit.mjs";

for (const { name, features } of BACKENDS) {
  journey(`what was added, moved and undone outlasts a reload${name}`, { features }, async (app) => {
    const { page } = app;
    await begin(page);
    await add(page, "Prospecting", "Anchor", "Buoy", "Chain");
    await carryRight(page, "Buoy");
    await shows(page, "Qualification", "Buoy");
    await carryRight(page, "Chain");
    await shows(page, "Qualification", "Chain", "Buoy");
    await page.keyboard.press("Control+z");
    await shows(page, "Prospecting", "Chain", "Anchor");
    await saved(page);
    const before = await board(page);
    await app.reload();
    await heading(page, "Sales").waitFor();
    assert.deepEqual(await board(page), before);

    const records = await log(page);
    assert.equal(records.length, 7, "setup, three added, two moved, one undone");
    assert.equal(new Set(records.map((r) => r.stamp)).size, 7);
    const last = JSON.parse(records.at(-1).json);
    assert.equal(last.undoes, records.at(-2).stamp);
    assert.deepEqual(await page.evaluate(() => {
      const { changes, deals } = JSON.parse(localStorage.getItem("fairlead.sentinel"));
      return { changes, deals };
    }), { changes: 7, deals: 3 });
    // What was done before the reload is history now; what is done after it can be undone.
    await page.keyboard.press("Control+z");
    await page.getByText("Nothing to undo").first().waitFor();
    assert.equal((await log(page)).length, 7);
  });

  journey(`the snapshot is only a cache: without it, or with it damaged, the board is the same${name}`, { features, timeout: 120_000 }, async (app) => {
    const { page } = app;
    const deals = Array.from({ length: 1_500 }, (_, n) => ({ title: `Deal ${n}`, stage: n % 3 ? "Proposal" : "Close", value: n * 100 }));
    await withDeals(app, deals);
    // Enough changes of their own for the page to make a snapshot.
    await merge(page, fileOf(fileOfDeals(await log(page), "Qualification", 450)));
    await saved(page);
    const records = await log(page);
    await snapshotUpTo(page, records.length);
    await add(page, "Prospecting", "After the snapshot");
    await saved(page);
    await page.addInitScript(() => {
      window.readFromLog = 0;
      const getAll = IDBObjectStore.prototype.getAll;
      IDBObjectStore.prototype.getAll = function (...rest) {
        const request = getAll.apply(this, rest);
        if (this.name === "changes") request.addEventListener("success", () => (window.readFromLog += request.result.length));
        return request;
      };
    });
    const before = await board(page);
    const opened = async () => {
      await app.reload();
      await heading(page, "Sales").waitFor();
      assert.deepEqual(await board(page), before);
      return page.evaluate(() => window.readFromLog);
    };
    const all = records.length + 1;
    assert.equal(await opened(), 1, "with the snapshot only the end of the log is read");
    await tamper(page, ({ meta }) => meta.delete("#snapshot"));
    assert.equal(await opened(), all, "without its note");
    await snapshotUpTo(page, all);
    assert.equal(await opened(), 0, "it was made again");
    await tamper(page, ({ chunks }) => chunks.clear());
    assert.equal(await opened(), all, "without its pieces");
    await snapshotUpTo(page, all);
    const damage = (stores, change) => {
      stores.chunks.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (!cursor.key.startsWith("deal/")) return void cursor.continue();
        const value = cursor.value;
        if (change === "bytes") value.bytes[value.bytes.length >> 1] ^= 1;
        if (change === "cut") value.bytes = value.bytes.slice(0, 100);
        if (change === "other") cursor.update("something else");
        else if (change === "gone") cursor.delete();
        else cursor.update(value);
      };
    };
    for (const change of ["bytes", "cut", "other", "gone"]) {
      await snapshotUpTo(page, all);
      await tamper(page, damage, change);
      assert.equal(await opened(), all, change);
    }
    await snapshotUpTo(page, all);
    await tamper(page, ({ meta }) => {
      meta.get("#snapshot").onsuccess = ({ target: { result: sealed } }) => {
        sealed.bytes[sealed.bytes.indexOf("1".charCodeAt(0))] = "9".charCodeAt(0);
        meta.put(sealed, "#snapshot");
      };
    });
    assert.equal(await opened(), all, "a note that does not match its checksum");
  });

  journey(`data that are gone come back from a backup the page has made${name}`, { features }, async (app) => {
    const { page } = app;
    await begin(page);
    await add(page, "Close", "Anchor");
    await saved(page);
    await merge(page, fileOf(fileOfDeals(await log(page), "Proposal", 25)));
    const before = await board(page);
    const records = await log(page);
    assert.equal(records.length, 27);
    await page.evaluate(() => void (location.hash = "#/data"));
    await page.getByRole("button", { name: "Make a backup now" }).click();
    await page.getByText("Made a backup").first().waitFor();

    await deleteDatabase(page);
    await banner(page, "This page no longer saves.").waitFor();
    await app.reload();
    await heading(page, "Your data is not here").waitFor();
    // Everything counts, what came with the file too.
    await page.getByText(/Saved here last on .*: 27 changes, 26 deals\. Now the database is empty\./).waitFor();
    const backups = page.getByRole("list", { name: "Backups" }).getByRole("listitem");
    // One from before the merge, one made by hand.
    assert.equal(await backups.count(), 2);
    await backups.first().getByRole("button", { name: /^Restore/ }).click();
    await heading(page, "Data").waitFor();
    await page.evaluate(() => void (location.hash = "#/board"));
    await heading(page, "Sales").waitFor();
    assert.deepEqual(await board(page), before);
    const again = await log(page);
    assert.deepEqual(again.map((r) => [r.stamp, r.part, r.entities, r.json]), records.map((r) => [r.stamp, r.part, r.entities, r.json]));
    await app.reload();
    await heading(page, "Sales").waitFor();
    assert.deepEqual(await board(page), before);
  });
}

journey("a note of what was saved that cannot be read still tells that something was", async (app) => {
  const { page } = app;
  await begin(page);
  await saved(page);
  await page.evaluate(() => localStorage.setItem("fairlead.sentinel", "{\"generation\":1,"));
  await app.reload();
  await heading(page, "Sales").waitFor();
  await page.evaluate(() => localStorage.setItem("fairlead.sentinel", "{\"generation\":1,"));
  await deleteDatabase(page);
  await app.reload();
  await heading(page, "Your data is not here").waitFor();
});

journey("what was deleted on purpose is not missed", async (app) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor");
  await saved(page);
  await page.evaluate(() => void (location.hash = "#/data"));
  await page.getByRole("button", { name: "Delete everything…" }).click();
  const question = page.getByRole("dialog", { name: "Delete everything?" });
  await question.getByLabel("Type “delete” to go on").fill("delete");
  await question.getByRole("button", { name: "Delete everything" }).click();
  await question.waitFor({ state: "detached" });
  // The backup made just before is found where backups are, not by an alarm.
  await heading(page, "Data").waitFor();
  await page.getByRole("list", { name: "Backups" }).getByRole("listitem").first().waitFor();
  assert.deepEqual(await log(page), []);
  assert.deepEqual(await stored(page, "chunks"), []);
  await page.evaluate(() => void (location.hash = "#/"));
  await heading(page, "Welcome to Fairlead").waitFor();
  await begin(page);
  await saved(page);
  // From now on there is something to miss again.
  await deleteDatabase(page);
  await app.reload();
  await heading(page, "Your data is not here").waitFor();
});

/** Ways in which a browser does not let a page store anything. */
const BROKEN = {
  "opening throws": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
  },
  "opening fails": () => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function () {
      const request = open.call(this, "elsewhere", 1);
      request.addEventListener("upgradeneeded", () => request.transaction.abort());
      return request;
    };
  },
  "there is none": () => {
    delete Window.prototype.indexedDB;
    Object.defineProperty(window, "indexedDB", { value: undefined });
  },
};

for (const [name, broken] of Object.entries(BROKEN)) {
  journey(`works in memory where nothing can be stored: ${name}`, async (app, { open }) => {
    const { page } = app;
    // A file to bring along, from a browser that works.
    await begin(page);
    await saved(page);
    const file = fileOf(fileOfDeals(await log(page), "Proposal", 3, "Brought"));
    const setup = fileOf(`{"format":"fairlead","version":1,"exported":"","changes":[\n${(await log(page))[0].json}\n]}\n`);

    const other = await open({ wait: false });
    await other.page.addInitScript(broken);
    await other.page.reload();
    await other.started();
    const { page: memory } = other;
    await heading(memory, "Welcome to Fairlead").waitFor();
    await begin(memory);
    await banner(memory, "1 change is waiting to be saved.").waitFor();
    await add(memory, "Close", "Only here");
    await banner(memory, "2 changes are waiting to be saved.").waitFor();
    await merge(memory, setup);
    await banner(memory, "3 changes are waiting to be saved.").waitFor();
    await merge(memory, file);
    await merge(memory, file);
    await banner(memory, "4 changes are waiting to be saved.").waitFor();
    const copy = await other.download(() => banner(memory, "4 changes").getByRole("button", { name: "Export now" }).click());
    for (const text of ["Only here", "Brought 0", "Brought 2"]) assert.ok(copy.text.includes(text), text);
    // Trying again does not help, and does no harm.
    await banner(memory, "4 changes").getByRole("button", { name: "Retry now" }).click();
    await banner(memory, "4 changes are waiting to be saved.").waitFor();

    // The copy, taken in where things can be stored, holds everything.
    await merge(page, fileOf(copy.text));
    const found = (await log(page)).map((r) => JSON.parse(r.json).do[1]);
    for (const text of ["Added Only here", "Added Brought 0", "Added Brought 1", "Added Brought 2"]) assert.ok(found.includes(text), text);
    await app.reload();
    assert.equal((await log(page)).length, 6);
  });

  journey(`does not pretend to be new where there was data: ${name}`, async (app) => {
    const { page } = app;
    await begin(page);
    await add(page, "Close", "Anchor");
    await saved(page);
    const records = await log(page);
    const bad = await app.context.newPage();
    await bad.addInitScript(broken);
    await bad.goto(app.url);
    await heading(bad, "Fairlead cannot open your data").waitFor();
    await bad.getByText("Nothing has been changed or deleted.").waitFor();
    await bad.close();
    await app.reload();
    await shows(page, "Close", "Anchor");
    assert.deepEqual(await log(page), records);
  });
}

/** Makes every write of changes fail as on a full disk while `window.full` is set. */
const fullDisk = (how) => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...rest) {
    if (!window.full || this.name !== "changes") return add.apply(this, rest);
    if (how === "throws") throw new DOMException("no room", "QuotaExceededError");
    // As browsers do it: the request is taken, and the transaction fails when it is committed.
    const request = add.apply(this, rest);
    const { transaction } = this;
    Object.defineProperty(transaction, "error", { value: new DOMException("no room", "QuotaExceededError") });
    request.addEventListener("success", () => transaction.abort());
    transaction.commit = () => {};
    return request;
  };
};

for (const how of ["throws", "aborts"]) {
  journey(`a full disk loses nothing: everything is kept, told, tried again and written in order (${how})`, async (app) => {
    const { page } = app;
    await page.addInitScript(`(${fullDisk})(${JSON.stringify(how)})`);
    await app.reload();
    await begin(page);
    await add(page, "Proposal", "Written");
    await saved(page);
    const before = await log(page);
    await page.evaluate(() => (window.full = true));
    await add(page, "Proposal", "First", "Second", "Third");
    await banner(page, "3 changes are waiting to be saved.").waitFor();
    await carryRight(page, "Second");
    await banner(page, "4 changes are waiting to be saved.").waitFor();
    await page.keyboard.press("Control+z");
    await banner(page, "5 changes are waiting to be saved.").waitFor();
    // It stays wherever one goes.
    await page.evaluate(() => void (location.hash = "#/settings"));
    await banner(page, "5 changes are waiting to be saved.").waitFor();
    await page.getByText("5 changes not saved").first().waitFor({ state: "attached" });
    assert.deepEqual(await log(page), before, "nothing of it is on the disk");
    const copy = await app.download(() => banner(page, "5 changes").getByRole("button", { name: "Export now" }).click());
    const told = JSON.parse(copy.text).changes.map((change) => change.do[1]);
    assert.deepEqual(told.slice(-5, -2), ["Added First", "Added Second", "Added Third"]);
    // History has them too.
    await page.evaluate(() => void (location.hash = "#/history"));
    await page.getByText("Added Third").first().waitFor();

    // There is room again: it is tried again without a hand.
    await page.evaluate(() => (window.full = false));
    await banner(page, "5 changes").waitFor({ state: "detached", timeout: 20_000 });
    await saved(page);
    const records = await log(page);
    assert.deepEqual(records.map((r) => JSON.parse(r.json).do[1]), told, "in the order in which they were made");
    await app.reload();
    await page.evaluate(() => void (location.hash = "#/board"));
    await heading(page, "Sales").waitFor();
    await shows(page, "Proposal", "Third", "Second", "First", "Written");
  });
}

journey("what is not in the log yet is not in the snapshot either", async (app) => {
  const { page } = app;
  await withDeals(app, inStage("Close", ...Array.from({ length: 10 }, (_, n) => `Deal ${n}`)));
  await merge(page, fileOf(fileOfDeals(await log(page), "Proposal", 450)));
  await snapshotUpTo(page, 451);
  await tamper(page, ({ meta, chunks }) => {
    meta.delete("#snapshot");
    chunks.clear();
  });
  // The office of the tab that makes snapshots is held elsewhere until the test lets it go.
  await page.addInitScript(`(${fullDisk})("throws")`);
  await page.addInitScript(() => {
    navigator.locks.request("fairlead-snapshot", () => new Promise((done) => (window.letSnapshots = done)));
    window.snapshots = [];
    window.reads = 0;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (key === "#snapshot") window.snapshots.push(window.full ? "while full" : "with room");
      return put.call(this, value, key);
    };
    const getAll = IDBObjectStore.prototype.getAll;
    IDBObjectStore.prototype.getAll = function (...rest) {
      const request = getAll.apply(this, rest);
      if (this.name === "changes") request.addEventListener("success", () => (window.reads += 1));
      return request;
    };
  });
  await app.reload();
  await heading(page, "Sales").waitFor();
  await page.evaluate(() => (window.full = true));
  await add(page, "Close", "Not written");
  await banner(page, "1 change is waiting to be saved.").waitFor();
  const reads = await page.evaluate(() => window.reads);
  await page.evaluate(() => window.letSnapshots());
  // Before a snapshot the page reads what it may have missed.
  await page.waitForFunction((before) => window.reads > before, reads);
  await page.evaluate(() => (window.full = false));
  await banner(page, "1 change").waitFor({ state: "detached", timeout: 20_000 });
  await snapshotUpTo(page, 452);
  assert.deepEqual(await page.evaluate(() => window.snapshots), ["with room"]);
});

const NEWER = "This was written by a newer Fairlead (format 3; this page knows up to 2). Reload the page to get the newest one.";

/** Puts a record of format 3 into the log, as a newer page would. */
const addNewer = (stores) => void stores.changes.add({
  stamp: "01ffffffffff-0000-00000000000000cc", part: 0, entities: ["deal:00000000000000d1"],
  json: '{"v":3,"at":"01ffffffffff-0000-00000000000000cc","set":{"deal:00000000000000d1":{"title":"From the future"}}}',
});

journey("a page older than the data refuses, with a sentence, and changes nothing", async (app) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor");
  await saved(page);
  await tamper(page, addNewer);
  const before = [await log(page), await stored(page, "chunks"), await stored(page, "meta")];
  await app.reload();
  await heading(page, "Fairlead cannot open your data").waitFor();
  await page.getByText(NEWER).waitFor();
  await page.getByText("Nothing has been changed or deleted.").waitFor();
  await app.axe();
  assert.deepEqual([await log(page), await stored(page, "chunks"), await stored(page, "meta")], before);
});

journey("a page that hears of newer data stops writing and says so", async (app) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor");
  await saved(page);
  await tamper(page, addNewer);
  // As another tab does it: a second channel in the same page is another one too.
  await page.evaluate(() => {
    const channel = new BroadcastChannel("fairlead");
    channel.postMessage(JSON.stringify({ kind: "changes", data: ['{"v":3,"at":"01ffffffffff-0000-00000000000000cc","set":{}}'] }));
    channel.close();
  });
  const stopped = banner(page, "This page no longer saves.");
  await stopped.waitFor();
  assert.match(await stopped.innerText(), /A newer Fairlead is open in another tab\. Reload this page; until then nothing is saved here\./);
  const before = await log(page);
  await add(page, "Close", "Too late");
  // It is kept for the export, which now holds everything this page can know.
  const copy = await app.download(() => stopped.getByRole("button", { name: "Export now" }).click());
  assert.ok(copy.text.includes("Too late"));
  assert.deepEqual(await log(page), before);
});

journey("tabs of an older format are told to stop, and one of a newer format is heeded", async (app) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor");
  await saved(page);
  // A tab that says which format it writes, and the answer.
  const answer = await page.evaluate(() => new Promise((done) => {
    const channel = new BroadcastChannel("fairlead");
    channel.onmessage = ({ data }) => {
      channel.close();
      done(JSON.parse(data));
    };
    channel.postMessage(JSON.stringify({ kind: "hello", data: { schema: 1 } }));
  }));
  assert.deepEqual(answer, { kind: "newer-schema" });
  await add(page, "Close", "Buoy");
  await saved(page);
  const records = await log(page);
  assert.ok(records.every(({ json }) => json.startsWith('{"v":2,"at":')));
  await page.evaluate(() => {
    const channel = new BroadcastChannel("fairlead");
    channel.postMessage(JSON.stringify({ kind: "hello", data: { schema: 3 } }));
    channel.close();
  });
  await banner(page, "This page no longer saves.").waitFor();
  await add(page, "Close", "Too late");
  assert.deepEqual(await log(page), records);
});

journey("a log that begins in format 1 is read, goes on in format 2, and is exported as it is", async (app) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor");
  await saved(page);
  // As the first page has left it: records of its own, and no snapshot that this one could read.
  await tamper(page, (stores) => {
    stores.chunks.clear();
    stores.meta.delete("#snapshot");
    const reading = stores.changes.openCursor();
    reading.onsuccess = () => {
      const cursor = reading.result;
      if (!cursor) return;
      cursor.update({ ...cursor.value, json: cursor.value.json.replace('{"v":2,', '{"v":1,') });
      cursor.continue();
    };
  });
  await app.reload();
  await shows(page, "Close", "Anchor");
  await add(page, "Close", "Buoy");
  await saved(page);
  const versions = (await log(page)).map(({ json }) => JSON.parse(json).v);
  assert.deepEqual(versions, [1, 1, 2]);
  await app.reload();
  await shows(page, "Close", "Buoy", "Anchor");
  await page.evaluate(() => void (location.hash = "#/data"));
  const copy = await app.download(() => page.getByRole("button", { name: "Download everything" }).click());
  const file = JSON.parse(copy.text);
  assert.deepEqual([file.version, file.changes.map(({ v }) => v)], [2, [1, 1, 2]]);
});

journey("a database of a newer layout is left alone", async (app) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor");
  await saved(page);
  const upgraded = page.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("fairlead", 2);
    opening.onupgradeneeded = () => opening.result.createObjectStore("of the future");
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
    opening.onerror = () => failed(opening.error);
  }));
  await upgraded;
  await banner(page, "This page no longer saves.").waitFor();
  await app.reload();
  await heading(page, "Fairlead cannot open your data").waitFor();
  await page.getByText("The data here was written by a newer Fairlead. Reload the page to get the newest one.").waitFor();
  assert.equal((await log(page)).length, 2);
});

journey("one damaged record hides no other, and the export can still be opened", async (app, { open }) => {
  const { page } = app;
  await begin(page);
  await add(page, "Close", "Anchor", "Buoy", "Chain");
  await saved(page);
  await tamper(page, ({ changes }) => {
    changes.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const record = cursor.value;
      if (record.json.includes("Added Buoy")) cursor.update({ ...record, json: record.json.slice(0, 150) });
      cursor.continue();
    };
  });
  await app.reload();
  await heading(page, "Sales").waitFor();
  await shows(page, "Close", "Chain", "Anchor");
  const told = page.locator(".banners").getByText(/^Record 3 of the log cannot be read: .* It stays in the log as it is; all others were read\.$/);
  await told.waitFor();
  assert.equal((await log(page)).length, 4);
  await page.evaluate(() => void (location.hash = "#/data"));
  const copy = await app.download(() => page.getByRole("button", { name: "Download everything" }).click());
  assert.ok(copy.text.includes("Added Buoy"), "what cannot be read is in the file all the same");
  const other = await open();
  const [chooser] = await Promise.all([other.page.waitForEvent("filechooser"), other.page.getByRole("button", { name: "Open a Fairlead file" }).click()]);
  await chooser.setFiles(fileOf(copy.text));
  await shows(other.page, "Close", "Chain", "Anchor");
});

journey("when the data are deleted under an open page, what it shows can still be exported", async (app, { open }) => {
  const { page } = app;
  await begin(page);
  await add(page, "Negotiation", "Anchor", "Buoy");
  await carryRight(page, "Anchor");
  await shows(page, "Close", "Anchor");
  await saved(page);
  const before = await board(page);
  await deleteDatabase(page);
  const stopped = banner(page, "This page no longer saves.");
  await stopped.waitFor();
  await add(page, "Negotiation", "Afterwards");
  const copy = await app.download(() => stopped.getByRole("button", { name: "Export now" }).click());
  const other = await open();
  const [chooser] = await Promise.all([other.page.waitForEvent("filechooser"), other.page.getByRole("button", { name: "Open a Fairlead file" }).click()]);
  await chooser.setFiles(fileOf(copy.text));
  await shows(other.page, "Negotiation", "Afterwards", "Buoy");
  assert.deepEqual((await board(other.page)).map(([stage, , cards]) => [stage, cards.filter((t) => t !== "Afterwards")]), before.map(([stage, , cards]) => [stage, cards]));
});

journey("works offline with its data, and asks for nothing once it has loaded", { open: false }, async (_, { open, t }) => {
  const server = await serve({ root: DIST });
  t.after(() => server.close());
  const app = await open({ server });
  const { page } = app;
  await serviceWorkerReady(page);
  await app.quiet(async () => {
    await begin(page);
    await add(page, "Negotiation", "Anchor", "Buoy");
    await carryRight(page, "Anchor");
    await shows(page, "Close", "Anchor");
    await page.keyboard.press("Control+z");
    await shows(page, "Negotiation", "Buoy", "Anchor");
    for (const place of ["data", "history", "settings", "stages", "board"]) {
      await page.evaluate((hash) => void (location.hash = hash), `#/${place}`);
      await heading(page, place === "board" ? "Sales" : place[0].toUpperCase() + place.slice(1)).waitFor();
    }
    const copy = await app.download(async () => {
      await page.evaluate(() => void (location.hash = "#/data"));
      await page.getByRole("button", { name: "Download everything" }).click();
    });
    assert.ok(copy.text.includes("Added Buoy"));
    await saved(page);
  });
  await app.context.setOffline(true);
  await server.close();
  await app.reload();
  await page.evaluate(() => void (location.hash = "#/board"));
  await shows(page, "Negotiation", "Buoy", "Anchor");
  await add(page, "Negotiation", "Offline");
  await saved(page);
  await app.reload();
  await shows(page, "Negotiation", "Offline", "Buoy", "Anchor");
});
