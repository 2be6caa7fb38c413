// Made-up data of any size for what measures speed.

const STAGES = ["Prospecting", "Qualification", "Needs Analysis", "Proposal", "Negotiation", "Close", "Post-Sales"];
/** Edits in one record of the log, as the program divides a large change. */
const PART = 2_000;

const hex = (number, digits = 16) => number.toString(16).padStart(digits, "0");
const stageId = (index) => hex(0x50 + index);

/** A small generator (mulberry32), so that each run has the same data. */
function noise(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** An exported file of `count` deals: the setup, and one import in parts. */
export function file(count) {
  const random = noise(count);
  const now = Date.now() - 3_600_000;
  const id = () => hex(random(2 ** 32), 8) + hex(random(2 ** 32), 8);
  const things = ["Site survey", "Pump", "Crane", "Roof", "Cooling plant", "Software", "Training", "Harbour light"];
  const setup = [
    ["workspace:0000000000000000", "name", "Perf", "currency", "EUR"],
    ["pipeline:00000000000000f1", "name", "Sales", "rank", "V"],
    ...STAGES.map((name, n) => [
      `stage:${stageId(n)}`, "pipeline", "00000000000000f1", "name", name, "rank", `${n + 1}`,
      "kind", n === 6 ? "won" : "open", "probability", Math.min(100, 10 + 15 * n), "rot_days", 14, "hue", "teal",
    ]),
  ];
  const people = Array.from({ length: 20 }, (_, n) => [`person:${id()}`, "name", `Seller ${n}`]);
  const orgs = Array.from({ length: Math.ceil(count / 20) }, (_, n) => [`organisation:${id()}`, "name", `Organisation ${n} of the north`]);
  const deals = Array.from({ length: count }, (_, n) => {
    const since = now - random(400) * 86_400_000;
    const won = random(10) === 0;
    return [
      `deal:${id()}`, "title", `${things[random(things.length)]} ${n}`,
      "placement", { stage: stageId(won ? 6 : random(6)), since }, "rank", `${n.toString(36).padStart(5, "0")}V`,
      ...(won ? ["outcome", ["won", { on: new Date(since).toISOString().slice(0, 10), reason: "Best fit", note: "", competitor: "" }]] : []),
      "organisation", orgs[random(orgs.length)][0].slice(13), "owner", people[random(people.length)][0].slice(7),
      "value", [random(10_000_000), "EUR"], "close", new Date(now + random(200) * 86_400_000).toISOString().slice(0, 10),
      "source", "Referral", "created", since, "external", `X${n}`,
    ];
  });
  const parts = [];
  let part = [];
  let edits = 0;
  for (const row of [...people, ...orgs, ...deals]) {
    if (edits + (row.length - 1) / 2 > PART) {
      parts.push(part);
      part = [];
      edits = 0;
    }
    part.push(row);
    edits += (row.length - 1) / 2;
  }
  parts.push(part);
  const at = (n) => `${hex(now + n, 12)}-0000-00000000000000aa`;
  const records = [
    { v: 1, at: at(0), do: ["setup", "Set up Perf"], set: setup },
    ...parts.map((set, n) => ({ v: 1, at: at(1), ...(parts.length > 1 ? { part: [n, parts.length] } : {}), do: ["import", `Imported ${count} deals`], set })),
  ];
  const lines = records.map((record) => JSON.stringify(record)).join(",\n");
  const texts = deals.map((row) => row[2].toLowerCase());
  return { text: `{"format":"fairlead","version":1,"exported":"2026-11-23T12:00:00Z","changes":[\n${lines}\n]}\n`, texts };
}
