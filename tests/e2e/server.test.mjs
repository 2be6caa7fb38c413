// The static server itself: what it sends, and what it must never send.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { freshFolder, serve } from "./harness.mjs";

async function served(t) {
  const folder = freshFolder();
  const root = join(folder, "dist");
  mkdirSync(join(root, "deep"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(root, "index.html"), "<p>page");
  writeFileSync(join(root, "deep", "index.html"), "<p>deep");
  writeFileSync(join(root, "app-0123456789abcdef_bg.wasm"), "raw");
  writeFileSync(join(root, "app-0123456789abcdef_bg.wasm.br"), brotliCompressSync("raw"));
  const server = await serve({ root });
  t.after(() => server.close());
  // Not fetch: it would tidy the path up before asking.
  return (path, headers = {}) =>
    new Promise((done, failed) => {
      get(new URL(server.url), { path, headers }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
      }).on("error", failed);
    });
}

test("sends the page, also from folders, and has it asked for anew each time", async (t) => {
  const ask = await served(t);
  for (const [path, body] of [["/", "<p>page"], ["/?x=1", "<p>page"], ["/index.html", "<p>page"], ["/deep/", "<p>deep"]]) {
    const answer = await ask(path);
    assert.equal(answer.status, 200, path);
    assert.equal(String(answer.body), body);
    assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
    assert.equal(answer.headers["cache-control"], "no-cache");
  }
});

test("sends Brotli to whoever takes it, and lets hashed files be kept", async (t) => {
  const ask = await served(t);
  const path = "/app-0123456789abcdef_bg.wasm";
  const plain = await ask(path);
  assert.equal(String(plain.body), "raw");
  assert.equal(plain.headers["content-encoding"], undefined);
  const packed = await ask(path, { "accept-encoding": "gzip, br;q=1.0" });
  assert.equal(packed.headers["content-encoding"], "br");
  assert.equal(String(brotliDecompressSync(packed.body)), "raw");
  for (const answer of [plain, packed]) {
    assert.equal(answer.headers["content-type"], "application/wasm");
    assert.match(answer.headers["cache-control"], /immutable/);
    assert.equal(answer.headers.vary, "Accept-Encoding");
  }
});

test("sends nothing from outside its folder", async (t) => {
  const ask = await served(t);
  for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/deep/../../secret.txt", "/%00", "/%", "/none", "//", "/deep"]) {
    const answer = await ask(path);
    assert.ok(answer.status === 404 || String(answer.body) === "<p>page", `${path}: ${answer.status}`);
    assert.ok(!String(answer.body).includes("secret"), path);
  }
});
