// A small static server for a finished build: what a good static host does, on this machine only.
//
//   node scripts/server.mjs [--port N] [--root FOLDER]
//
// Sends the Brotli or gzip file that the build stored beside each file when the browser takes it,
// lets files with a content hash in their name be kept for ever, and has everything else
// (the page, the service worker, the manifest) asked for anew each time.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
  ".json": "application/json",
};
const HASHED = /-[0-9a-f]{16}(?:_bg)?\.[a-z]+$/;
const ENCODINGS = [["br", ".br"], ["gzip", ".gz"]];

function sizeOf(path) {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}

/** The file below `root` that `address` names, or null; never one outside of `root`. */
function fileFor(root, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, "http://host").pathname);
  } catch {
    return null;
  }
  if (path.includes("\0")) return null;
  const file = resolve(join(root, path.endsWith("/") ? `${path}index.html` : path));
  return file.startsWith(root + sep) && sizeOf(file) !== null ? file : null;
}

/**
 * Serves `root` on 127.0.0.1. `port` 0 takes a free one. `before(request)` may return a promise:
 * the answer waits for it (tests hold back a file with it).
 * Resolves to `{ url, requests, close }`; `requests` is the list of paths asked for so far.
 */
export function serve({ root, port = 0, before }) {
  const folder = resolve(root);
  const requests = [];
  const server = createServer(async (request, response) => {
    requests.push(request.url);
    await before?.(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    const file = fileFor(folder, request.url);
    if (file === null) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
      return;
    }
    const accepted = String(request.headers["accept-encoding"] ?? "").split(",").map((part) => part.split(";")[0].trim());
    const [encoding, suffix] = ENCODINGS.find(([name, end]) => accepted.includes(name) && sizeOf(file + end) !== null) ?? ["", ""];
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Length": sizeOf(file + suffix),
      "Cache-Control": HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
      "X-Content-Type-Options": "nosniff",
      Vary: "Accept-Encoding",
      ...(encoding && { "Content-Encoding": encoding }),
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(file + suffix).on("error", () => response.destroy()).pipe(response);
  });
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const close = () =>
        new Promise((closed) => {
          server.close(closed);
          server.closeAllConnections();
        });
      done({ url: `http://127.0.0.1:${server.address().port}/`, requests, close });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const option = (name, otherwise) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? otherwise : process.argv[at + 1];
  };
  const port = Number(option("--port", "8080"));
  const root = option("--root", "dist");
  if (sizeOf(join(root, "index.html")) === null) {
    console.error(`There is no finished page in ${root}/. Run ./scripts/build first.`);
    process.exit(1);
  }
  try {
    const { url } = await serve({ root, port });
    console.log(`\nFairlead is at ${url}  (Ctrl+C stops it)`);
  } catch (error) {
    if (error.code === "EADDRINUSE") console.error(`Port ${port} is taken. Choose another: ./scripts/serve --port ${port + 1}`);
    else if (error.code === "EACCES") console.error(`Port ${port} needs more rights than this user has. Choose another: ./scripts/serve --port 8080`);
    else console.error(`The server could not start: ${error.message}`);
    process.exit(1);
  }
}
