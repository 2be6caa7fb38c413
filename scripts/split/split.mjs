// Cuts the compiled program into what the first load needs and chunks for later (src/ui/lazy).
// Called by Trunk in the place of wasm-bindgen, with its arguments; see the script beside this one.
//
//   1. wasm-split-cli moves what only a chunk needs out of the program, into files of their own,
//      and writes a script with one loading function for each;
//   2. the real wasm-bindgen works on what is left;
//   3. the imports of the program lose the digests in their names, which do not compress;
//   4. wasm-opt makes each chunk smaller, as Trunk does with the program;
//   5. each chunk gets its content into its name, and the loading functions become part of the
//      script that wasm-bindgen wrote, so that one file and no circle of imports names them all.
//
// FAIRLEAD_BINDGEN is the real wasm-bindgen, FAIRLEAD_CHUNKS the folder for the chunks, from which
// scripts/finish.mjs takes them.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const { FAIRLEAD_BINDGEN: bindgen, FAIRLEAD_CHUNKS: chunks } = process.env;
const args = process.argv.slice(2);
const run = (command, ...rest) => execFileSync(command, rest, { stdio: "inherit" });

/** Replaces `old` in `text`; fails where it does not stand, since then a tool writes something new. */
function replace(text, old, by) {
  const found = text.match(old);
  if (!found) throw new Error(`scripts/split/split.mjs no longer fits what the tools write: ${old} is not in it`);
  return text.replace(old, by);
}

/** Reads an unsigned LEB128 number: the number and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

/** Writes an unsigned LEB128 number. */
function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** Gives the imports of a module the names that `rename` makes of theirs. */
function renameImports(bytes, rename) {
  const out = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const [size, start] = number(bytes, at + 1);
    if (bytes[at] !== 2) out.push(bytes.subarray(at, start + size));
    else {
      let [count, next] = number(bytes, start);
      const body = [leb(count)];
      const text = () => {
        const [length, from] = number(bytes, next);
        next = from + length;
        return bytes.toString("utf8", from, next);
      };
      const put = (name) => body.push(leb(Buffer.byteLength(name)), Buffer.from(name));
      for (; count > 0; count--) {
        put(text());
        put(rename(text()));
        // wasm-bindgen's programs import functions only.
        if (bytes[next] !== 0) throw new Error("scripts/split/split.mjs expects imported functions only");
        const [, end] = number(bytes, next + 1);
        body.push(bytes.subarray(next, end));
        next = end;
      }
      const section = Buffer.concat(body);
      out.push(Buffer.from([2]), leb(section.length), section);
    }
    at = start + size;
  }
  return Buffer.concat(out);
}

/** Short names for imports such as `__wbg_append_0123456789abcdef`: `append`, `append1`, … */
function shortener() {
  const given = new Map();
  const taken = new Set();
  return (name) => {
    const [, plain] = name.match(/^__wb(?:g|indgen)_(?:__wbindgen_)?(\w+)_[0-9a-f]{16}$/) ?? [];
    if (!plain) return name;
    if (!given.has(name)) {
      let short = plain;
      for (let n = 1; taken.has(short); n++) short = `${plain}${n}`;
      taken.add(short);
      given.set(name, short);
    }
    return given.get(name);
  };
}

/** How wasm-opt is to work: what index.html tells Trunk. */
function optimisation() {
  const page = readFileSync("index.html", "utf8");
  const of = (name) => page.match(new RegExp(`\\s${name}="([^"]*)"`))[1];
  return [`-O${of("data-wasm-opt")}`, ...of("data-wasm-opt-params").split(/\s+/)];
}

/** Makes the chunks in `folder` smaller and gives them their names; from the old name to the new one and its digest. */
async function name(folder) {
  const files = readdirSync(folder).filter((file) => /^(?:split|chunk)_.*\.wasm$/.test(file));
  const options = optimisation();
  const named = await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      await promisify(execFile)("wasm-opt", [...options, path, "-o", path]);
      const bytes = readFileSync(path);
      const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
      const target = `${file.replace(/\.wasm$/, "").replace("_", "-")}-${hash}.wasm`;
      writeFileSync(join(chunks, target), bytes);
      return [file, { target, integrity: `sha384-${createHash("sha384").update(bytes).digest("base64")}` }];
    }),
  );
  return new Map(named);
}

/** The loading functions as part of wasm-bindgen's script; `from` is what wasm-split-cli wrote. */
function loaders(from, named) {
  let text = replace(from, /^import \{ initSync \} from "[^"]*";\n/m, "");
  const exports = [...text.matchAll(/^export const (\w+) = /gm)].map(([, name]) => name);
  text = text.replace(/^export const /gm, "const ");
  // A host that sends the wrong type is put up with, as wasm-bindgen does for the program.
  text = text.replace(/WebAssembly\.instantiateStreaming\(src, imports\)/g, "instantiate(src, imports)");
  text = text.replace(/fetch\(new URL\("\.\/(\w+\.wasm)", import\.meta\.url\)\)/g, (_, file) => {
    const { target, integrity } = named.get(file);
    return `fetch(new URL("./${target}", import.meta.url), { integrity: "${integrity}" })`;
  });
  if (/instantiateStreaming|"\.\/(?:split|chunk)_/.test(text)) throw new Error("scripts/split/split.mjs no longer fits what wasm-split-cli writes");
  return `
// Chunks of the program, loaded when first needed, and the style sheet of their views.
let style;
function laterStyle() {
  style ??= new Promise((done, failed) => {
    const { content, dataset } = document.querySelector('meta[name="later-style"]');
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: content, integrity: dataset.integrity, onload: done });
    link.onerror = () => {
      style = undefined;
      link.remove();
      failed(new Error("the style sheet did not load"));
    };
    document.head.append(link);
  });
  return style;
}
async function instantiate(source, imports) {
  const [answer] = await Promise.all([source, laterStyle()]);
  if (!answer.ok) throw new Error(\`\${new URL(answer.url).pathname} did not load: \${answer.status}\`);
  if (answer.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.instantiateStreaming(answer, imports);
  return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
${text}
const __chunks = { ${exports.join(", ")} };
`;
}

async function split() {
  const input = args.find((arg) => !arg.startsWith("-"));
  const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`)).slice(name.length + 3);
  const [out, program] = [option("out-dir"), option("out-name")];
  const parts = join(out, "parts");
  for (const folder of [parts, chunks]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  run("wasm-split-cli", "--target", "web", "--out-name", program, input, parts);
  const others = args.filter((arg) => arg !== input);
  // Chunks find what they share by the linker's own names.
  run(bindgen, ...others, "--keep-lld-exports", "--no-demangle", join(parts, `${program}.wasm`));
  const named = await name(parts);
  const path = join(out, `${program}.js`);
  let script = readFileSync(path, "utf8");
  // One import and one line for each loading function, all of the same file.
  script = replace(script, /^import \* as \w+ from "\.\/__wasm_split\.js";?\n/gm, "");
  script = replace(script, /^ *"\.\/__wasm_split\.js": \w+,\n/m, '        "./__wasm_split.js": __chunks,\n');
  script = script.replace(/^ *"\.\/__wasm_split\.js": import\w+,\n/gm, "");
  const short = shortener();
  script = script.replace(/\b__wb(?:g|indgen)_\w+_[0-9a-f]{16}\b/g, short);
  const wasm = join(out, `${program}_bg.wasm`);
  writeFileSync(wasm, renameImports(readFileSync(wasm), short));
  writeFileSync(path, script + loaders(readFileSync(join(parts, "__wasm_split.js"), "utf8"), named));
}

if (args.includes("--version")) run(bindgen, "--version");
else await split();
