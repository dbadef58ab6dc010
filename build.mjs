// What the browser is given, from locked packages into build/static/vendor (ignored by git).
// Fails, naming it, on a pictogram that lucide does not have.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(root, "node_modules");
const out = path.join(root, "build/static/vendor");
const browsers = ["chrome109", "firefox110", "safari15.6"];

async function copyFonts() {
  const faces = {
    "atkinson.woff2": "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "bricolage.woff2": "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
  };
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const [name, source] of Object.entries(faces))
    await copyFile(path.join(packages, "@fontsource-variable", source), path.join(out, "fonts", name));
}

async function drawSprite() {
  const names = (await readFile(path.join(root, "site/core/icons.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const unknown = names.filter((name) => !existsSync(path.join(packages, "lucide-static/icons", `${name}.svg`)));
  if (unknown.length) throw new Error(`site/core/icons.txt: lucide has no pictogram named ${unknown.join(", ")}`);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(path.join(packages, "lucide-static/icons", `${name}.svg`), "utf8");
      const shapes = svg.replace(/[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s+/g, " ").trim();
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
    }),
  );
  await writeFile(path.join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

async function bundleSheets() {
  await build({
    entryPoints: [path.join(root, "site/core/static/core/css/main.css")],
    outfile: path.join(out, "css/site.css"),
    bundle: true,
    minify: true,
    external: ["*.woff2"],
    target: browsers,
    logLevel: "warning",
  });
}

async function copyScripts() {
  await copyFile(path.join(packages, "axe-core/axe.min.js"), path.join(out, "axe.js"));
}

// Only the traces we draw, with the topology stub that keeps the map from asking a distant server.
const plotly = `
  window.PlotlyGeoAssets = { topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } } };
  const Plotly = require("plotly.js/lib/core");
  Plotly.register([
    require("plotly.js/lib/bar"), require("plotly.js/lib/choropleth"), require("plotly.js/lib/heatmap"),
    require("plotly.js/lib/locales/fr"),
  ]);
  Plotly.setPlotConfig({ locale: document.documentElement.lang || "fr", showSendToCloud: false, plotlyServerURL: "", topojsonURL: "" });
  module.exports = Plotly;
`;

async function bundlePlotly() {
  await build({
    stdin: { contents: plotly, resolveDir: root, sourcefile: "plotly-entry.js", loader: "js" },
    outfile: path.join(out, "plotly.js"),
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "Plotly",
    define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
    alias: { regl: "@plotly/regl", stream: "stream-browserify" },
    loader: { ".css": "empty", ".glsl": "text" },
    legalComments: "none",
    target: "es2020",
    logLevel: "warning",
  });
}

// One module for what texts written together need of Yjs.
async function bundleYjs() {
  await build({
    stdin: {
      contents: `export { Doc, UndoManager, applyUpdate, encodeStateAsUpdate, encodeStateVector, mergeUpdates } from "yjs";`,
      resolveDir: root,
      sourcefile: "yjs-entry.js",
    },
    outfile: path.join(out, "yjs.js"),
    bundle: true,
    minify: true,
    format: "esm",
    legalComments: "none",
    target: browsers,
    logLevel: "warning",
  });
}

async function report(names) {
  for (const name of names) {
    const content = await readFile(path.join(out, name));
    const size = name.endsWith("woff2") ? content.length : gzipSync(content, { level: 9 }).length;
    console.log(`${name.padEnd(24)} ${(size / 1000).toFixed(1)} kB compressed`);
  }
}

await rm(out, { recursive: true, force: true });
await mkdir(path.join(out, "css"), { recursive: true });
await Promise.all([copyFonts(), drawSprite(), bundleSheets(), copyScripts(), bundlePlotly(), bundleYjs()]);
await report(["css/site.css", "icons.svg", "fonts/atkinson.woff2", "fonts/bricolage.woff2", "plotly.js", "yjs.js"]);
