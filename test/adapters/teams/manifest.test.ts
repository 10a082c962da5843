import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import AjvDraft04 from "ajv-draft-04";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { sureActs, sureQuestion } from "../../../src/conversation/hear.ts";
import { read, wantsSomething } from "../../../src/language/reading.ts";
import { teamsPackage } from "../../../src/teams-package.ts";
import { drawIcon, fromPng, toPng } from "../../screenshots/teams-icons.ts";
import { everyFlow } from "../../support/flow-graph.ts";

const appId = "aaaaaaaa-0000-4000-8000-00000000000a";
const publicUrl = "https://desk.example.com";
const iconFile = (name: string) => new URL(`../../../manifest/teams/${name}.png`, import.meta.url);

function unpacked() {
  const made = teamsPackage({ appId, publicUrl });
  if (!made.ok) throw new Error(made.line);
  const files = unzipSync(made.zip);
  return { files, manifest: JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString("utf8")) };
}

/** The official schema of the version the manifest names. */
function officialSchema(version: string) {
  const folder = "@microsoft/app-manifest/build/json-schemas/teams";
  const path = createRequire(import.meta.url).resolve(`${folder}/v${version}/MicrosoftTeams.schema.json`);
  return JSON.parse(readFileSync(path, "utf8"));
}

test("the manifest is valid under the official schema of its version (T19)", () => {
  const { manifest } = unpacked();
  expect(Number(manifest.manifestVersion.split(".")[1])).toBeLessThanOrEqual(25);
  // Its patterns are written for regular expressions without the u flag; its formats only repeat them.
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: false });
  const check = ajv.compile(officialSchema(manifest.manifestVersion));
  check(manifest);
  expect(check.errors ?? []).toEqual([]);
  expect(check({ ...manifest, bots: [{ botId: "no guid", scopes: ["everywhere"] }] })).toBe(false);
});

test("T9 the app is for private chats only", () => {
  const { manifest } = unpacked();
  expect(manifest).toMatchObject({ defaultInstallScope: "personal", bots: [{ botId: appId, scopes: ["personal"] }] });
  expect(manifest.bots[0]).toMatchObject({ supportsFiles: false, commandLists: [{ scopes: ["personal"] }] });
  for (const other of ["configurableTabs", "composeExtensions", "connectors"])
    expect(manifest).not.toHaveProperty(other);
});

test("names and descriptions fit Teams' limits, addresses are the desk's own over https", () => {
  const { manifest } = unpacked();
  expect(manifest.name.short.length).toBeLessThanOrEqual(30);
  expect(manifest.description.short.length).toBeLessThanOrEqual(80);
  expect(manifest.validDomains).toEqual(["desk.example.com"]);
  const { websiteUrl, privacyUrl, termsOfUseUrl } = manifest.developer;
  for (const url of [websiteUrl, privacyUrl, termsOfUseUrl]) expect(url).toMatch(/^https:\/\/desk\.example\.com\//);
  expect(JSON.stringify(manifest)).not.toContain("{{");
  expect(manifest.id).not.toBe(appId);
});

test("each command that Teams offers has an effect when typed", () => {
  const { manifest } = unpacked();
  const titles: string[] = manifest.bots[0].commandLists[0].commands.map(({ title }: { title: string }) => title);
  const leads = (title: string) =>
    (["client", "practitioner"] as const).some((role) => {
      const reading = read(title, { role }, { nowMs: 0, zone: "UTC", locale: "en-GB" });
      const flows = everyFlow.filter(({ roles }) => roles.includes(role));
      const opens = sureActs(reading).some(({ verb }) => flows.some(({ opensOn }) => opensOn?.[verb] !== undefined));
      return opens || sureQuestion(reading) !== undefined || wantsSomething(reading);
    });
  expect(titles.filter((title) => !leads(title))).toEqual([]);
});

test("the package has its files at the root, and is the same each time (T19)", () => {
  const { files } = unpacked();
  expect(Object.keys(files).sort()).toEqual(["color.png", "manifest.json", "outline.png"]);
  expect(teamsPackage({ appId, publicUrl })).toEqual(teamsPackage({ appId, publicUrl }));
});

describe("instead of a package there is an error message", () => {
  test("without an app id", () => {
    expect(teamsPackage({ appId: "", publicUrl })).toMatchObject({ ok: false, line: /^MicrosoftAppId is missing/ });
  });

  test("with an address Teams would reject", () => {
    expect(teamsPackage({ appId, publicUrl: "http://localhost:3000" })).toMatchObject({ ok: false, line: /https/ });
  });
});

describe("the icons", () => {
  test.each(["color", "outline"] as const)("%s is rendered by the project's own script", (which) => {
    const drawn = drawIcon(which);
    if (process.env.UPDATE_ICONS === "1") writeFileSync(iconFile(which), toPng(drawn));
    const kept = fromPng(readFileSync(iconFile(which)));
    expect(kept.size).toBe(drawn.size);
    expect(kept.pixels.equals(drawn.pixels)).toBe(true);
  });

  test("color is 192 × 192 and opaque", () => {
    const { size, pixels } = fromPng(readFileSync(iconFile("color")));
    expect(size).toBe(192);
    expect(opacities(pixels).every((opacity) => opacity === 255)).toBe(true);
  });

  test("outline is 32 × 32, white on transparent", () => {
    const { size, pixels } = fromPng(readFileSync(iconFile("outline")));
    expect(size).toBe(32);
    const opaque = opacities(pixels);
    expect(opaque[0]).toBe(0);
    expect(opaque.filter((opacity) => opacity === 255).length).toBeGreaterThan(100);
    expect(pixels.every((value, at) => at % 4 === 3 || value === 255)).toBe(true);
  });
});

function opacities(pixels: Buffer): readonly number[] {
  return [...pixels].filter((_, at) => at % 4 === 3);
}
