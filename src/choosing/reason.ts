import type { Input, InputValues } from "../cards/card.ts";
import type { Turn } from "../conversation/flow.ts";
import { changeWords } from "../words/changes.ts";

/** More is not a reason but a letter. */
const longestReason = 500;

/** The field for a reason, or for a message to the other side; `typed` is what was typed for it before. */
export function reasonInput(label: string, required: boolean, typed: string | undefined): Input {
  return {
    id: "reason",
    label,
    kind: "long_text",
    required,
    ...(typed === undefined || typed === "" ? {} : { value: typed }),
  };
}

/** The reason as it was filled in, or typed before. Undefined: it was refused, and the card says why. */
export function takeReason(turn: Turn, typed: string, required: boolean): string | undefined {
  const given = filledIn(turn.values) ?? typed;
  const reason = given.trim();
  if (required && reason === "") {
    turn.refuseInputs({ reason: changeWords.reasonNeeded });
    return undefined;
  }
  if ([...reason].length > longestReason) {
    turn.refuseInputs({ reason: changeWords.reasonTooLong(longestReason) });
    return undefined;
  }
  return reason;
}

function filledIn({ reason }: InputValues): string | undefined {
  return typeof reason === "string" ? reason : undefined;
}

/** Typed as a reason: cut a little above what is taken, so that too long a one is still refused. */
export function typedReason(text: string): string {
  return text.slice(0, longestReason + 100);
}
