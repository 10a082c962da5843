import type { InputValues } from "../../src/cards/card.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { teamsWords } from "../../src/words/teams.ts";
import { toAdaptiveCard } from "./render.ts";
import type { InvokeAnswer } from "./sdk.ts";
import { withAnswers } from "./values.ts";

/**
 * What a press is answered with at once (T5): the card as it is now, with what was wrong at its inputs, or a sentence.
 * Only who pressed sees it; the message itself is painted anew by the outbox.
 */
export function answerToPress(delivered: Delivered, values: InputValues): InvokeAnswer {
  const { card, talkId, revision, errors, refused } = delivered;
  if (card === undefined || talkId === undefined || revision === undefined) {
    return sentenceAnswer(refused ?? teamsWords.settled);
  }
  const shown = errors === undefined ? card : withAnswers(card, values, errors);
  const value = toAdaptiveCard(shown, { talkId, revision });
  return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value } };
}

/** A sentence in place of a card. */
export function sentenceAnswer(value: string): InvokeAnswer {
  return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.activity.message", value } };
}

/** The answer to a press that broke the desk: nothing was done (T11). */
export const failedAnswer: InvokeAnswer = {
  status: 500,
  body: {
    statusCode: 500,
    type: "application/vnd.microsoft.error",
    value: { code: "500", message: teamsWords.failed },
  },
};
