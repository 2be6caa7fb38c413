// Which Chromium, and with which flags: no sandbox (there is none for root in a container), and
// none of the browser's own traffic.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export { chromium } from "playwright-core";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The path of the Chromium that the tests use. */
export function chromiumPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [process.env.CHROME_PATH, ...names.flatMap((name) => folders.map((folder) => join(folder, name)))];
  for (const path of candidates) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not this one.
    }
  }
  throw new Error("No Chromium found: run ./scripts/setup --test, or set CHROME_PATH.");
}
