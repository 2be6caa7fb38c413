// Four CSV files of the shape of the "CRM Sales Opportunities" set, with known totals.
// The same generator as tests/support/lookalike.rs (which says why); it makes the same bytes,
// and tests/maven.rs checks that. The order of the draws is part of the format.
//
//   import { generate, writeFiles } from "./lookalike.mjs";
//   const { files, totals } = generate();                  // or generate({ seed, deals, accounts, products, agents })
//   files["sales_pipeline.csv"], totals.won_value, …
//   const paths = writeFiles(folder);                       // { "accounts.csv": "/…/accounts.csv", …, totals }
//
// From the command line: `node lookalike.mjs <folder> [deals]` writes the files, `--sums [deals]` prints
// size and checksum of each, and the totals, as JSON.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const SHAPE = { seed: 20260101, deals: 8800, accounts: 85, products: 7, agents: 35 };

const words = (text) => text.split(/\s+/);
const STARTS = words(
  "Aven Bram Cald Dorn Elm Farn Gild Hask Ister Jarn Kest Lorn Marl Nev Orl Pend Quor Rusk Stav Thorn Ulver Vant " +
    "Wex Yarr Zell Brack Crom Drey Fenn Grav",
);
const ENDS = words(
  "bury cast dale field gate holm ing kirk lane mont nor port quest row stead ton vale wick worth yard",
);
const FIRST_NAMES = words(
  "Anne-Marie Bruno Celine Dmitri Esther Farid Greta Hugo Ines Jonas Keiko Liam Mona Nils Olga Pablo Quinn Rita " +
    "Samir Tessa",
);
const LAST_NAMES = words(
  "Abbott Bergmann Castell Dahl Eze Falk Grimm Holt Ibarra Jung Kovac Lund Mori Nagy Osei Pruitt Quist Rahman " +
    "Sauer Tran",
);
const MANAGERS = [
  "Vera Lindholm",
  "Oscar Beaumont",
  "Thea Marchetti",
  "Ivan Sorensen",
  "Lucia Whitlock",
  "Amir Castellan",
];
const OFFICES = ["Central", "East", "West"];
const SECTORS = words(
  "technolgy medical retail software entertainment marketing telecommunications finance employment services",
);
const COUNTRIES = words("Kenya Norway Japan Italy Brazil Germany Jordan Poland Belgium Romania");
const MISSPELT_COUNTRY = "Philipines";
const PRODUCTS = [
  ["Orbit Start", "Orbit", 480, 187],
  ["Orbit Pro", "Orbit", 4600, 148],
  ["Nova Lite", "Nova", 60, 165],
  ["Nova Prime", "Nova", 3150, 141],
  ["Orbit Plus Pro", "Orbit", 5900, 97],
  ["Orbit Plus Start", "Orbit", 1210, 138],
  ["Zenith 900", "Zenith", 24500, 4],
  ["Nova Max", "Nova", 7200, 50],
  ["Zenith 300", "Zenith", 9800, 50],
  ["Orbit Mini", "Orbit", 210, 50],
  ["Nova Edge", "Nova", 1875, 50],
  ["Zenith 100", "Zenith", 3990, 50],
];
const MISSPELT = 1;
const MISSPELT_AS = "OrbitPro";
const FIRST_CLOSE = 17226;
const CLOSE_DAYS = 306;
const LONGEST_CYCLE = 138;

/** Mulberry32 (Tommy Ettinger, public domain). */
class Draw {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    const a = this.state;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** Evenly from 0 to n - 1; exact, for the product has fewer than 53 bits. */
  below(n) {
    return Math.floor((this.next() * n) / 2 ** 32);
  }

  shuffle(items) {
    for (let last = items.length - 1; last >= 1; last -= 1) {
      const other = this.below(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }

  pairs(one, other, join, count) {
    return this.shuffle(one.flatMap((a) => other.map((b) => `${a}${join}${b}`))).slice(0, count);
  }

  marks(count, marked) {
    return this.shuffle(Array.from({ length: count }, (_, index) => index < marked));
  }
}

/** The files and what a right reading of them must find. */
export function generate(shape = {}) {
  const { seed, deals, accounts, products, agents } = { ...SHAPE, ...shape };
  const draw = new Draw(seed);
  const totals = {};
  const names = accountNames(draw, accounts);
  const accountRows = accountLines(draw, names, totals);
  const people = draw.pairs(FIRST_NAMES, LAST_NAMES, " ", agents);
  const catalogue = PRODUCTS.slice(0, products);
  const files = {
    "accounts.csv": lines(
      "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
      accountRows,
    ),
    "products.csv": lines(
      "product,series,sales_price",
      catalogue.map(([name, series, price]) => `${name},${series},${price}`),
    ),
    "sales_teams.csv": lines(
      "sales_agent,manager,regional_office",
      people.map((agent, index) => {
        const manager = Math.floor((index * MANAGERS.length) / people.length);
        return `${agent},${MANAGERS[manager]},${OFFICES[Math.floor(manager / 2)]}`;
      }),
    ),
    "sales_pipeline.csv": lines(
      "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
      dealLines(draw, deals, catalogue, names, people, totals),
    ),
  };
  return { files, totals };
}

/** Writes the files to a folder; gives back where each is, and the totals. */
export function writeFiles(folder, shape = {}) {
  mkdirSync(folder, { recursive: true });
  const { files, totals } = generate(shape);
  const paths = {};
  for (const [name, text] of Object.entries(files)) {
    paths[name] = join(folder, name);
    writeFileSync(paths[name], text);
  }
  return { ...paths, totals };
}

function accountNames(draw, count) {
  return draw.pairs(STARTS, ENDS, "|", count).map((name, index) => {
    const plain = name.replace("|", "");
    if (index % 17 === 3) return plain.toLowerCase();
    if (index % 11 === 5) return name.replace("|", "-");
    if (index % 19 === 7) return `${plain} & Co`;
    if (index % 13 === 2) return `${plain} Corporation`;
    return plain;
  });
}

function accountLines(draw, names, totals) {
  const PARENTS = 7;
  totals.subsidiaries = 0;
  const rows = names.map((name, index) => {
    const sector = SECTORS[draw.below(10)];
    const year = 1979 + draw.below(39);
    const range = draw.below(300);
    const employees = 9 + range * (1 + draw.below(60));
    const revenue = 450 + employees * (20 + draw.below(30));
    const abroad = draw.below(100);
    let country = "United States";
    if (index === 3) country = MISSPELT_COUNTRY;
    else if (abroad < 15) country = COUNTRIES[draw.below(10)];
    let parent = "";
    if (index >= PARENTS && draw.below(100) < 18) {
      parent = names[draw.below(PARENTS)];
      totals.subsidiaries += 1;
    }
    const row = `${name},${sector},${year},${revenue / 100},${employees},${country},${parent}`;
    return [name.toLowerCase(), row];
  });
  rows.sort(([one], [other]) => (one < other ? -1 : 1));
  return rows.map(([, row]) => row);
}

function dealLines(draw, deals, catalogue, accounts, agents, totals) {
  const share = (count, of, base) => Math.floor((count * of) / base);
  const lost = share(deals, 2473, 8800);
  const engaging = share(deals, 1589, 8800);
  const prospecting = share(deals, 500, 8800);
  const won = deals - lost - engaging - prospecting;
  const stages = draw.shuffle([
    ...Array(won).fill("Won"),
    ...Array(lost).fill("Lost"),
    ...Array(engaging).fill("Engaging"),
    ...Array(prospecting).fill("Prospecting"),
  ]);
  const blanks = {
    Engaging: draw.marks(engaging, share(engaging, 1088, 1589)),
    Prospecting: draw.marks(prospecting, share(prospecting, 337, 500)),
  };
  const active = agents.length - Math.floor(agents.length / 7);
  const shares = catalogue.reduce((sum, product) => sum + product[3], 0);
  Object.assign(totals, {
    won,
    lost,
    engaging,
    prospecting,
    won_value: 0,
    blank_accounts: 0,
    blank_engage_dates: prospecting,
    blank_close_dates: engaging + prospecting,
    blank_close_values: engaging + prospecting,
    misspelt_products: 0,
    won_cycle_days: 0,
    lost_cycle_days: 0,
  });
  const ids = new Set();
  const withDeals = new Set();
  let named = 0;
  const rows = stages.map((stage, index) => {
    const id = unusedId(draw, ids);
    const agent = index < active ? index : Math.min(draw.below(active), draw.below(active));
    withDeals.add(agent);
    const product = byShare(catalogue, draw.below(shares));
    const isBlank = blanks[stage]?.pop() === true;
    let account = "";
    if (!isBlank) {
      account = accounts[named < accounts.length ? named : draw.below(accounts.length)];
      named += 1;
    }
    const past = history(draw, stage, catalogue[product][2], totals);
    const productName = product === MISSPELT ? MISSPELT_AS : catalogue[product][0];
    totals.misspelt_products += product === MISSPELT ? 1 : 0;
    totals.blank_accounts += isBlank ? 1 : 0;
    return [id, agents[agent], productName, account, stage, ...past].join(",");
  });
  totals.agents_without_deals = agents.length - withDeals.size;
  const closed = Math.max(won + lost, 1);
  totals.win_rate_basis_points = Math.floor((won * 20000 + closed) / (2 * closed));
  return rows;
}

function unusedId(draw, used) {
  const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (;;) {
    let id = "";
    for (let sign = 0; sign < 8; sign += 1) id += SIGNS[draw.below(36)];
    if (!used.has(id)) {
      used.add(id);
      return id;
    }
  }
}

function byShare(catalogue, point) {
  let rest = point;
  return catalogue.findIndex((product) => {
    rest -= product[3];
    return rest < 0;
  });
}

function history(draw, stage, price, totals) {
  if (stage === "Prospecting") return ["", "", ""];
  if (stage === "Engaging") return [iso(FIRST_CLOSE - LONGEST_CYCLE + draw.below(440)), "", ""];
  const isWon = stage === "Won";
  const close = FIRST_CLOSE + draw.below(CLOSE_DAYS);
  const isQuick = draw.below(100) < (isWon ? 40 : 55);
  const cycle = isQuick ? 1 + draw.below(20) : 45 + draw.below(94);
  let value = 0;
  if (isWon) {
    value = Math.max(1, Math.floor((price * (70 + draw.below(61))) / 100));
    totals.won_cycle_days += cycle;
    totals.won_value += value;
  } else {
    totals.lost_cycle_days += cycle;
  }
  return [iso(close - cycle), iso(close), String(value)];
}

function iso(days) {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function lines(header, rows) {
  return [header, ...rows].map((row) => `${row}\r\n`).join("");
}

/** FNV-1a, 64 bits, as hex digits; the files are ASCII. */
export function checksum(text) {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

function sums(shape) {
  const { files, totals } = generate(shape);
  const of = (text) => ({ bytes: text.length, checksum: checksum(text) });
  const entries = Object.entries(files).map(([name, text]) => [name, of(text)]);
  return { files: Object.fromEntries(entries), totals };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [target, deals] = process.argv.slice(2);
  const shape = deals === undefined ? {} : { deals: Number(deals) };
  if (target === "--sums") console.log(JSON.stringify(sums(shape), null, 2));
  else if (target !== undefined) console.log(JSON.stringify(writeFiles(target, shape), null, 2));
  else console.log("node lookalike.mjs <folder> [deals], or --sums [deals]");
}
