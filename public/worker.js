// The first lines of a thread of its own for long calculations: starts the same program once more,
// which then notices that it has no page and waits for work (src/shell/worker.rs). The page's
// first message says where the two files of the program are: this file has no build steps.
addEventListener(
  "message",
  async ({ data: [script, wasm] }) => {
    try {
      const { default: init } = await import(script);
      await init({ module_or_path: wasm });
    } catch (error) {
      postMessage([`failed: ${error?.message ?? error}`]);
    }
  },
  { once: true },
);
