import { overlaps, type Span } from "../span.ts";

/** Ways to meet, as in the practice file. */
export type MethodKind = "video" | "phone" | "in_person" | "chat";

export interface MethodFound extends Span {
  readonly kind: MethodKind;
}

const methods: readonly (readonly [MethodKind, RegExp])[] = [
  ["video", /\b(?:video(?: ?calls?| chat)?|online|virtual(?:ly)?|zoom|remote(?:ly)?|facetime|webcam)\b/g],
  ["phone", /\b(?:(?:tele)?phone(?: ?calls?)?(?! ?(?:numbers?|nr|no\b))|(?:by|over a|on a|as a) call)\b/g],
  [
    "in_person",
    /\b(?:in[- ]person|face[- ]to[- ]face|on[- ]site|(?:at|in) (?:the|your) (?:practice|office|clinic|studio|rooms?))\b/g,
  ],
  [
    "chat",
    /\b(?:(?:by|in|over|via|on) chat|chat session|text chat)\b|^chat\b(?=\W*(?:please)?\W*$)|\bchat(?= (?:not|or)\b)|(?<=\b(?:not|or) )chat\b/g,
  ],
];

/** Words of the list above that also occur in service names: "chat" does not name "Evening chat". */
export const methodNames: ReadonlySet<string> = new Set(
  "video online virtual zoom remote phone telephone call person chat".split(" "),
);

/** Ways to meet in a normalised text, in reading order. Spans that were already read are skipped. */
export function methodsIn(said: string, taken: readonly Span[]): readonly MethodFound[] {
  return methods
    .flatMap(([kind, pattern]) =>
      [...said.matchAll(pattern)].map((match) => ({ kind, from: match.index, to: match.index + match[0].length })),
    )
    .filter((found) => !taken.some((span) => overlaps(span, found)))
    .sort((a, b) => a.from - b.from);
}
