// Runs before anything is painted and before the wasm is fetched. It does what cannot wait for the
// program itself, or need not be part of it: the saved theme, the Trusted Types policy, the message
// shown when the program cannot start, the question before something unsaved is left, and the
// service worker.
//
// Contracts with the program:
//   localStorage["fairlead.prefs"]  JSON object; "theme" is "light", "dark" or "system".
//   <html data-theme>               "light" or "dark"; absent means the system's choice.
//   <html data-update="ready">      set when a newer version waits; the event
//                                   "fairlead-update-ready" is sent to window at the same time.
//   "fairlead-update-apply"         send this event to window to take the newer version and reload.
(() => {
  "use strict";
  const page = document.documentElement;

  // 1. The saved theme.
  try {
    const theme = JSON.parse(localStorage.getItem("fairlead.prefs") ?? "null")?.theme;
    if (theme === "light" || theme === "dark") {
      page.dataset.theme = theme;
      const bars = [...document.querySelectorAll("meta[name=theme-color]")];
      const colour = bars.find((bar) => bar.dataset.scheme === theme)?.content;
      for (const bar of bars) bar.content = colour ?? bar.content;
    }
  } catch {
    // Storage is blocked or holds no JSON: the system's choice stands.
  }

  // 2. Trusted Types. The framework builds its templates through innerHTML, from strings that
  // were fixed when the program was compiled. This policy lets those pass and refuses anything
  // that could run: a refusal is a TypeError in the caller and a policy violation event.
  const RUNS =
    /<\s*\/?\s*(?:script|iframe|object|embed|base|meta|link)\b|[\s/"'`]on[a-z]+\s*=|\bsrcdoc\s*=|j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:/i;
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (RUNS.test(html) ? null : html),
    createScript: () => null,
    createScriptURL: (url) => (new URL(url, document.baseURI).origin === location.origin ? url : null),
  });

  // 3. A failure in plain words instead of an empty or a dead page.
  function fail(reason, started) {
    const panel = document.getElementById("failure");
    if (!panel) {
      document.addEventListener("DOMContentLoaded", () => fail(reason, started), { once: true });
      return;
    }
    if (!panel.hidden) return;
    if (started) {
      document.getElementById("failure-title").textContent = "Fairlead has stopped";
      document.getElementById("failure-advice").textContent =
        "A fault inside the program stopped it. Every change that was shown as saved is safe. Reload the page to go on.";
    }
    document.getElementById("failure-why").textContent = `What the browser said: ${reason}`;
    document.getElementById("failure-reload").addEventListener("click", () => location.reload());
    document.getElementById("skeleton")?.remove();
    panel.hidden = false;
  }
  // A trap in the wasm; a browser without WebAssembly cannot have one.
  const trapped = (error) => "WebAssembly" in globalThis && error instanceof WebAssembly.RuntimeError;
  const started = () => page.dataset.started === "yes";
  addEventListener("fairlead-failed", (event) => fail(String(event.detail), false));
  addEventListener(
    "error",
    (event) => {
      // A script file that did not arrive, or a trap: both leave nothing running.
      if (event.target instanceof HTMLScriptElement) {
        fail(`${new URL(event.target.src).pathname} did not load.`, false);
      } else if (trapped(event.error)) {
        fail(event.error.message, started());
      }
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => {
    if (trapped(event.reason)) fail(event.reason.message, started());
  });

  // 4. Nothing unsaved goes without a question: changes that wait to be written
  // ([data-unsaved]), and forms into which something was typed since they were last sent.
  const TEXTS = "input:not([type=radio], [type=checkbox], [type=search], [type=file]), textarea";
  const FORMS = "form, .deal-form, .deal-composer";
  const typed = new Map();
  addEventListener("input", ({ target }) => {
    const form = target.matches?.(TEXTS) ? target.closest(FORMS) : null;
    if (form) typed.set(target, form);
  });
  addEventListener("submit", ({ target: form }) =>
    // What was refused is still there, and says why.
    setTimeout(() => {
      if (form.querySelector("[aria-invalid=true]")) return;
      for (const [control, of] of typed) if (of === form) typed.delete(control);
    }),
  );
  addEventListener("beforeunload", (event) => {
    for (const control of typed.keys()) {
      // What has gone with its form or was emptied again is no loss.
      if (!control.isConnected || control.value === "") typed.delete(control);
    }
    if (typed.size > 0 || document.querySelector("[data-unsaved]")) event.preventDefault();
  });

  // 5. The service worker, which keeps a copy of the page for work without a network.
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  if (!("serviceWorker" in navigator) || !(location.protocol === "https:" || local)) return;
  let applying = false;
  let waiting = null;
  const offer = (worker) => {
    waiting = worker;
    page.dataset.update = "ready";
    dispatchEvent(new CustomEvent("fairlead-update-ready"));
  };
  const controlled = () => navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (applying) location.reload();
  });
  addEventListener("fairlead-update-apply", () => {
    applying = true;
    const take = () => (waiting ? waiting.postMessage({ type: "skip-waiting" }) : location.reload());
    // A worker gives way only when it has nothing to answer any more: not while it still fetches
    // the later parts of the page.
    if (page.dataset.whole === "yes") return take();
    const observer = new MutationObserver(() => {
      if (page.dataset.whole !== "yes") return;
      observer.disconnect();
      take();
    });
    observer.observe(page, { attributeFilter: ["data-whole"] });
  });
  addEventListener("load", async () => {
    try {
      const registration = await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" });
      if (registration.waiting && controlled()) offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker?.addEventListener("statechange", () => {
          if (worker.state === "installed" && controlled()) offer(worker);
        });
      });
    } catch {
      // Private windows and some policies refuse service workers: the page works, online only.
    }
  });
})();
