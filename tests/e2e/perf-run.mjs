// What all measurements in the browser begin with: what was asked for, a server and a browser.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FLAGS, chromium, chromiumPath } from "./chromium.mjs";
import { serve } from "../../scripts/server.mjs";

/** What was typed behind the script's name; options are taken out as they are asked for. */
export const args = process.argv.slice(2);

/** The value behind an option; null where it was not given. */
export const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? null : args.splice(at, 2)[1];
};

const dist = option("--dist") ?? fileURLToPath(new URL("../../dist", import.meta.url));

/** The folder for CPU profiles; null where none are asked for. */
export const profiles = option("--profile");
if (profiles) mkdirSync(profiles, { recursive: true });

/** Keeps a CPU profile. */
export const keepProfile = (name, profile) => writeFileSync(join(profiles, `${name}.cpuprofile`), JSON.stringify(profile));

/** Runs `measure(browser, url)` with a fresh browser and the built page served. */
export async function withBrowser(measure) {
  const server = await serve({ root: dist });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
  try {
    await measure(browser, server.url);
  } finally {
    await browser.close();
    await server.close();
  }
}
