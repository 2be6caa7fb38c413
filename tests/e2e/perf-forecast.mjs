// How fast the simulation is in its worker: 10,000 trials of 1,000 deals over four months, beside a
// plain loop in JavaScript that does the same in the same run. Prints; fails on nothing but a wrong
// result.
//
//   node tests/e2e/perf-forecast.mjs [--dist FOLDER]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FLAGS, chromium, chromiumPath } from "./chromium.mjs";
import { serve } from "../../scripts/server.mjs";

const at = process.argv.indexOf("--dist");
const dist = at > 0 ? process.argv[at + 1] : fileURLToPath(new URL("../../dist", import.meta.url));
const server = await serve({ root: dist });
const profile = mkdtempSync(join(tmpdir(), "fairlead-perf-"));
const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args: FLAGS, headless: true });
try {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(server.url);
  await page.waitForFunction(() => document.documentElement.dataset.started === "yes");
  const found = await page.evaluate(async () => {
    const [DEALS, TRIALS, MONTHS, STRATA, RHO] = [1_000, 10_000, 4, 64, 0.05];
    const phi = (x) => {
      // Abramowitz and Stegun 7.1.26.
      const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
      const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp((-x * x) / 2);
      return x < 0 ? tail / 2 : 1 - tail / 2;
    };
    const quantile = (p) => {
      let [low, high] = [-9, 9];
      for (let n = 0; n < 60; n++) [low, high] = phi((low + high) / 2) < p ? [(low + high) / 2, high] : [low, (low + high) / 2];
      return low;
    };
    const deals = Array.from({ length: DEALS }, (_, n) => ({ p: 0.05 + (0.6 * ((n * 7919) % 1000)) / 1000, value: 500_000 + ((n * 104_729) % 900_000) }));
    const ratios = Array.from({ length: 256 }, (_, n) => 48 + (n >> 3));
    const fresh = Array.from({ length: 256 }, (_, n) => 300_000 + 2_000 * n);
    const arrivals = [0.5, 1, 2, 3];
    const thresholds = deals.map((d) => quantile(d.p));
    const when = deals.flatMap(() => [0.25, 0.5, 0.75, 1].map((s) => Math.min(s * 2 ** 32, 2 ** 32 - 1)));

    // The worker, spoken to as the page does (src/shell/worker.rs, Plan::to_words).
    const bits = (x) => new BigUint64Array(new Float64Array([x]).buffer)[0];
    const column = (all, to = BigInt) => [BigInt(all.length), ...all.map(to)];
    const words = BigUint64Array.from([
      1n, BigInt(TRIALS), 1n, BigInt(MONTHS), 0n, BigInt(MONTHS), bits(RHO), 0n, 1n,
      ...column(deals.map((_, n) => n + 1)), ...column(thresholds, bits), ...column(when.map(Math.floor)), ...column(deals.map((d) => d.value)),
      ...column(ratios), ...column(arrivals, bits), ...column(fresh), ...column([0, 0, 0, 0]),
    ]);
    const link = (rel) => document.querySelector(`link[rel="${rel}"][href*="fairlead-"]`).href;
    const worker = new Worker("./worker.js", { type: "module" });
    const next = (is) => new Promise((done) => worker.addEventListener("message", function hear({ data }) {
      if (is(data)) {
        worker.removeEventListener("message", hear);
        done(data);
      }
    }));
    const ready = next((m) => m[0] === "ready");
    worker.postMessage([link("modulepreload"), link("preload")]);
    await ready;
    const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];
    const times = { wasm: [], script: [] };
    let mean;
    for (let n = 0; n < 5; n++) {
      const begun = performance.now();
      const answer = next((m) => m[0] === n + 1 && m[1] instanceof BigUint64Array);
      worker.postMessage([n + 1, words, ""]);
      mean = Number((await answer)[1][3]);
      times.wasm.push(performance.now() - begun);
    }

    // The same in JavaScript: 32 random bits (xoshiro128**), the same strata, columns of numbers.
    function play() {
      let [a, b, c, d] = [1, 2, 3, 4];
      const draw = () => {
        const out = Math.imul((Math.imul(b, 5) << 7) | (Math.imul(b, 5) >>> 25), 9) >>> 0;
        const t = b << 9;
        c ^= a; d ^= b; b ^= c; a ^= d; c ^= t;
        d = (d << 11) | (d >>> 21);
        return out;
      };
      const values = Float64Array.from(deals, (x) => x.value);
      const moments = Float64Array.from(when);
      const chances = new Float64Array(DEALS);
      const sums = Array.from({ length: MONTHS }, () => new Float64Array(TRIALS));
      const totals = new Float64Array(TRIALS);
      let [stratum, good] = [-1, 1];
      for (let trial = 0; trial < TRIALS; trial++) {
        const now = Math.floor((trial * STRATA) / TRIALS);
        if (now !== stratum) {
          stratum = now;
          const z = quantile((stratum + 0.5) / STRATA);
          for (let n = 0; n < DEALS; n++) chances[n] = phi((thresholds[n] + Math.sqrt(RHO) * z) / Math.sqrt(1 - RHO)) * 2 ** 32;
          good = phi((quantile(0.1) + Math.sqrt(RHO) * z) / Math.sqrt(1 - RHO)) / 0.1;
        }
        for (let n = 0; n < DEALS; n++) {
          if (draw() < chances[n]) {
            const moment = draw();
            let month = 0;
            while (month < MONTHS - 1 && moment >= moments[n * MONTHS + month]) month++;
            sums[month][trial] += (values[n] * ratios[draw() & 255]) / 64;
          }
        }
        for (let month = 0; month < MONTHS; month++) {
          const limit = Math.exp(-arrivals[month] * good);
          for (let product = draw() / 2 ** 32; product > limit; product *= draw() / 2 ** 32) sums[month][trial] += fresh[draw() & 255];
          totals[trial] += sums[month][trial];
        }
      }
      for (const column of sums) column.sort();
      return totals.sort().reduce((sum, x) => sum + x, 0) / TRIALS;
    }
    let other;
    for (let n = 0; n < 5; n++) {
      const begun = performance.now();
      other = play();
      times.script.push(performance.now() - begun);
    }
    worker.terminate();
    return { wasm: median(times.wasm), script: median(times.script), mean, other };
  });
  if (Math.abs(found.mean / found.other - 1) > 0.02) throw new Error(`the two do not agree: ${found.mean} and ${found.other}`);
  console.log(`10,000 trials × 1,000 deals: worker ${found.wasm.toFixed(0)} ms, plain script ${found.script.toFixed(0)} ms, ratio ${(found.wasm / found.script).toFixed(2)} (aim 0.7)`);
} finally {
  await context.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
