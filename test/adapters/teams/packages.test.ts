import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { factsOf } from "../../support/source-facts.ts";

const root = new URL("../../../", import.meta.url);

test("T16 the SDK's packages, which are no longer maintained, are imported by one file only", () => {
  const folder = new URL("adapters/teams/", root);
  const importing = readdirSync(folder).filter((file) =>
    factsOf(readFileSync(new URL(file, folder), "utf8")).imports.some(({ specifier }) =>
      /^(botbuilder|botframework|@azure\/)/.test(specifier),
    ),
  );
  expect(importing).toEqual(["sdk.ts"]);
});

test("T16 the SDK's dependencies are pinned, and msal-node has the same major version", () => {
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  for (const name of ["botbuilder", "botframework-connector", "@azure/msal-node"])
    expect(dependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
  expect(dependencies["@azure/msal-node"]).toMatch(/^2\./);
});
