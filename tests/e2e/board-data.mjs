// Deals for tests of the board: written straight into the log of the browser's database, in the
// wire form that tests/fixtures/v1.json pins, so that a test knows every title and every place.

export const STAGES = ["Prospecting", "Qualification", "Needs Analysis", "Proposal", "Negotiation", "Close", "Post-Sales"];
const CHANCES = [10, 20, 40, 60, 75, 90, 100];

const hex = (number, digits = 16) => number.toString(16).padStart(digits, "0");
const stageId = (index) => hex(0x50 + index);
const personId = (index) => hex(0xe0 + index);
/** Ranks in the order of their numbers; the last digit is never the lowest. */
const rank = (index) => `${index.toString(36).padStart(4, "0")}V`;

/**
 * The changes that make the usual pipeline with these people and deals.
 * A deal: { title, stage: name, value?: minor units, currency?, close?, owner?: name, since?: days ago, tags? }
 */
function changes(deals, people) {
  const now = Date.now();
  const setup = [
    ["workspace:0000000000000000", "name", "Test", "currency", "EUR", "won_reasons", ["Best fit"], "lost_reasons", ["Price", "No decision"], "competitors", ["Rival"]],
    ["pipeline:00000000000000f1", "name", "Sales", "rank", "V"],
    ...STAGES.map((name, index) => [
      `stage:${stageId(index)}`, "pipeline", "00000000000000f1", "name", name, "rank", rank(index),
      "kind", name === "Post-Sales" ? "won" : "open", "probability", CHANCES[index], "rot_days", 14, "hue", "teal",
    ]),
    ...people.map((name, index) => [`person:${personId(index)}`, "name", name]),
  ];
  const rows = deals.map((deal, index) => {
    const since = now - (deal.since ?? 0) * 86_400_000;
    const row = [
      `deal:${hex(0x1000 + index)}`, "title", deal.title, "rank", rank(index), "created", since,
      "placement", { stage: stageId(STAGES.indexOf(deal.stage)), since },
    ];
    if (deal.value != null) row.push("value", [deal.value, deal.currency ?? "EUR"]);
    if (deal.close) row.push("close", deal.close);
    if (deal.owner) row.push("owner", personId(people.indexOf(deal.owner)));
    if (deal.tags) row.push("tags", deal.tags);
    if (deal.stage === "Post-Sales") row.push("outcome", ["won", { on: new Date(now).toISOString().slice(0, 10), reason: "", note: "", competitor: "" }]);
    return row;
  });
  const slices = [setup];
  for (let from = 0; from < rows.length; from += 300) slices.push(rows.slice(from, from + 300));
  return slices.map((set, index) => {
    const stamp = `${hex(now - 60_000 + index, 12)}-0000-00000000000000aa`;
    const json = JSON.stringify({ v: 1, at: stamp, do: ["import", "Imported deals"], set });
    return { stamp, part: 0, entities: set.map(([entity]) => entity), json };
  });
}

/** Puts the deals into the fresh browser of `app` and shows its board. */
export async function withDeals(app, deals, people = []) {
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
  }, changes(deals, people));
  await app.reload();
  await app.page.getByRole("heading", { level: 1, name: "Sales" }).waitFor();
}

/** Deals with these titles, all in one stage. */
export const inStage = (stage, ...titles) => titles.map((title) => ({ title, stage, value: 100_000 }));
