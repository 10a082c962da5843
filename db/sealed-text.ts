import type { Vault } from "../src/vault.ts";

/** How a sealed text begins. */
export const sealedPrefix = "sealed ";

/**
 * Encrypts a text under a data key of its own, which the key ring wraps, into one column. `place` names the row: moved to
 * another row the text does not decrypt.
 */
export function sealText(vault: Vault, place: string, plain: string): string {
  const key = vault.newDataKey();
  return `${sealedPrefix}${vault.wrapKey(key, place)} ${vault.seal(key, place, plain)}`;
}

/** Decrypts a sealed text. A text that an earlier version stored in the clear is returned as it is. */
export function openText(vault: Vault, place: string, text: string): string {
  if (!text.startsWith(sealedPrefix)) return text;
  const [wrapped = "", sealed = ""] = text.slice(sealedPrefix.length).split(" ");
  return vault.open(vault.unwrapKey(wrapped, place), place, sealed);
}
