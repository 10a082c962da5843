import type { Card } from "../../src/cards/card.ts";
import { reviewWords } from "../../src/words/review.ts";

/** A request that is not this practitioner's to see, or is gone. */
export function goneView(): Card<never> {
  return {
    summary: reviewWords.goneTitle,
    title: reviewWords.goneTitle,
    parts: [{ type: "text", text: reviewWords.goneText }],
  };
}
