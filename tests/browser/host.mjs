// A folder served as a usual static host does it: the right kinds of content, text and programs compressed with gzip,
// and a browser may keep what it has for ten minutes.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

export const types = {
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

/** What gzip makes smaller. */
const PACKED = /^(text\/|image\/svg|application\/(json|wasm|manifest))/;

/** The file of a folder that a path names; an error where it leads out of the folder. */
export function inside(folder, path) {
  const file = normalize(join(folder, path || "index.html"));
  if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw new Error("outside of the site");
  return file;
}

/** Serves a folder on a free port; gives the address, and what ends it. Every file is compressed once. */
export async function host(folder) {
  const kept = new Map();
  const load = async (path) => {
    const file = inside(folder, path);
    const type = types[extname(file)] ?? "application/octet-stream";
    const whole = await readFile(file);
    const packed = PACKED.test(type);
    const body = packed ? await promisify(gzip)(whole) : whole;
    const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
    const headers = { "content-type": type, "cache-control": "max-age=600", etag, vary: "accept-encoding" };
    return { body, headers: packed ? { ...headers, "content-encoding": "gzip" } : headers };
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname.slice(1));
    if (!kept.has(path)) kept.set(path, load(path).catch(() => undefined));
    const found = await kept.get(path);
    if (!found) {
      response.writeHead(404).end();
    } else if (request.headers["if-none-match"] === found.headers.etag) {
      response.writeHead(304, found.headers).end();
    } else {
      response.writeHead(200, { ...found.headers, "content-length": found.body.length }).end(found.body);
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, close };
}
