/** Print what each page and the loader weigh over the wire (gzip), and fail where the loader passes 10 kB. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LOADER_LIMIT = 10_000;
const gz = (path) => gzipSync(readFileSync(new URL(`dist/${path}`, import.meta.url)), { level: 9 }).length;

function pageSize(page) {
  const html = readFileSync(new URL(`dist/${page}/index.html`, import.meta.url), "utf8");
  const assets = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
  return assets.reduce((sum, asset) => sum + gz(asset), gz(`${page}/index.html`));
}

const loader = gz("widget.js");
console.log(`widget.js      ${loader} bytes gzipped (limit ${LOADER_LIMIT})`);
console.log(`widget frame   ${pageSize("widget")} bytes gzipped`);
console.log(`console        ${pageSize("console")} bytes gzipped`);
if (loader > LOADER_LIMIT) process.exit(1);
