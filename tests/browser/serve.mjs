// Serves the built site below a deep path, as any static host might: no compression, no rewriting.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { inside, types } from "./host.mjs";

const site = fileURLToPath(new URL("../../dist/", import.meta.url));
const port = Number(process.env.PORT ?? 41730);
const base = "/some/where/cascade/";

createServer(async (request, response) => {
  const answer = (status, type, body) => {
    response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
    response.end(body);
  };
  try {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (!path.startsWith(base)) throw new Error("outside of the site");
    const file = inside(site, path.slice(base.length));
    answer(200, types[extname(file)] ?? "application/octet-stream", await readFile(file));
  } catch {
    answer(404, "text/plain; charset=utf-8", "Not found\n");
  }
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}${base}`));
