import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

const run = promisify(execFile);

/** How to launch the browser: the unpacked Chromium with its environment, or the installed Chrome. */
export type BrowserLaunch =
  | { readonly executablePath: string; readonly env: Record<string, string> }
  | { readonly channel: "chrome" };

declare module "vitest" {
  interface ProvidedContext {
    browser: BrowserLaunch;
  }
}

/**
 * Global set-up of the browser tests. Finds a browser that starts, or throws, so that the tests are never skipped
 * silently. Builds the bundle from which their desks run, because it starts much faster. Other tests run desks from source.
 */
export async function setup(project: TestProject): Promise<void> {
  const [browser] = await Promise.all([findBrowser(), run(process.execPath, ["esbuild.config.ts"])]);
  process.env.FRONTDESK_TEST_BUNDLE = "dist"; // inherited by the workers
  project.provide("browser", browser);
}

/** Command line arguments of every test browser. */
export const browserArguments: readonly string[] = [
  "--no-sandbox", // Chromium's sandbox does not work as root, the usual user in a container.
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-default-apps",
  "--disable-breakpad",
  "--metrics-recording-only",
  "--force-color-profile=srgb",
];

/** A browser that starts on this machine. Rejects when there is none. */
export async function findBrowser(): Promise<BrowserLaunch> {
  // The npm package contains Chromium for Linux x64 only.
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  const folder = await unpackedChromium(tmpdir());
  const executablePath = join(folder, "chromium");
  return { executablePath, env: await environmentFor(executablePath, folder) };
}

/**
 * Unpacks Chromium below `parent`, unless this version is already there, and returns its folder. It is unpacked into a
 * temporary folder and renamed, so that a killed run or parallel runs never leave a partial browser.
 */
export async function unpackedChromium(parent: string): Promise<string> {
  const folder = join(parent, `frontdesk-chromium-${packageVersion()}-${userInfo().uid}`);
  if (isWhole(folder)) return folder;
  const aside = await mkdtemp(`${folder}-`);
  try {
    await unpackInto(aside, folder);
    // An incomplete folder was partly deleted by a cleaner of the temporary folder.
    if (!isWhole(folder)) await rm(folder, { recursive: true, force: true });
    await rename(aside, folder);
  } catch (error) {
    if (!isWhole(folder)) throw new Error(`Chromium could not be unpacked into ${folder}`, { cause: error });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return folder;
}

async function unpackInto(aside: string, folder: string): Promise<void> {
  // The package unpacks into TMPDIR, and unpacks its libraries only if it detects AWS Lambda.
  const env = { TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" };
  const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
  await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, env });
  await writeFile(join(aside, "fonts.conf"), fontsConfiguration(folder));
}

function isWhole(folder: string): boolean {
  const parts = ["chromium", "fonts.conf", "fonts/fonts", "al2023/lib/libnss3.so", "al2023/lib/libsoftokn3.so"];
  return parts.every((part) => existsSync(join(folder, part)));
}

/** A fontconfig file with the machine's fonts and the package's own. The package's own file contains Lambda paths only. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

/**
 * A minimal environment instead of this process's, so that proxy and locale settings do not affect the tests. The
 * package's libraries are used only if the machine's do not work (some servers have no libnss3).
 */
async function environmentFor(executablePath: string, folder: string): Promise<Record<string, string>> {
  const env = { PATH: "/usr/bin:/bin", HOME: folder, LANG: "C.UTF-8", FONTCONFIG_PATH: folder };
  const withLibraries = { ...env, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
  if (!(await startFailure(executablePath, env))) return env;
  const failure = await startFailure(executablePath, withLibraries);
  if (!failure) return withLibraries;
  throw new Error(`The browser tests need a Chromium that starts. ${failure}`);
}

async function startFailure(executablePath: string, env: Record<string, string>): Promise<string | undefined> {
  return run(executablePath, ["--version"], { env }).then(
    () => undefined,
    (error) => String(error),
  );
}

function packageVersion(): string {
  const require = createRequire(import.meta.url);
  const main = require.resolve("@sparticuz/chromium");
  const { version }: { version: string } = require(join(dirname(main), "..", "package.json"));
  return version;
}
