import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "./config.ts";
import { DeskError } from "./errors.ts";
import { newRingKey, parseKeyRing, type RingKey, writeKeyRing } from "./vault.ts";

/**
 * The key ring from the environment, or from its file, which is created with mode 0600 when it does not exist.
 * Two desks that start at the same time end up with the same ring. Throws DeskError `keys-unreadable` for a damaged or
 * unreadable file, and `keys-exposed` for one that other users of the machine may use (R12). A damaged file is never replaced: data encrypted with its keys would be lost.
 */
export function openKeyRing(keys: Config["keys"]): readonly RingKey[] {
  if (keys.from === "environment") return keys.ring;
  const text = readIfThere(keys.path) ?? make(keys.path);
  const parsed = parseKeyRing(text);
  if (parsed.ok) {
    refuseExposed(keys.path);
    return parsed.ring;
  }
  throw new DeskError(
    "keys-unreadable",
    `The key file ${keys.path} is damaged: ${parsed.mistakes.join("; ")}. Restore it from your backup.`,
  );
}

/**
 * The key ring like `openKeyRing`, for reports: it creates no file. Without one the ring is that of a fresh desk, which
 * decrypts nothing.
 */
export function findKeyRing(keys: Config["keys"]): readonly RingKey[] {
  const isMissing = keys.from === "file" && readIfThere(keys.path) === undefined;
  return isMissing ? [newRingKey("missing")] : openKeyRing(keys);
}

/** Writes a temporary file and hard-links it: readers never see a partial file, and the first writer wins. */
function make(path: string): string {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, `${writeKeyRing([newRingKey("k1")])}\n`, { mode: 0o600, flag: "wx", flush: true });
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw unreadable(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
  return readIfThere(path) ?? "";
}

/** Windows has no such modes: Node reports 0666 there. */
function refuseExposed(path: string): void {
  const mode = statSync(path).mode & 0o777;
  if (process.platform === "win32" || (mode & ~0o600) === 0) return;
  throw new DeskError(
    "keys-exposed",
    `The key file ${path} has mode ${mode.toString(8).padStart(4, "0")}, so other users of this machine could read or change the keys. Run: chmod 600 ${path}`,
  );
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): DeskError {
  return new DeskError(
    "keys-unreadable",
    `The key file ${path} can be neither read nor created (${codeOf(cause)}). Give the desk read and write access to its folder and free disk space, or set FRONTDESK_KEYS.`,
    { cause },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
