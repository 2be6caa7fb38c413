// What the tests of storage share: working on the board with few means, and looking into the
// browser's database beside the page.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freshFolder } from "./harness.mjs";

/** How the browser keeps its databases: as it does today, and as it is going to. */
export const BACKENDS = [
  { name: "", features: [] },
  { name: " (databases in SQLite)", features: ["IdbSqliteBackingStore"] },
];

export const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
/** Everything is on the disk, and the page says so. */
export const saved = (page) => page.locator("[data-state=idle]").waitFor({ state: "attached" });
export const banner = (page, text) => page.locator(".banners").getByRole("alert").filter({ hasText: text });

/** Begins an empty workspace. */
export async function begin(page) {
  await page.getByRole("button", { name: "Start empty" }).click();
  await heading(page, "Sales").waitFor();
}

/** Adds deals by their titles, the last one on top, and waits until the board shows them. */
export async function add(page, stage, ...titles) {
  const box = page.getByRole("textbox", { name: `New deal in ${stage}` });
  if (!(await box.count())) await page.getByRole("button", { name: `Add a deal to ${stage}` }).click();
  for (const title of titles) {
    await box.fill(title);
    await box.press("Enter");
    await shows(page, stage, title);
  }
  await box.press("Escape");
}

/** The titles that a column shows, from top to bottom. */
export const titles = (page, stage) => page.evaluate((name) => {
  const column = [...document.querySelectorAll(".board-col h2")].find((h) => h.textContent === name);
  return [...(column?.closest("[data-stage]").querySelectorAll("[data-deal] a") ?? [])].map((link) => link.textContent.trim());
}, stage);

/** Waits until a column begins with these titles. */
export async function shows(page, stage, ...wanted) {
  await page.waitForFunction(
    ([name, list]) => {
      const column = [...document.querySelectorAll(".board-col h2")].find((h) => h.textContent === name);
      const links = [...(column?.closest("[data-stage]").querySelectorAll("[data-deal] a") ?? [])];
      return list.every((title, index) => links[index]?.textContent.trim() === title);
    },
    [stage, wanted],
  );
}

/** Waits until a column shows no card. */
export const isEmpty = (page, stage) => page.waitForFunction((name) => {
  const column = [...document.querySelectorAll(".board-col h2")].find((h) => h.textContent === name);
  return column && column.closest("[data-stage]").querySelectorAll("[data-deal]").length === 0;
}, stage);

/** Takes a card by key and puts it into the column to the right. */
export async function carryRight(page, title) {
  await page.locator("[data-deal]").getByRole("link", { name: title, exact: true }).focus();
  for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
}

/** What the head of each column says, and how many cards are in the log's deals: the state as a person sees it. */
export const board = (page) => page.evaluate(() =>
  [...document.querySelectorAll(".board-col")].map((column) => [
    column.querySelector("h2").textContent,
    column.querySelector("header, .board-col__head").innerText,
    [...column.querySelectorAll("[data-deal] a")].map((link) => link.textContent.trim()),
  ]),
);

/** Everything in one store of the page's database: [key, value] by key. */
export const stored = (page, store) => page.evaluate(async (name) => {
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await asked(indexedDB.open("fairlead"));
  try {
    const from = database.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all([asked(from.getAllKeys()), asked(from.getAll())]);
    return keys.map((key, index) => [key, values[index]]);
  } finally {
    database.close();
  }
}, store);

/** The records of the log, in the order in which they were written. */
export const log = async (page) => (await stored(page, "changes")).map(([, record]) => record);

/** Runs `change(stores, ...rest)` in one transaction over all stores of the page's database. */
export const tamper = (page, change, ...rest) => page.evaluate(`(async () => {
  const database = await new Promise((done, failed) => {
    const opening = indexedDB.open("fairlead");
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names, "readwrite");
  const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
  const over = new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onabort = () => failed(transaction.error);
  });
  (${change})(stores, ...${JSON.stringify(rest)});
  await over;
  database.close();
})()`);

/** Deletes the database, as clearing the site's data does. */
export const deleteDatabase = (page) => page.evaluate(() => new Promise((done, failed) => {
  const deleting = indexedDB.deleteDatabase("fairlead");
  deleting.onsuccess = () => done();
  deleting.onerror = () => failed(deleting.error);
}));

/** Waits until `check` holds, looked at anew with each frame of the page. */
export async function until(page, check, what = check.toString()) {
  const deadline = Date.now() + 15_000;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `still not so: ${what}`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
}

/** Waits until the page has written a snapshot of at least this many records. */
export const snapshotUpTo = (page, seq) => until(page, async () => {
  const sealed = (await stored(page, "meta")).find(([key]) => key === "#snapshot")?.[1];
  return sealed && JSON.parse(String.fromCharCode(...Object.values(sealed.bytes))).seq >= seq;
}, `a snapshot up to ${seq}`);

/** A path to a file with this text. */
export function fileOf(text, name = "fairlead.json") {
  const path = join(freshFolder(), name);
  writeFileSync(path, text);
  return path;
}

/** Merges a file through the page of data, and comes back to the board. */
export async function merge(page, path) {
  await page.evaluate(() => void (location.hash = "#/data"));
  const button = page.getByRole("button", { name: "Open a Fairlead file…" });
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button.click()]);
  await chooser.setFiles(path);
  await page.getByRole("button", { name: "Merge it" }).click();
  await page.getByText("Merged.", { exact: true }).waitFor();
  await page.evaluate(() => void (location.hash = "#/board"));
  await heading(page, "Sales").waitFor();
}

const hex = (number, digits = 16) => number.toString(16).padStart(digits, "0");

/** An exported file of `count` changes, each of which makes one deal in a stage of the log given. */
export function fileOfDeals(records, stage, count, prefix = "Merged") {
  const setup = JSON.parse(records[0].json);
  const run = setup.set.find((run) => run[0].startsWith("stage:") && run.includes(stage));
  assert.ok(run, `no stage ${stage} in the first change`);
  const id = run[0].slice("stage:".length);
  const since = Date.now() - 3_600_000;
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify({
    v: 1,
    at: `${hex(since + index, 12)}-0000-00000000000000bb`,
    do: ["create_deal", `Added ${prefix} ${index}`],
    set: [[`deal:${hex(0xb0000 + index)}`, "title", `${prefix} ${index}`, "placement", { stage: id, since }, "rank", `b${hex(index, 4)}V`, "value", [100_00, "EUR"], "created", since]],
  }));
  return `{"format":"fairlead","version":1,"exported":"2026-11-23T12:00:00Z","changes":[\n${lines.join(",\n")}\n]}\n`;
}
