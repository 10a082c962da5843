import type { InputValues } from "../../src/cards/card.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { teamsWords } from "../../src/words/teams.ts";
import { toAdaptiveCard } from "./render.ts";
import type { InvokeAnswer } from "./sdk.ts";
import { withAnswers } from "./values.ts";

/**
 * The immediate response to a press (T5): the current card with validation errors at its inputs, or a sentence. Only the
 * person who pressed sees it; the outbox repaints the message itself.
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

/** A response that shows a sentence instead of a card. */
export function sentenceAnswer(value: string): InvokeAnswer {
  return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.activity.message", value } };
}

/** The response to a press whose turn failed. Nothing was changed (T11). */
export const failedAnswer: InvokeAnswer = {
  status: 500,
  body: {
    statusCode: 500,
    type: "application/vnd.microsoft.error",
    value: { code: "500", message: teamsWords.failed },
  },
};
