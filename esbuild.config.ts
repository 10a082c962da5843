import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * The production bundle: `dist/frontdesk.mjs` runs the desk, `dist/cli.mjs` its command line. One file each starts in a
 * fraction of the time and memory that reading every module of every library takes.
 */
const out = resolve("dist");
rmSync(out, { recursive: true, force: true });

/** What the sources read beside themselves: it stands in `dist` at the same place. */
const beside = [
  "adapters/page/browser",
  "db/migrations",
  "src/demo/harbour.yaml",
  "manifest/slack.yaml",
  "manifest/teams",
  "docs/practice.example.yaml",
];
for (const path of beside) cpSync(path, `${out}/${path}`, { recursive: true });

/** In one file every module has the same address, so each is given that of its source, below the bundle. */
const sourceAddresses: Plugin = {
  name: "source-addresses",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](src|db|adapters|flows)[\\/].*\.ts$/ }, ({ path }) => {
      const source = relative(process.cwd(), path).replaceAll("\\", "/");
      const contents = readFileSync(path, "utf8")
        .replaceAll("import.meta.url", `new URL(${JSON.stringify(`./${source}`)}, import.meta.url).href`)
        .replaceAll("import.meta.dirname", `(import.meta.dirname + ${JSON.stringify(`/${dirname(source)}`)})`);
      return { contents, loader: "ts" };
    });
  },
};

await build({
  entryPoints: { frontdesk: "src/main.ts", cli: "src/cli.ts" },
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  sourcemap: "linked",
  sourcesContent: false,
  // It brings a compiled part of its own for each platform.
  external: ["better-sqlite3", "pg-native"],
  // Some libraries still ask for `require`.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  plugins: [sourceAddresses],
  logLevel: "warning",
});
