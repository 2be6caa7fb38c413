// Draws the icons in public/icons/ anew: `node scripts/icons.mjs`. Needs ./scripts/setup --test.
// The results are committed; run this only after a change of the mark.
//
// The mark is a fairlead: a ring on a deck that leads a rope round a corner.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FLAGS, chromium, chromiumPath } from "../tests/e2e/chromium.mjs";

const FOLDER = fileURLToPath(new URL("../public/icons/", import.meta.url));
const TILE = "#0f6b5c";
const ROPE = "#8fdccb";
const RING = "#ffffff";

// In a square of 512. The rope passes behind the ring's left side and over its right side.
const MARK = `
  <g fill="none" stroke-linecap="round">
    <path d="M66 396 C150 396 196 352 232 296" stroke="${ROPE}" stroke-width="46"/>
    <circle cx="256" cy="256" r="112" stroke="${RING}" stroke-width="50"/>
    <path d="M238 284 C282 214 330 130 446 130" stroke="${TILE}" stroke-width="74" stroke-linecap="butt"/>
    <path d="M238 284 C282 214 330 130 446 130" stroke="${ROPE}" stroke-width="46"/>
  </g>`;

const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${body.replace(/\n\s*/g, "")}</svg>\n`;
const rounded = svg(`<rect width="512" height="512" rx="116" fill="${TILE}"/>${MARK}`);
// A launcher may cut a maskable icon down to a circle of 80 % of its width: full tile, smaller mark.
const maskable = svg(`<rect width="512" height="512" fill="${TILE}"/><g transform="translate(256 256) scale(.72) translate(-256 -256)">${MARK}</g>`);

mkdirSync(FOLDER, { recursive: true });
writeFileSync(`${FOLDER}icon.svg`, rounded);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
try {
  for (const [name, picture, size] of [
    ["icon-192", rounded, 192],
    ["icon-512", rounded, 512],
    ["icon-maskable-512", maskable, 512],
  ]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${picture}`);
    await page.screenshot({ path: `${FOLDER}${name}.png`, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
