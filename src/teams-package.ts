import { readFileSync } from "node:fs";
import { zipSync } from "fflate";

/** The app package (zip), or the reason why there is none, as a sentence. */
export type PackageReading =
  | { readonly ok: true; readonly zip: Uint8Array }
  | { readonly ok: false; readonly line: string };

/** Teams expects the icons at the root of the package. */
const icons = ["color.png", "outline.png"] as const;
/** A fixed date, so that equal contents give equal packages. Zip cannot store dates before 1980. */
const madeAt = new Date(Date.UTC(2026, 0, 1, 12));

/**
 * The Teams app package: the manifest with this bot's id and this desk's address, and the icons. Refuses a missing app id
 * and addresses that Teams rejects.
 */
export function teamsPackage({ appId, publicUrl }: { appId: string; publicUrl: string }): PackageReading {
  const { protocol, hostname, origin } = new URL(publicUrl);
  if (appId === "") {
    return { ok: false, line: "MicrosoftAppId is missing: set it to the Application (client) ID of the bot." };
  }
  if (protocol !== "https:") {
    return {
      ok: false,
      line: `PUBLIC_URL is ${publicUrl}, but Teams accepts https:// addresses only. Set PUBLIC_URL to the desk's https:// address.`,
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
