import { eventButtons, isLive } from "../cards/card.ts";
import { given } from "../given.ts";
import type { Reading } from "../language/reading.ts";
import { conversationWords, languageWords } from "../words/conversation.ts";
import type { Route } from "./flow.ts";
import { isOfClient } from "./hear.ts";
import type { Delivered } from "./inbound.ts";
import { beginMeant } from "./meant.ts";
import type { OpenTalk } from "./open-talk.ts";
import type { Person } from "./person.ts";
import { noSuchTime, refusal, wayOut } from "./remarks.ts";
import type { Saying } from "./saying.ts";
import { settle, stepOf } from "./talking.ts";

/**
 * Says what was not understood: with the open card if it waits for words, otherwise with the likeliest meanings (W10).
 */
export async function notUnderstood(saying: Saying, person: Person): Promise<Delivered> {
  const { newest, open, reading } = saying;
  const remark =
    reading.language === undefined
      ? (refusal(reading, person) ?? saying.receiving.remark)
      : languageWords[reading.language];
  const receiving = { ...saying.receiving, ...given({ remark }) };
  // A yes that is not for this card may be about other requests. The list of open requests shows which.
  const isForOther = open?.isPressed === false && reading.answer?.isAlone === true;
  if (open !== undefined && !isForOther && isLive(open.card) && listens(open)) {
    const { flow, talk, snapshot } = open;
    const step = stepOf(receiving, open.person, flow, talk, {});
    return settle(receiving, step, snapshot, {
      how: "post",
      hint: whyNot(reading, open),
      understood: false,
      ways: [wayOut(open.person)].filter(({ label }) =>
        eventButtons(open.card).every((button) => button.label !== label),
      ),
    });
  }
  const route: Route = { flow: "home", input: { type: "not-understood" } };
  return beginMeant(receiving, { person, route }, newest);
}

function whyNot(reading: Reading, { flow, state, person }: OpenTalk): string {
  const [unread] = reading.unread;
  const missing = noSuchTime(reading);
  if (missing !== undefined) return missing;
  if (flow.field?.[state] !== undefined && isOfClient(reading, person.role)) return conversationWords.ofClient;
  return unread === undefined ? conversationWords.notUnderstood : conversationWords.unread(unread);
}

function listens({ flow, state }: OpenTalk): boolean {
  return [flow.hears, flow.field, flow.answers].some((by) => by?.[state] !== undefined);
}
