import { readFileSync } from "node:fs";
import { zipSync } from "fflate";

/** The app's package (zip), or why there is none: a sentence. */
export type PackageReading =
  | { readonly ok: true; readonly zip: Uint8Array }
  | { readonly ok: false; readonly line: string };

/** The files of the package, all at its root as Teams wants them. */
const icons = ["color.png", "outline.png"] as const;
/** The same files make the same package: no date of today in it. Zip knows no time before 1980. */
const madeAt = new Date(Date.UTC(2026, 0, 1, 12));

/**
 * The package that Teams takes for an app: its manifest for this bot and the address of this desk, and its icons. Refuses
 * without an app id, and an address that Teams would refuse.
 */
export function teamsPackage({ appId, publicUrl }: { appId: string; publicUrl: string }): PackageReading {
  const { protocol, hostname, origin } = new URL(publicUrl);
  if (appId === "") {
    return { ok: false, line: "MicrosoftAppId is missing: set it to the Application (client) ID of the bot." };
  }
  if (protocol !== "https:") {
    return {
      ok: false,
      line: `PUBLIC_URL is ${publicUrl}: Teams takes https:// addresses only. Set PUBLIC_URL to the desk's https:// address.`,
    };
  }
  const manifest = fileOf("manifest.json")
    .toString("utf8")
    .replaceAll("{{MicrosoftAppId}}", appId)
    .replaceAll("{{PUBLIC_URL}}", origin)
    .replaceAll("{{PUBLIC_HOST}}", hostname);
  const files = {
    "manifest.json": Buffer.from(manifest),
    ...Object.fromEntries(icons.map((name) => [name, fileOf(name)])),
  };
  return { ok: true, zip: zipSync(files, { mtime: madeAt }) };
}

function fileOf(name: string): Buffer {
  return readFileSync(new URL(`../manifest/teams/${name}`, import.meta.url));
}
