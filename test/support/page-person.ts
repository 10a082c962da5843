import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Card, CardEvent, InputValues } from "../../src/cards/card.ts";
import { eventButtons } from "../../src/cards/card.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import type { PageMessage } from "../../src/ports/page-messages.ts";
import { patienceMs } from "./patience.ts";

/** An answer of the desk's HTTP door. */
export interface Answer {
  readonly status: number;
  readonly body: Delivered & { readonly error?: string };
}

/** Somebody at a browser: posts as the page does, and posts the same again when no answer came. */
export interface PagePerson {
  readonly user: string;
  say(text: string): Promise<Delivered>;
  /** Presses a button of what was shown; with `id` the press of before, delivered again. */
  press(shown: Shown, event: CardEvent, values?: InputValues, id?: string): Promise<Delivered>;
  chat(): Promise<readonly PageMessage[]>;
  /** How often an answer failed to come and the same was sent again. */
  resent(): number;
}

/** A card on a screen. */
export interface Shown {
  readonly talkId?: string;
  readonly revision?: number;
  readonly card?: Card;
}

/**
 * `at` is the desk's address, or gives that of one of several, asked anew at each attempt. `awake` resolves when it is
 * worth while to try again.
 */
export function openPagePerson(
  at: string | (() => string),
  user: string,
  awake = (): Promise<unknown> => wait(20),
): PagePerson {
  const address = () => (typeof at === "string" ? at : at());
  let resent = 0;

  /** The desk may be dead, or die before it answers: what is sent again carries the same id. */
  async function send<T>(attempt: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof Refused || performance.now() > deadline) throw error;
        resent += 1;
        await awake();
      }
    }
  }

  const deliver = (path: string, body: Readonly<Record<string, unknown>>) =>
    send(async () => {
      const answer = await post(address(), path, { user, ...body });
      if (answer.status === 503) throw new Error("the desk is busy");
      if (answer.status !== 200) throw new Refused(`${path} of ${user}: ${answer.status} ${answer.body.error}`);
      return answer.body;
    });

  return {
    user,
    resent: () => resent,
    say: (text) => deliver("/page/say", { id: randomUUID(), text }),
    press: (shown, event, values, id = randomUUID()) =>
      deliver("/page/press", {
        id,
        talkId: shown.talkId,
        revision: shown.revision,
        event,
        ...(values === undefined ? {} : { values }),
      }),
    chat: () =>
      send(async () => {
        const response = await fetch(`${address()}/page/chat?user=${user}`);
        if (!response.ok) throw new Error(`the chat: ${response.status}`);
        return (await response.json()) as readonly PageMessage[]; // what the door documents
      }),
  };
}

class Refused extends Error {}

/** One POST as the page sends it, answered or not. */
export async function post(address: string, path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] }; // what the doors document
}

/** The event of the button with this title; throws when the card has none. */
export function eventTitled(shown: Shown, label: string): CardEvent {
  const found = shown.card && eventButtons(shown.card).find((button) => button.label === label);
  if (found === undefined) throw new Error(`no button “${label}” on “${shown.card?.title}”`);
  return found.action.event;
}

/** The events of one type that a card offers, in reading order. */
export function eventsOn(shown: Shown, type: string): readonly CardEvent[] {
  if (shown.card === undefined) return [];
  return eventButtons(shown.card).flatMap(({ action }) => (action.event.type === type ? [action.event] : []));
}
