import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Card, CardEvent, InputValues } from "../../src/cards/card.ts";
import { eventButtons } from "../../src/cards/card.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import type { PageMessage } from "../../src/ports/page-messages.ts";
import { patienceMs } from "./patience.ts";

/** A response of the desk's HTTP server. */
export interface Answer {
  readonly status: number;
  readonly body: Delivered & { readonly error?: string };
}

/** A person at a browser: posts as the page does, and repeats a post that gets no response. */
export interface PagePerson {
  readonly user: string;
  say(text: string): Promise<Delivered>;
  /** Presses a button on a shown card. With `id`, repeats an earlier press. */
  press(shown: Shown, event: CardEvent, values?: InputValues, id?: string): Promise<Delivered>;
  chat(): Promise<readonly PageMessage[]>;
  /** Number of posts that were repeated because no response arrived. */
  resent(): number;
}

/** A card on the screen. */
export interface Shown {
  readonly talkId?: string;
  readonly revision?: number;
  readonly card?: Card;
}

/**
 * `at` is the desk's address, or a function that is called for each attempt and may return one of several desks. `awake`
 * resolves when a retry makes sense.
 */
export function openPagePerson(
  at: string | (() => string),
  user: string,
  awake = (): Promise<unknown> => wait(20),
): PagePerson {
  const address = () => (typeof at === "string" ? at : at());
  let resent = 0;

  /** The desk may be down or die before it responds, so a repeated post carries the same id. */
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
        return (await response.json()) as readonly PageMessage[]; // as the route documents
      }),
  };
}

class Refused extends Error {}

/** One POST as the page sends it. */
export async function post(address: string, path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] }; // as the routes document
}

/** The event of the button with this title. Throws if the card has none. */
export function eventTitled(shown: Shown, label: string): CardEvent {
  const found = shown.card && eventButtons(shown.card).find((button) => button.label === label);
  if (found === undefined) throw new Error(`no button “${label}” on “${shown.card?.title}”`);
  return found.action.event;
}

/** The events of one type on a card, in reading order. */
export function eventsOn(shown: Shown, type: string): readonly CardEvent[] {
  if (shown.card === undefined) return [];
  return eventButtons(shown.card).flatMap(({ action }) => (action.event.type === type ? [action.event] : []));
}
