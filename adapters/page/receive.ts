import { z } from "zod";
import type { CardEvent } from "../../src/cards/card.ts";
import { isCardEvent } from "../../src/cards/card-event.ts";
import type { Inbound } from "../../src/conversation/inbound.ts";
import type { Address } from "../../src/ports/messenger.ts";

/** A user of the page: an id from the practice file (`chat: [{ page: ana }]`), or a guest the browser made up. */
export const pageUser = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** Which two people the page shows. */
export const shownUsers = z.object({ client: pageUser, practitioner: pageUser });

/** `POST /page/open`: somebody looks at this chat. */
export const openBody = z.strictObject({ user: pageUser });

/** `POST /page/say`. The limit is above the desk's own, so that the desk itself can answer a message that is too long. */
export const sayBody = z.strictObject({
  user: pageUser,
  id: z.uuid(),
  text: z.string().min(1).max(12_000),
});

const answerValue = z.union([z.string().max(12_000), z.array(z.string().max(2_000)).max(100)]);

/** `POST /page/press`. The engine compares the event with the stored card; here only its size and form are checked. */
export const pressBody = z.strictObject({
  user: pageUser,
  id: z.uuid(),
  talkId: z.string().min(1).max(200),
  revision: z.int().min(0),
  event: z.custom<CardEvent>(isCardEvent),
  values: z.record(z.string().max(200), answerValue).optional(),
});

/** `POST /page/press-drawn`: a press on a card drawn as in Teams, with the data its button and inputs bring back. */
export const drawnPressBody = z.strictObject({
  user: pageUser,
  id: z.uuid(),
  messageId: z.string().min(1).max(200),
  data: z.record(z.string().max(300), z.unknown()),
});

/** The chat address of a user of the page. */
export function pageAddress(user: string): Address {
  return { platform: "page", workspace: "local", user };
}

/** The same for every attempt of the same line or press, so that a resend is a redelivery. */
export function inboundId(uuid: string): string {
  return `page:${uuid}`;
}

/** A typed line. Times are epoch ms of the desk's clock. */
export function saidInbound(said: z.infer<typeof sayBody>, receivedAtMs: number): Inbound {
  const from = pageAddress(said.user);
  return { id: inboundId(said.id), receivedAtMs, from, body: { type: "text", text: said.text } };
}

/** A press on a card's button, with what its inputs were filled with. */
export function pressedInbound(pressed: z.infer<typeof pressBody>, receivedAtMs: number): Inbound {
  const { talkId, revision: seenRevision, event, values } = pressed;
  return {
    id: inboundId(pressed.id),
    receivedAtMs,
    from: pageAddress(pressed.user),
    body: { type: "press", talkId, seenRevision, event, ...(values && { values }) },
  };
}

/** The first look at a chat: one id per user, so that only the first is news to the desk. */
export function openedInbound(user: string, receivedAtMs: number): Inbound {
  return { id: `page:opened:${user}`, receivedAtMs, from: pageAddress(user), body: { type: "opened" } };
}
