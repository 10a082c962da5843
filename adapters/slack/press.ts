import { z } from "zod";
import type { CardEvent } from "../../src/cards/card.ts";
import { isCardEvent } from "../../src/cards/card-event.ts";
import { lengthOf, limits } from "./limits.ts";

/** Where a card is: what every press on it says of itself. */
export interface CardPlace {
  readonly talkId: string;
  readonly revision: number;
}

/** A press as a button's value or a form's private metadata carries it. */
export interface Press extends CardPlace {
  readonly event: CardEvent;
}

const event = z.custom<CardEvent>(isCardEvent);
const press = z.strictObject({ t: z.string().min(1).max(100), r: z.int().min(0), e: event });
const tabPress = z.strictObject({ e: event });

/** What a button says when it is pressed; undefined where Slack would not take it. */
export function writePress({ talkId, revision }: CardPlace, event: CardEvent): string | undefined {
  return whole(JSON.stringify({ t: talkId, r: revision, e: event }));
}

/** What a button of the Home tab says, where there is no talk yet; undefined where Slack would not take it. */
export function writeTabPress(event: CardEvent): string | undefined {
  return whole(JSON.stringify({ e: event }));
}

/** The press a value stands for; undefined for anything that `writePress` did not write. Its rights are still to be checked. */
export function readPress(value: string): Press | undefined {
  const read = press.safeParse(parsed(value));
  return read.success ? { talkId: read.data.t, revision: read.data.r, event: read.data.e } : undefined;
}

/** The event of a press in the Home tab; undefined for anything that `writeTabPress` did not write. */
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
