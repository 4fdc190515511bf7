// Serves the built site below a deep path, as any static host might: no compression, no rewriting.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const place = (path) => fileURLToPath(new URL(`../../${path}/`, import.meta.url));
// The site, and the same in languages that nobody speaks.
const sites = {
  "/some/where/cascade/": place("dist"),
  "/some/where/double/": place("target/languages/double"),
  "/some/where/mirrored/": place("target/languages/mirrored"),
};
const port = Number(process.env.PORT ?? 41730);
const base = "/some/where/cascade/";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

createServer(async (request, response) => {
  const answer = (status, type, body) => {
    response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
    response.end(body);
  };
  try {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const site = Object.keys(sites).find((base) => path.startsWith(base));
    if (!site) throw new Error("outside of the site");
    const file = normalize(join(sites[site], path.slice(site.length) || "index.html"));
    if (!file.startsWith(sites[site])) throw new Error("outside of the site");
    answer(200, types[extname(file)] ?? "application/octet-stream", await readFile(file));
  } catch {
    answer(404, "text/plain; charset=utf-8", "Not found\n");
  }
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}${base}`));
