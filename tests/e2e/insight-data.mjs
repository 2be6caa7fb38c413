// A tiny pipeline whose figures anybody can work out, written straight into the log of the browser's
// database, in the wire form that tests/fixtures pin. Days are counted back from now.

import { STAGES } from "./board-data.mjs";

const CHANCES = [10, 20, 40, 60, 75, 90, 100];
const DAY = 86_400_000;
const hex = (number, digits = 16) => number.toString(16).padStart(digits, "0");
const stageId = (name) => hex(0x50 + STAGES.indexOf(name));
const rank = (index) => `${index.toString(36).padStart(4, "0")}V`;
const day = (ms) => new Date(ms).toISOString().slice(0, 10);

/**
 * Deals: { title, way: [[stage, days ago], …], value?, currency?, source?, owner?, won?: days ago, lost?: days ago, close?: days ahead }
 * Two won of three, two open; see insight.test.mjs for what follows.
 */
export const TINY = [
  { title: "Alder", way: [["Prospecting", 60], ["Qualification", 50]], won: 40, value: 100_000, source: "Fair", owner: "Ada" },
  { title: "Birch", way: [["Prospecting", 60], ["Qualification", 45]], won: 20, value: 300_000, source: "Web", owner: "Ada" },
  { title: "Cedar", way: [["Prospecting", 50]], lost: 30, value: 200_000, source: "Web", owner: "Bob" },
  { title: "Dogwood", way: [["Prospecting", 30]], value: 400_000, source: "Fair", owner: "Bob", close: 5 },
  { title: "Elm", way: [["Prospecting", 20], ["Qualification", 10]], value: 600_000, source: "Web", owner: "Ada", close: 90 },
];

function changes(deals, more) {
  const now = Date.now();
  const people = [...new Set(deals.map((deal) => deal.owner).filter(Boolean))];
  const setup = [
    ["workspace:0000000000000000", "name", "Test", "currency", "EUR"],
    ["pipeline:00000000000000f1", "name", "Sales", "rank", "V"],
    ...STAGES.map((name, index) => [
      `stage:${stageId(name)}`, "pipeline", "00000000000000f1", "name", name, "rank", rank(index),
      "kind", name === "Post-Sales" ? "won" : "open", "probability", CHANCES[index], "rot_days", 14, "hue", "teal",
    ]),
    ...people.map((name, index) => [`person:${hex(0xe0 + index)}`, "name", name]),
    ...more,
  ];
  const sets = [{ ago: 400, set: setup }];
  const closure = (ago) => ({ on: day(now - ago * DAY), reason: "", note: "", competitor: "" });
  deals.forEach((deal, index) => {
    const id = `deal:${hex(0x1000 + index)}`;
    deal.way.forEach(([stage, ago], step) => {
      const since = now - ago * DAY;
      const row = [id];
      if (step === 0) {
        row.push("title", deal.title, "rank", rank(index), "created", since);
        if (deal.value != null) row.push("value", [deal.value, deal.currency ?? "EUR"]);
        if (deal.source) row.push("source", deal.source);
        if (deal.owner) row.push("owner", hex(0xe0 + people.indexOf(deal.owner)));
        if (deal.close != null) row.push("close", day(now + deal.close * DAY));
      }
      row.push("placement", { stage: stageId(stage), since });
      sets.push({ ago, set: [row] });
    });
    if (deal.won != null) {
      sets.push({ ago: deal.won, set: [[id, "placement", { stage: stageId("Post-Sales"), since: now - deal.won * DAY }, "outcome", ["won", closure(deal.won)]]] });
    }
    if (deal.lost != null) sets.push({ ago: deal.lost, set: [[id, "outcome", ["lost", closure(deal.lost)]]] });
  });
  sets.sort((a, b) => b.ago - a.ago);
  return sets.map(({ ago, set }, index) => {
    const stamp = `${hex(now - ago * DAY + index, 12)}-0000-00000000000000aa`;
    const json = JSON.stringify({ v: 1, at: stamp, do: ["import", "Imported deals"], set });
    return { stamp, part: 0, entities: set.map(([entity]) => entity), json };
  });
}

/** Puts the deals into the fresh browser of `app`, and `more` rows of the log: [entity, field, value, …]. */
export async function withWays(app, deals, more = []) {
  await app.page.evaluate(async (records) => {
    const asked = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await asked(indexedDB.open("fairlead"));
    const transaction = database.transaction("changes", "readwrite");
    for (const record of records) transaction.objectStore("changes").add(record);
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
    database.close();
  }, changes(deals, more));
  await app.reload();
  await app.page.getByRole("heading", { level: 1, name: "Sales" }).waitFor();
}
