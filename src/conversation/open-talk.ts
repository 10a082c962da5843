import type { AnyMachineSnapshot } from "xstate";
import type { Talk } from "../../db/store.ts";
import type { Card } from "../cards/card.ts";
import type { Flow, Turn } from "./flow.ts";
import { wasAnswering } from "./meant.ts";
import type { Person } from "./person.ts";
import { upToDate } from "./press.ts";
import { stepOf } from "./talking.ts";
import type { Receiving } from "./turns.ts";
import { namesButton } from "./typed-press.ts";

/** The talk of the newest card, while it is open. */
export interface OpenTalk {
  readonly talk: Talk;
  readonly person: Person;
  readonly flow: Flow;
  readonly snapshot: AnyMachineSnapshot;
  readonly state: string;
  readonly card: Card;
  readonly turn: Turn;
  /** The message may be for this card. False where the person was answering another card when this one was posted. */
  readonly takesAnswers: boolean;
  /** The message may press its buttons, by a yes, a number or a title. */
  readonly isPressed: boolean;
}

/** Opens the talk of the newest card for a message, and says what the message may do to it. */
export async function openTalk(
  receiving: Receiving,
  {
    text,
    newest,
    person,
    flow,
    snapshot,
  }: { text: string; newest: Talk; person: Person; flow: Flow; snapshot: AnyMachineSnapshot },
): Promise<OpenTalk> {
  const { card } = await upToDate(receiving, person, flow, snapshot, newest);
  const { turn } = stepOf(receiving, person, flow, newest, {});
  const unasked = newest.updatedAtMs > (receiving.lastSeenAtMs ?? 0);
  const mayBeTyped = (await flow.mayBeTyped?.(snapshot.context, turn, unasked)) ?? true;
  // "2" and "yes" answer the card that the person was answering when this one was posted.
  const isCrossed = unasked && !namesButton(card, text) && (await wasAnswering(receiving, newest));
  const takesAnswers = !isCrossed && mayBeTyped !== false;
  const isPressed = !isCrossed && mayBeTyped === true;
  return { talk: newest, person, flow, snapshot, state: String(snapshot.value), card, turn, takesAnswers, isPressed };
}
