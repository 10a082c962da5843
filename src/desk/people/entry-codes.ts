import { randomInt } from "node:crypto";
import type { Books, EntryCode } from "../../../db/store.ts";
import { hourMs } from "../../domain/units.ts";
import { hashToken, newId } from "../../ids.ts";

/** Excludes characters that are easily confused. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** Creates a code to type, such as `FD-7K3M-Q2XP`: about 39 random bits, protected by a limit on tries. */
export function newEntryCode(): string {
  const four = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `FD-${four()}-${four()}`;
}

/** Stores the hash of a secret with what it opens and until when; returns the code's id. */
export async function addEntryCode(
  books: Books,
  secret: string,
  code: Omit<EntryCode, "hash" | "id" | "usedAtMs" | "usedBy">,
): Promise<string> {
  const id = newId("ec");
  await books.entryCodes.add({ ...code, id, hash: hashToken(secret) });
  return id;
}

const perHourMs = hourMs;
const mostTries = 5;

/** Whether a chat has reached its tries per hour; `tried` counts one more. */
export async function triesTooOften(books: Books, lane: string, realNowMs: number): Promise<boolean> {
  return (await books.entryCodes.countTries(lane, realNowMs - perHourMs)) >= mostTries;
}
