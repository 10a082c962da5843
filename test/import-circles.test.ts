import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { circles, type Imports } from "./support/import-circles.ts";

const root = join(import.meta.dirname, "..");

test("no product file imports itself in a circle at run time", () => {
  expect(circles(importsOf(["src", "flows", "adapters", "db"], ({ typeOnly }) => !typeOnly))).toEqual([]);
});

test("in a flow not even type imports form a circle", () => {
  expect(circles(importsOf(["flows"], () => true))).toEqual([]);
});

test("a circle is detected and named from its first file", () => {
  const imports: Imports = { a: ["b"], b: ["c", "d"], c: ["a"], d: ["d"], e: ["a"] };
  expect(circles(imports)).toEqual(["a → b → c → a", "d → d"]);
});

interface Import {
  readonly path: string;
  readonly typeOnly: boolean;
}

/** The relative imports of every file in these folders, as the formatter writes them. */
function importsOf(folders: readonly string[], counts: (one: Import) => boolean): Imports {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => posix.join(folder, name.replaceAll("\\", "/"))),
  );
  return Object.fromEntries(
    files.map((path) => [
      path,
      importsIn(path)
        .filter(counts)
        .map((one) => posix.join(posix.dirname(path), one.path)),
    ]),
  );
}

function importsIn(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/^(?:import|export) (type )?(?:\{[^}]*\}|\*[^"]*) from "(\.[^"]+)";$/gm);
  return [...found].map(([, type, path = ""]) => ({ path, typeOnly: type !== undefined }));
}
