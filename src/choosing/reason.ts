import type { Input, InputValues } from "../cards/card.ts";
import type { Turn } from "../conversation/flow.ts";
import { given } from "../given.ts";
import type { Act } from "../language/intent/act.ts";
import type { Reading } from "../language/reading.ts";
import { originalOf } from "../language/span.ts";
import { changeWords } from "../words/changes.ts";

/** In characters. */
const longestReason = 500;
/** Typed words are kept a little beyond the limit, so that a reason that is too long is refused and not cut. */
export const longestTyped = longestReason + 100;

/** The field for a reason, or for a message to the other side. `typed` is the text so far. */
export function reasonInput(label: string, required: boolean, typed: string | undefined): Input {
  return {
    id: "reason",
    label,
    kind: "long_text",
    required,
    ...given({ value: typed === "" ? undefined : typed }),
  };
}

/** The reason from the field, or the one typed before. Blank: none. Undefined: refused, and the card says why. */
export function takeReason(turn: Turn, typed: string | undefined, required: boolean): string | undefined {
  const reason = (filledIn(turn.values) ?? typed ?? "").trim();
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

/** The reason an act gives ("cancel Friday, I am sick"), as it was typed. */
export function reasonSaid({ reason }: Pick<Act, "reason">, turn: Turn): string | undefined {
  const { said, reading } = turn;
  if (reason === undefined || said === undefined || reading === undefined) return undefined;
  const text = originalOf(said, reading.said, reason);
  return text === "" ? undefined : typedReason(text);
}

/** Whether a message takes back the reason on the card: "leave out the reason", "without a reason". */
export function dropsReason({ said, questions }: Reading): boolean {
  return questions.length === 0 && dropping.test(said);
}

const reasonNoun = "(?:the |that |my |any |a )?(?:reason|message|note|comment)";
const dropping = new RegExp(
  `^(?:(?:please|actually|ok|sorry|and|but|can you|could you|i'd rather)[ ,]+)*(?:(?:leave out|leave off|take out|take off|remove|delete|drop|clear|scrap|forget|omit) ${reasonNoun}|(?:leave|take) ${reasonNoun} (?:out|off|away)|(?:without|(?:do not|don't) (?:send|give|include)) ${reasonNoun})(?: please)?[.! ]*$`,
);

/** Typed words as a reason. */
export function typedReason(text: string): string {
  return text.slice(0, longestTyped);
}
