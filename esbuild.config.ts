import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * The production bundle: `dist/frontdesk.mjs` runs the desk, `dist/cli.mjs` the command line. Loading one file takes a
 * fraction of the time and memory of loading every module of every library.
 */
const out = resolve("dist");
rmSync(out, { recursive: true, force: true });

/** Files that the sources read at run time. They keep their relative paths below `dist`. */
const beside = [
  "adapters/page/browser",
  "db/migrations",
  "src/demo/harbour.yaml",
  "manifest/slack.yaml",
  "manifest/teams",
  "docs/practice.example.yaml",
];
for (const path of beside) cpSync(path, `${out}/${path}`, { recursive: true });

/** In a bundle `import.meta.url` is the same for every module, so it is replaced by the URL of each module's source. */
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
  // Both have native parts, which cannot be bundled.
  external: ["better-sqlite3", "pg-native"],
  // Some bundled libraries call `require`.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  plugins: [sourceAddresses],
  logLevel: "warning",
});
