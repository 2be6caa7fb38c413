// The page around the program: first paint, policy, work without a network, updates, failures.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FIRST_LOAD_BUDGET, blockedByPolicy, printSizes } from "../../scripts/finish.mjs";
import { DIST, freshFolder, journey, serve, serviceWorkerReady } from "./harness.mjs";

/** A server that lives as long as the test; `before` as in `serve`. */
async function serverFor(t, root, before) {
  const server = await serve({ root, before });
  t.after(() => server.close());
  return server;
}

/** A server on dist/ that holds the wasm back until `release` is called. */
async function holdingWasm(t) {
  let release;
  const gate = new Promise((done) => (release = done));
  t.after(() => release());
  return { server: await serverFor(t, DIST, (request) => (request.url.endsWith(".wasm") ? gate : undefined)), release };
}

/** A copy of the build, without the compressed files, that `change(file, function)` can edit. */
function copiedBuild() {
  const folder = freshFolder();
  cpSync(DIST, folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  return {
    folder,
    change(file, edit) {
      const path = join(folder, file);
      const before = readFileSync(path, "utf8");
      const later = edit(before);
      assert.notEqual(later, before, `the change to ${file} must change something`);
      writeFileSync(path, later);
    },
    /** Makes the copy a newer edition, which the page can be told by its data-edition. */
    publish(edition) {
      this.change("index.html", (text) => text.replace(/<html lang="en"( data-edition="\w+")?>/, `<html lang="en" data-edition="${edition}">`));
      this.change("sw.js", (text) => text.replace(/const BUILD = "\w+"/, `const BUILD = "${edition}"`));
    },
  };
}

const edition = (page) => page.evaluate(() => document.documentElement.dataset.edition ?? "first");
const background = (page, selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
const cacheNames = (page) => page.evaluate(() => caches.keys());

journey("starts, asks no other host and sends nothing once it has loaded", async (app) => {
  assert.equal(await app.page.title(), "Fairlead");
  await app.quiet(async () => {
    await app.page.mouse.move(400, 300);
    await app.page.keyboard.press("Tab");
  });
});

for (const colorScheme of ["light", "dark"]) {
  journey(`paints the outline before the wasm arrives, ${colorScheme}`, { open: false }, async (_, { open, t }) => {
    const { server, release } = await holdingWasm(t);
    const app = await open({ wait: false, colorScheme, server });
    const painted = await app.page.evaluate(
      () =>
        new Promise((done) => {
          new PerformanceObserver((list) => {
            if (list.getEntriesByName("first-contentful-paint").length > 0) done(true);
          }).observe({ type: "paint", buffered: true });
        }),
    );
    assert.ok(painted);
    assert.ok(await app.page.locator("#skeleton .sk-brand").isVisible());
    assert.equal(await app.page.evaluate(() => document.documentElement.dataset.started), undefined, "the program is still held back");
    assert.equal(await background(app.page, "#skeleton"), colorScheme === "light" ? "rgb(247, 247, 245)" : "rgb(19, 20, 22)");
    release();
    await app.started();
  });
}

journey("a saved theme holds from the first paint, against the system's", { open: false }, async (_, { open, t }) => {
  const { server, release } = await holdingWasm(t);
  const held = await open({ wait: false, colorScheme: "light", server });
  await held.page.evaluate(() => localStorage.setItem("fairlead.prefs", JSON.stringify({ theme: "dark" })));
  await held.page.reload({ waitUntil: "commit" });
  assert.equal(await background(held.page, "#skeleton"), "rgb(19, 20, 22)");
  assert.equal(await held.page.locator("meta[name=theme-color]").first().getAttribute("content"), "#131416");
  for (const odd of ['{"theme":"system"}', '{"theme":7}', "null", "not JSON", '{"theme":"light\\" onload=1"}']) {
    await held.page.evaluate((text) => localStorage.setItem("fairlead.prefs", text), odd);
    await held.page.reload({ waitUntil: "commit" });
    assert.equal(await background(held.page, "#skeleton"), "rgb(247, 247, 245)", odd);
  }
  release();
  await held.started();
});

journey("its policy refuses markup that runs, foreign scripts and foreign hosts", async (app) => {
  const refused = await app.page.evaluate(() => {
    const attempts = [
      "<img src=x onerror=alert(1)>",
      "<svg/onload=alert(1)>",
      "<script>alert(1)</script>",
      '<a href="javascript:alert(1)">x</a>',
      '<iframe srcdoc="x"></iframe>',
      '<base href="https://example.invalid/">',
    ];
    return attempts.filter((html) => {
      try {
        document.createElement("div").innerHTML = html;
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    }).length;
  });
  assert.equal(refused, 6);
  const allowed = await app.page.evaluate(() => {
    const box = document.createElement("div");
    box.innerHTML = "<p>Conditions on = request <b>once</b></p>";
    return box.querySelector("b").textContent;
  });
  assert.equal(allowed, "once");
  const blocked = await app.page.evaluate(async () => {
    const attempt = (make) => {
      try {
        make();
        return "done";
      } catch {
        return "refused";
      }
    };
    return {
      // From a timer: what the test itself evaluates is exempt from the policy.
      code: await new Promise((done) => setTimeout(() => done(attempt(() => (0, eval)("1"))))),
      worker: attempt(() => new Worker("https://example.invalid/worker.js")),
      fetched: await fetch("https://example.invalid/").catch(() => "refused"),
    };
  });
  assert.deepEqual(blocked, { code: "refused", worker: "refused", fetched: "refused" });
  app.expectProblem(/policy violation: require-trusted-types-for/);
  app.expectProblem(/policy violation: connect-src blocked https:\/\/example\.invalid/);
  app.expectProblem(/^console: (?!policy violation)/);
});

test("the check on a finished page finds what the policy would block", () => {
  assert.equal(blockedByPolicy("<script>1</script>").length, 1);
  assert.equal(blockedByPolicy('<script src="./a.js">1</script>').length, 1);
  assert.equal(blockedByPolicy('<p style="color:red">x</p>').length, 1);
  assert.equal(blockedByPolicy('<button onclick="x()">x</button>').length, 1);
  assert.equal(blockedByPolicy('<link rel="stylesheet" href="//fonts.example/x.css">').length, 1);
  assert.deepEqual(blockedByPolicy(readFileSync(join(DIST, "index.html"), "utf8")), []);
});

journey("loads again with the network gone and the server stopped", { open: false }, async (_, { open, t }) => {
  const server = await serverFor(t, DIST);
  const app = await open({ server });
  await serviceWorkerReady(app.page);
  await app.context.setOffline(true);
  await server.close();
  await app.reload();
  // The thread for long calculations starts without a network too.
  const { page } = app;
  await page.getByRole("button", { name: /sample/i }).first().click();
  await page.locator("[data-deal]").first().waitFor();
  const started = page.waitForEvent("worker", (worker) => worker.url().endsWith("worker.js"));
  await page.evaluate(() => { location.hash = "#/forecast/forecast"; });
  const thread = await started;
  await thread.evaluate(() => new Promise((done) => {
    // Set once the program runs in it.
    const ask = () => (self.onmessage ? done() : setTimeout(ask, 20));
    ask();
  }));
  await page.locator(".figure").filter({ hasText: "Simulated, middle" }).getByRole("button", { name: /show the deals/ }).waitFor();
});

journey("the browser would install it as an application", async (app) => {
  const devtools = await app.context.newCDPSession(app.page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
  const { errors } = await devtools.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
});

journey("a newer version waits, and is taken when the only tab is reloaded", { open: false }, async (_, { open, t }) => {
  const build = copiedBuild();
  const app = await open({ server: await serverFor(t, build.folder) });
  await serviceWorkerReady(app.page);
  build.publish("second");
  await app.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await app.page.waitForFunction(() => document.documentElement.dataset.update === "ready");
  assert.equal(await edition(app.page), "first", "a running page is not replaced");
  assert.equal((await cacheNames(app.page)).length, 2);
  await app.page.reload();
  await app.page.waitForFunction(() => document.documentElement.dataset.edition === "second");
  await app.started();
  await app.page.waitForFunction(async () => (await caches.keys()).length === 1);
  assert.match((await cacheNames(app.page))[0], /:second$/);
});

journey("with two tabs a newer version is offered, and taken only when asked for", { open: false }, async (_, { open, t }) => {
  const build = copiedBuild();
  const app = await open({ server: await serverFor(t, build.folder) });
  await serviceWorkerReady(app.page);
  const other = await app.tab();
  build.publish("second");
  await app.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  for (const page of [app.page, other]) await page.waitForFunction(() => document.documentElement.dataset.update === "ready");
  await app.reload();
  assert.equal(await edition(app.page), "first", "the other tab still runs the first version");
  // Not while the page is still fetching its chunks.
  await app.page.waitForFunction(() => document.documentElement.dataset.update === "ready" && document.documentElement.dataset.whole === "yes");
  await app.page.evaluate(() => void dispatchEvent(new CustomEvent("fairlead-update-apply")));
  await app.page.waitForFunction(() => document.documentElement.dataset.edition === "second");
  await app.started();
  assert.equal(await edition(other), "first", "the other tab goes on until it is reloaded");
});

journey("a newer version that cannot be had whole is not kept", { open: false }, async (_, { open, t }) => {
  const build = copiedBuild();
  const app = await open({ server: await serverFor(t, build.folder) });
  await serviceWorkerReady(app.page);
  build.publish("second");
  build.change("sw.js", (text) => text.replace('"./",', '"./", "./missing-file.js",'));
  await app.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const worker = await registration.update().then(() => registration.installing ?? registration.waiting, () => null);
    if (worker && worker.state !== "redundant") await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "redundant" && done()));
  });
  assert.ok(app.server.requests.includes("/missing-file.js"), "the newer version was tried");
  assert.equal((await cacheNames(app.page)).filter((name) => name.endsWith(":second")).length, 0);
  await app.context.setOffline(true);
  await app.reload();
  assert.equal(await edition(app.page), "first");
});

journey("says in plain words that the program did not arrive", { open: false }, async (_, { open, t }) => {
  const build = copiedBuild();
  build.change("index.html", (text) => text.replaceAll(/_bg\.wasm/g, "_gone.wasm"));
  const app = await open({ wait: false, server: await serverFor(t, build.folder) });
  await app.page.getByRole("alert").waitFor();
  assert.ok(await app.page.getByRole("heading", { name: "Fairlead could not start" }).isVisible());
  assert.match(await app.page.locator("#failure-why").innerText(), /What the browser said: \S/);
  await app.axe();
  await app.page.emulateMedia({ colorScheme: "dark" });
  await app.axe();
  await Promise.all([app.page.waitForEvent("load"), app.page.getByRole("button", { name: "Reload" }).click()]);
  app.expectProblem(/404/);
  app.expectProblem(/uncaught|Failed|Response/);
});

journey("says in plain words that the program has stopped", async (app) => {
  await app.page.evaluate(() => void queueMicrotask(() => { throw new WebAssembly.RuntimeError("unreachable"); }));
  assert.ok(await app.page.getByRole("heading", { name: "Fairlead has stopped" }).isVisible());
  app.expectProblem(/unreachable/);
});

journey("runs from a folder below the root of a host", { open: false }, async (_, { open, t }) => {
  const root = freshFolder();
  mkdirSync(join(root, "some"));
  symlinkSync(DIST, join(root, "some", "folder"));
  const server = await serverFor(t, root);
  const app = await open({ server, url: `${server.url}some/folder/` });
  await serviceWorkerReady(app.page);
  assert.ok(server.requests.every((path) => path.startsWith("/some/folder/")), server.requests.join(" "));
});

journey("the first visit stays within its budget and fetches no file twice", { open: false }, async (_, { open, t }) => {
  const server = await serverFor(t, DIST);
  const app = await open({ server });
  // Without what comes later: some of it is here already.
  const bytes = await app.page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .filter((entry) => !/\/(?:split|chunk|later)-/.test(entry.name))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  );
  await serviceWorkerReady(app.page);
  const hashed = server.requests.filter((path) => /-[0-9a-f]{16}(_bg)?\./.test(path));
  assert.deepEqual(hashed.filter((path, index) => hashed.indexOf(path) !== index), [], "a file was fetched twice");
  t.diagnostic(`the first visit took ${(bytes / 1000).toFixed(1)} kB, budget ${FIRST_LOAD_BUDGET / 1000} kB`);
  assert.ok(bytes > 10_000 && bytes <= FIRST_LOAD_BUDGET, `${bytes} bytes`);
  assert.ok(printSizes(DIST, (line) => t.diagnostic(line)));
});

journey("what was saved survives a killed browser", { killable: true }, async (app, { open }) => {
  await app.page.evaluate(
    () =>
      new Promise((done, failed) => {
        const opening = indexedDB.open("harness", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("box");
        opening.onsuccess = () => {
          const writing = opening.result.transaction("box", "readwrite");
          writing.objectStore("box").put("kept", 1);
          writing.oncomplete = done;
          writing.onabort = failed;
        };
      }),
  );
  await app.kill();
  const again = await open({ profile: app.profile });
  const found = await again.page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open("harness", 1);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("box").objectStore("box").get(1);
          reading.onsuccess = () => done(reading.result);
        };
      }),
  );
  assert.equal(found, "kept");
});
