// Compiles the look into src/answerable/static: one style sheet, two scripts, the fonts and their licences.
// `npm ci && npm run build`. With `--fixtures` it also renews the extract that the tests compare with.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "src", "answerable", "static");
const version = JSON.parse(readFileSync(join(modules, "govuk-frontend", "package.json"))).version;
const notice = `/*! GOV.UK Frontend ${version}, MIT, Copyright (C) 2011 Crown Copyright (Government Digital Service); see licences.txt */\n`;

const faces = {
  "source-sans-3-latin-normal": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal",
  "source-sans-3-latin-italic": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-italic",
  "source-sans-3-latin-ext-normal": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal",
  "source-serif-4-latin-normal": "@fontsource/source-serif-4/files/source-serif-4-latin-400-normal",
  "source-serif-4-latin-ext-normal": "@fontsource/source-serif-4/files/source-serif-4-latin-ext-400-normal",
};

const components = [
  "back-link", "breadcrumbs", "button", "character-count", "checkboxes", "date-input", "details",
  "error-message", "error-summary", "exit-this-page", "file-upload", "hint", "input",
  "inset-text", "label", "notification-banner", "pagination", "password-input", "radios", "select",
  "summary-list", "tag", "textarea", "warning-text",
];

function styles() {
  const compiled = sass.compile(join(here, "answerable.scss"), {
    loadPaths: [here, modules],
    style: "compressed",
    quietDeps: true,
  });
  const css = compiled.css.replace(/^\uFEFF/, "");
  for (const word of ["GDS Transport", "sourceMappingURL"]) {
    if (css.includes(word)) throw new Error(`The style sheet must not name ${word}.`);
  }
  writeFileSync(join(target, "answerable.css"), notice + css + "\n");
  return css.length;
}

// A classic script, not a module: an edition that was copied to a disk opens from file:// addresses,
// and browsers load no modules from there.
function scripts() {
  const options = { bundle: true, minify: true, format: "iife", target: "es2018", legalComments: "none" };
  esbuild.buildSync({ ...options, entryPoints: [join(here, "start.js")], outfile: join(target, "start.js"), banner: { js: notice.trim() } });
  copyFileSync(join(here, "js-enabled.js"), join(target, "js-enabled.js"));
}

function fonts() {
  mkdirSync(join(target, "fonts"), { recursive: true });
  for (const [name, source] of Object.entries(faces)) {
    copyFileSync(join(modules, `${source}.woff2`), join(target, "fonts", `${name}.woff2`));
  }
  for (const name of ["@fontsource-variable/source-sans-3", "@fontsource/source-serif-4"]) {
    copyFileSync(join(modules, name, "LICENSE"), join(target, "fonts", `LICENCE-${name.split("/")[1]}.txt`));
  }
}

function fixtures() {
  const folder = join(here, "..", "tests", "html", "fixtures");
  mkdirSync(folder, { recursive: true });
  for (const name of components) {
    const path = join(modules, "govuk-frontend", "dist", "govuk", "components", name, "fixtures.json");
    const kept = JSON.parse(readFileSync(path)).fixtures.map(({ name, options, html }) => ({ name, options, html }));
    writeFileSync(join(folder, `${name}.json`), `[\n${kept.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
  }
  return readdirSync(folder).length;
}

mkdirSync(target, { recursive: true });
console.log(`answerable.css ${styles()} bytes`);
scripts();
fonts();
if (process.argv.includes("--fixtures")) console.log(`${fixtures()} fixture files`);
