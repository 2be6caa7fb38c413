// Fairlead's service worker: keeps one whole build of the page, so that it opens at once and
// without a network. scripts/finish.mjs fills in the two constants below.
//
// How a newer version arrives: the browser fetches this file on each visit; when a byte of it
// differs, the new worker stores its whole build under a name of its own and then waits. It never
// takes a running page over by force. It is taken when
//   - the page asks for it (message "skip-waiting"), or
//   - the only open tab is reloaded, or
//   - every tab was closed.
//
// Messages. From the page to the worker:
//   { type: "skip-waiting" }         take over now; the page reloads on "controllerchange".
//   { type: "build" }                ask which build answers; the reply comes over the port sent along.
// From the worker to every open page:
//   { type: "update-ready", build }  a newer build is stored and waits.
// public/boot.js turns these into the window events "fairlead-update-ready" and
// "fairlead-update-apply", which is what the program uses.
"use strict";

const BUILD = "__BUILD__";
/** Addresses relative to this file; "./" is the page itself. @type {string[]} */
const ASSETS = ["__ASSETS__"];

const SCOPE = new URL("./", self.location.href).href;
const PAGE = SCOPE;
// One origin can hold several copies of the page in different folders: each has its own caches.
const PREFIX = `fairlead:${new URL(SCOPE).pathname}:`;
const CACHE = PREFIX + BUILD;
// Trunk's content hash; such a file never changes, so the browser's own copy is as good as new.
const HASHED = /-[0-9a-f]{16}(?:_bg)?\.[a-z]+$/;

async function store() {
  const cache = await caches.open(CACHE);
  const requests = ASSETS.map((path) => {
    const url = new URL(path, SCOPE).href;
    return new Request(url, { cache: HASHED.test(url) ? "default" : "reload" });
  });
  try {
    // All or nothing: addAll writes only when every answer was a success.
    await cache.addAll(requests);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function announce() {
  if (!self.registration.active) return;
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    page.postMessage({ type: "update-ready", build: BUILD });
  }
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

async function openPage() {
  const waiting = self.registration.waiting;
  if (waiting) {
    const open = await self.clients.matchAll({ type: "window" });
    if (open.length < 2) {
      // The only tab is being reloaded: hand over, and let the browser ask again at once.
      waiting.postMessage({ type: "skip-waiting" });
      const blank = '<!doctype html><title>Fairlead</title><link rel="icon" href="data:,">';
      return new Response(blank, { headers: { "Content-Type": "text/html", Refresh: "0" } });
    }
  }
  return (await stored(PAGE)) ?? fetch(PAGE);
}

async function stored(request) {
  const cache = await caches.open(CACHE);
  return cache.match(request, { ignoreVary: true });
}

self.addEventListener("install", (event) => event.waitUntil(store().then(announce)));

self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

self.addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
  if (event.data?.type === "build") event.ports[0]?.postMessage({ type: "build", build: BUILD });
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  if (request.mode === "navigate") {
    const path = request.url.slice(SCOPE.length).split(/[?#]/)[0];
    if (path === "" || path === "index.html") event.respondWith(openPage());
    return;
  }
  event.respondWith(stored(request).then((hit) => hit ?? fetch(request)));
});
