import { describe, expect, test } from "vitest";
import { newRingKey, openVault, parseKeyRing, type Vault, writeKeyRing } from "../src/vault.ts";

const anasPlace = "harbour|ana|answers/bk_1/goal";

describe("a sealed value", () => {
  const vault = openVault([newRingKey("2026")]);
  const dataKey = vault.newDataKey();

  test("opens again in its own row, in any script", () => {
    const plain = "Ich möchte besser schlafen 😴\u0000";
    expect(vault.open(dataKey, anasPlace, vault.seal(dataKey, anasPlace, plain))).toBe(plain);
    expect(vault.open(dataKey, anasPlace, vault.seal(dataKey, anasPlace, ""))).toBe("");
  });

  test("differs each time and does not contain the plain text", () => {
    const first = vault.seal(dataKey, anasPlace, "migraine");
    expect(first).not.toBe(vault.seal(dataKey, anasPlace, "migraine"));
    expect(Buffer.from(first.slice(3), "base64").toString("latin1")).not.toContain("migraine");
  });

  test("does not open after one bit was changed", () => {
    const sealed = vault.seal(dataKey, anasPlace, "migraine");
    const bytes = Buffer.from(sealed.slice(3), "base64");
    for (let position = 0; position < bytes.length; position += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
      expect(codeOf(() => vault.open(dataKey, anasPlace, `v1:${changed.toString("base64")}`))).toBe("vault-tampered");
    }
  });

  test("does not open after it was moved to another row or truncated, nor if it was never sealed (V12)", () => {
    const sealed = vault.seal(dataKey, anasPlace, "migraine");
    const opening = (place: string, text: string) => codeOf(() => vault.open(dataKey, place, text));
    expect(opening("harbour|ben|answers/bk_1/goal", sealed)).toBe("vault-tampered");
    for (const text of [sealed.slice(0, -8), sealed.slice(0, 12), `v2:${sealed.slice(3)}`, "migraine", ""]) {
      expect(opening(anasPlace, text), text).toBe("vault-tampered");
    }
  });

  test("does not open with another client's key", () => {
    const sealed = vault.seal(dataKey, anasPlace, "migraine");
    expect(codeOf(() => vault.open(vault.newDataKey(), anasPlace, sealed))).toBe("vault-tampered");
  });
});

describe("the key ring", () => {
  const [old, current] = [newRingKey("2025"), newRingKey("2026")];

  test("wraps a client's key for that client only", () => {
    const vault = openVault([current]);
    const dataKey = vault.newDataKey();
    const wrapped = vault.wrapKey(dataKey, "harbour|ana");
    expect(vault.unwrapKey(wrapped, "harbour|ana")).toEqual(dataKey);
    expect(codeOf(() => vault.unwrapKey(wrapped, "harbour|ben"))).toBe("vault-tampered");
  });

  test("rotates: the old key still unwraps, new wrappings use the current key, and then the old key can be removed", () => {
    const dataKey = openVault([old]).newDataKey();
    const wrapped = openVault([old]).wrapKey(dataKey, "harbour|ana");
    const turned: Vault = openVault([current, old]);
    expect(turned.unwrapKey(wrapped, "harbour|ana")).toEqual(dataKey);
    const rewrapped = turned.rewrapKey(wrapped, "harbour|ana") ?? "";
    expect(rewrapped).toMatch(/^2026:/);
    expect(turned.rewrapKey(rewrapped, "harbour|ana")).toBeUndefined();
    expect(openVault([current]).unwrapKey(rewrapped, "harbour|ana")).toEqual(dataKey);
  });

  test("reports the missing key with the remedy", () => {
    const wrapped = openVault([old]).wrapKey(openVault([old]).newDataKey(), "harbour|ana");
    const opening = () => openVault([current]).unwrapKey(wrapped, "harbour|ana");
    expect(opening).toThrow(/"2025".*not in the ring \(2026\).*Add that key/);
    expect(codeOf(opening)).toBe("vault-key-unknown");
  });

  test("must not be empty", () => {
    expect(codeOf(() => openVault([]))).toBe("vault-no-key");
  });
});

describe("a key ring as text", () => {
  test("is read as written, with the first key current", () => {
    const ring = [newRingKey("2026"), newRingKey("2025")];
    expect(parseKeyRing(writeKeyRing(ring))).toEqual({ ok: true, ring });
    expect(parseKeyRing(` ${writeKeyRing(ring).replace(",", " ,\n")}, `)).toEqual({ ok: true, ring });
  });

  test("reports all mistakes together, and never a key", () => {
    const good = Buffer.alloc(32, 7).toString("base64");
    const reading = parseKeyRing(`a:${good},${good},b:c2hvcnQ=,c:not base64!,a:${good}`);
    expect(reading).toEqual({
      ok: false,
      mistakes: [
        'key 2: write it as id:base64; the id may contain letters, digits, ".", "_" and "-"',
        'key 3 ("b"): 5 bytes, must be 32',
        'key 4 ("c"): not base64',
        'key 5: id "a" is used twice',
      ],
    });
    expect(JSON.stringify(reading)).not.toContain(good.slice(0, 20));
  });

  test("must contain a key", () => {
    expect(parseKeyRing(" , ")).toMatchObject({ ok: false });
  });
});

function codeOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
  return "nothing was thrown";
}
