import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DeskError } from "../src/errors.ts";
import { openKeyRing } from "../src/keys.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "frontdesk-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof DeskError ? error.code : "other";
  }
}

describe("the key file", () => {
  test("is created once with its folder, readable by its owner only, and read from then on", () => {
    const path = join(folder, "data", "frontdesk.keys");
    const ring = openKeyRing({ from: "file", path });
    expect(ring).toHaveLength(1);
    expect(ring[0]?.key).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openKeyRing({ from: "file", path })).toEqual(ring);
    expect(readdirSync(join(folder, "data"))).toEqual(["frontdesk.keys"]);
  });

  test("differs between desks", () => {
    const [a, b] = ["a", "b"].map((name) => openKeyRing({ from: "file", path: join(folder, name) }));
    expect(a?.[0]?.key).not.toEqual(b?.[0]?.key);
  });

  test.each(["", "nonsense", "k1:c2hvcnQ="])(
    "with the content %j is reported as damaged and never replaced",
    (text) => {
      const path = join(folder, "frontdesk.keys");
      writeFileSync(path, text);
      expect(codeOf(() => openKeyRing({ from: "file", path }))).toBe("keys-unreadable");
      expect(readFileSync(path, "utf8")).toBe(text);
    },
  );

  test.each([0o644, 0o640, 0o660, 0o604, 0o700])("R12 of mode %i is refused with the remedy", (mode) => {
    const path = join(folder, "frontdesk.keys");
    openKeyRing({ from: "file", path });
    chmodSync(path, mode);
    expect(() => openKeyRing({ from: "file", path })).toThrow(`Run: chmod 600 ${path}`);
    expect(codeOf(() => openKeyRing({ from: "file", path }))).toBe("keys-exposed");
    for (const narrow of [0o600, 0o400]) {
      chmodSync(path, narrow);
      expect(openKeyRing({ from: "file", path })).toHaveLength(1);
    }
  });

  test("that cannot be created is reported", () => {
    expect(codeOf(() => openKeyRing({ from: "file", path: join("/proc", "frontdesk.keys") }))).toBe("keys-unreadable");
    writeFileSync(join(folder, "file"), "");
    expect(codeOf(() => openKeyRing({ from: "file", path: join(folder, "file", "frontdesk.keys") }))).toBe(
      "keys-unreadable",
    );
  });
});

test("keys from the environment are used as they are, without a file", () => {
  const ring = [{ id: "k9", key: Buffer.alloc(32, 1) }];
  expect(openKeyRing({ from: "environment", ring })).toBe(ring);
  expect(readdirSync(folder)).toEqual([]);
});
