import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "./config.ts";
import { DeskError } from "./errors.ts";
import { newRingKey, parseKeyRing, type RingKey, writeKeyRing } from "./vault.ts";

/**
 * The key ring of a config: the environment's own, or its file's, which is made once (mode 0600) when there is none.
 * Two desks that start at once end with the same ring. Throws DeskError `keys-unreadable` for a file that holds no
 * ring or may not be read: it is never replaced, for what its keys sealed would be lost.
 */
export function openKeyRing(keys: Config["keys"]): readonly RingKey[] {
  if (keys.from === "environment") return keys.ring;
  const text = readIfThere(keys.path) ?? make(keys.path);
  const parsed = parseKeyRing(text);
  if (parsed.ok) return parsed.ring;
  throw new DeskError(
    "keys-unreadable",
    `The key file ${keys.path} is damaged: ${parsed.mistakes.join("; ")}. Put back your copy of it.`,
  );
}

/** Written whole under another name and then linked: nobody can read half a file, and the first one there stays. */
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
    `The key file ${path} can be neither read nor made (${codeOf(cause)}). Let the desk read and write its folder, or set FRONTDESK_KEYS.`,
    { cause },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
