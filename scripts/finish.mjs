// The last step of every build; Trunk runs it (Trunk.toml, post_build) on its staging folder.
//
//   1. joins the style sheets into one file, in the order of the page: one request before the
//      first paint instead of ten. Where the program is cut into chunks, those of views that come
//      later are a second file, whose name stands in the page for the chunks' loader;
//   2. refuses a page that its own Content-Security-Policy would refuse;
//   3. adds the chunks of the program, where scripts/split made some;
//   4. writes the list of files and a build id into the service worker;
//   5. in a release build, stores each file compressed beside itself (for hosts that can send
//      such files) and prints the table of sizes.
//
// `node scripts/finish.mjs --sizes [FOLDER] [--check]` only prints the table again; with --check
// it fails when the first load is over its budget.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";

/**
 * Brotli bytes of everything the first visit needs. The design's aim is 400 kB; what was measured
 * and why it is above that stands in ARCHITECTURE.md. This limit keeps it from growing unnoticed.
 */
export const FIRST_LOAD_BUDGET = 570_000;
/** The design's aim for the same; only noted. */
const FIRST_LOAD_AIM = 400_000;
/** Bytes of the wasm as it is (design: 900 kB at first); only noted. */
const WASM_NOTE = 900_000;
const COMPRESSED = /\.(?:br|gz)$/;
const COMPRESSIBLE = /\.(?:html|js|css|wasm|svg|webmanifest|json|txt)$/;

/** Paths of all files below `folder`, with "/" between the parts, sorted. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    // Not the compressed copies, nor what a failed build left in a hidden folder.
    .filter((path) => !COMPRESSED.test(path) && !path.startsWith("."))
    .sort();
}

const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];

/** Style sheets that only views in chunks need; the last ones of the page. */
const LATER_STYLES = /^(?:deal|settings|data|start|palette|charts)-/;

/** Joins the page's style sheets; returns the new page. */
function joinStyles(folder, page) {
  const tags = page.match(/<link\b[^>]*\brel="stylesheet"[^>]*>/g) ?? [];
  if (tags.length < 2) return page;
  const paths = tags.map((tag) => posix.normalize(attribute(tag, "href")));
  const isLater = (path) => process.env.FAIRLEAD_CHUNKS && LATER_STYLES.test(path);
  const now = joined(folder, "style", paths.filter((path) => !isLater(path)));
  const later = paths.filter(isLater);
  const [first, ...others] = tags;
  for (const tag of others) page = page.replace(new RegExp(`${escaped(tag)}\\n?`), "");
  const links = [`<link rel="stylesheet" href="${now.href}" integrity="${now.integrity}">`];
  if (later.length > 0) {
    const { href, integrity } = joined(folder, "later", later);
    links.push(`<meta name="later-style" content="${href}" data-integrity="${integrity}">`);
  }
  return page.replace(first, links.join("\n"));
}

/** Puts the style sheets at `paths` into one file; its address and digest. */
function joined(folder, stem, paths) {
  // Comments are a tenth of what is sent; no text in a style sheet looks like one.
  const css = paths.map((path) => readFileSync(join(folder, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s+/gm, "")).join("\n");
  for (const path of paths) rmSync(join(folder, path));
  const name = `${stem}-${createHash("sha256").update(css).digest("hex").slice(0, 16)}.css`;
  writeFileSync(join(folder, name), css);
  return { href: `./${name}`, integrity: `sha384-${createHash("sha384").update(css).digest("base64")}` };
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What in `page` its own policy would block, in words; empty when all is well. */
export function blockedByPolicy(page) {
  const markup = page.replace(/<!--[\s\S]*?-->/g, "");
  const found = [];
  for (const [tag, body] of markup.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) {
    if (!attribute(tag, "src") || body.trim() !== "") found.push(`an inline script: ${tag.slice(0, 120)}`);
  }
  for (const [tag] of markup.matchAll(/<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=[^>]*>/g)) found.push(`an inline style or handler: ${tag.slice(0, 120)}`);
  for (const [, , address] of markup.matchAll(/\s(src|href)="((?:https?:)?\/\/[^"]*)"/g)) found.push(`a foreign address: ${address}`);
  return found;
}

/** Adds the chunks that scripts/split left in its folder. */
function addChunks(folder) {
  const chunks = process.env.FAIRLEAD_CHUNKS;
  if (!chunks) return;
  for (const file of filesIn(chunks)) copyFileSync(join(chunks, file), join(folder, file));
}

/** Fills in the service worker's list of files and its build id; returns the id. */
function writeServiceWorker(folder) {
  const path = join(folder, "sw.js");
  const template = readFileSync(path, "utf8");
  const files = filesIn(folder).filter((file) => file !== "sw.js" && !/^icons\/.*512/.test(file));
  const digest = createHash("sha256").update(template);
  for (const file of files) digest.update(file).update(readFileSync(join(folder, file)));
  const build = digest.digest("hex").slice(0, 12);
  const assets = files.map((file) => (file === "index.html" ? "./" : `./${file}`));
  const filled = template.replace('"__BUILD__"', JSON.stringify(build)).replace('["__ASSETS__"]', JSON.stringify(assets, null, 2));
  if (filled.includes("__BUILD__") || filled.includes("__ASSETS__")) throw new Error("public/sw.js no longer has the two constants that finish.mjs fills in");
  writeFileSync(path, filled);
  return build;
}

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

function compress(folder) {
  for (const file of filesIn(folder).filter((file) => COMPRESSIBLE.test(file))) {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.br`, brotli(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Sizes of each file of a finished build, in bytes. `first`: the first visit needs it. */
export function sizes(folder) {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  return filesIn(folder).map((file) => {
    const path = join(folder, file);
    const size = (name) => (existsSync(name) ? readFileSync(name).length : readFileSync(path).length);
    const named = page.includes(`"./${file}"`) && !file.endsWith(".png") && !file.startsWith("later-");
    const first = file === "index.html" || named;
    return { file, first, raw: size(path), gzip: size(`${path}.gz`), brotli: size(`${path}.br`) };
  });
}

/** Prints the table of sizes; returns whether the first load is within its budget. */
export function printSizes(folder, log = console.log) {
  const rows = sizes(folder).sort((a, b) => b.first - a.first || b.raw - a.raw);
  const first = rows.filter((row) => row.first);
  const sum = (list, key) => list.reduce((total, row) => total + row[key], 0);
  const kilo = (bytes) => (bytes / 1000).toFixed(1).padStart(9);
  const line = (name, row) => log(`${name.padEnd(44)}${kilo(row.raw)}${kilo(row.gzip)}${kilo(row.brotli)}`);
  const total = { raw: sum(first, "raw"), gzip: sum(first, "gzip"), brotli: sum(first, "brotli") };
  log(`${"size in kB".padEnd(44)}${"raw".padStart(9)}${"gzip".padStart(9)}${"brotli".padStart(9)}`);
  for (const row of first) line(row.file, row);
  line("first load", total);
  const later = rows.filter((row) => !row.first && /\.(?:wasm|css)$/.test(row.file));
  for (const row of later) line(row.file, row);
  if (later.length > 0) line("later, chunks", { raw: sum(later, "raw"), gzip: sum(later, "gzip"), brotli: sum(later, "brotli") });
  const rest = rows.filter((row) => !row.first && !later.includes(row));
  line("later, icons and service worker", { raw: sum(rest, "raw"), gzip: sum(rest, "gzip"), brotli: sum(rest, "brotli") });
  const within = total.brotli <= FIRST_LOAD_BUDGET;
  log(`first load ${(total.brotli / 1000).toFixed(1)} kB brotli, limit ${FIRST_LOAD_BUDGET / 1000} kB: ${within ? "within" : "OVER"}; aim ${FIRST_LOAD_AIM / 1000} kB: ${total.brotli <= FIRST_LOAD_AIM ? "met" : "not met (a note, not a failure)"}`);
  const wasm = sum(first.filter((row) => row.file.endsWith(".wasm")), "raw");
  log(`wasm ${(wasm / 1000).toFixed(1)} kB raw, aim ${WASM_NOTE / 1000} kB: ${wasm <= WASM_NOTE ? "within" : "over (a note, not a failure)"}`);
  return within;
}

function finish(folder, release) {
  const path = join(folder, "index.html");
  const page = joinStyles(folder, readFileSync(path, "utf8"));
  const blocked = blockedByPolicy(page);
  if (blocked.length > 0) throw new Error(`the page's policy would block:\n  ${blocked.join("\n  ")}`);
  writeFileSync(path, page);
  addChunks(folder);
  const build = writeServiceWorker(folder);
  console.log(`build ${build}`);
  if (!release) return;
  compress(folder);
  printSizes(folder);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  if (args.includes("--sizes")) {
    const within = printSizes(args.find((arg) => !arg.startsWith("--")) ?? "dist");
    if (!within && args.includes("--check")) process.exitCode = 1;
  } else if (process.env.TRUNK_STAGING_DIR) {
    finish(process.env.TRUNK_STAGING_DIR, process.env.TRUNK_PROFILE === "release");
  } else {
    console.error("Trunk runs this after a build; use ./scripts/build, or --sizes to see the sizes of dist/.");
    process.exitCode = 2;
  }
}
