import { z } from "zod";
import type { CardEvent } from "../../src/cards/card.ts";
import { isCardEvent } from "../../src/cards/card-event.ts";
import { lengthOf, limits } from "./limits.ts";

/** The talk and revision of a card, part of every press on it. */
export interface CardPlace {
  readonly talkId: string;
  readonly revision: number;
}

/** A press, as encoded in a button's value or a form's private metadata. */
export interface Press extends CardPlace {
  readonly event: CardEvent;
}

const event = z.custom<CardEvent>(isCardEvent);
const press = z.strictObject({ t: z.string().min(1).max(100), r: z.int().min(0), e: event });
const tabPress = z.strictObject({ e: event });

/** Encodes a press as a button value; undefined when it exceeds Slack's limit. */
export function writePress({ talkId, revision }: CardPlace, event: CardEvent): string | undefined {
  return whole(JSON.stringify({ t: talkId, r: revision, e: event }));
}

/** Encodes a press on the Home tab, which belongs to no talk; undefined when it exceeds Slack's limit. */
export function writeTabPress(event: CardEvent): string | undefined {
  return whole(JSON.stringify({ e: event }));
}

/** Decodes a button value; undefined when it is not a valid press. The engine checks the rights. */
export function readPress(value: string): Press | undefined {
  const read = press.safeParse(parsed(value));
  return read.success ? { talkId: read.data.t, revision: read.data.r, event: read.data.e } : undefined;
}

/** Decodes a press on the Home tab; undefined when it is not valid. */
export function readTabPress(value: string): CardEvent | undefined {
  const read = tabPress.safeParse(parsed(value));
  return read.success ? read.data.e : undefined;
}

function whole(value: string): string | undefined {
  return lengthOf(value) <= limits.buttonValue ? value : undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string" || value.length > 2 * limits.buttonValue) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
