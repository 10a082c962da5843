import type { Card } from "../../src/cards/card.ts";
import { reviewWords } from "../../src/words/review.ts";

/** A request that no longer exists, or that this practitioner may not see. */
export function goneView(): Card<never> {
  return {
    summary: reviewWords.goneTitle,
    title: reviewWords.goneTitle,
    parts: [{ type: "text", text: reviewWords.goneText }],
  };
}
