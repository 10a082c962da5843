import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { originalOf } from "../../../src/language/span.ts";
import { clientSays, practitionerSays } from "./practice.ts";

const hostile: readonly (readonly [name: string, text: string])[] = [
  ["nothing", ""],
  ["blanks", " \n\t "],
  ["emoji", "🎉🎉🎉🤷"],
  ["10,000 characters", "please cancel my massage or maybe not ".repeat(264)],
  ["10,000 brackets", "<".repeat(5000) + ">".repeat(5000)],
  ["right to left", "أريد حجز موعد يوم الجمعة"],
  ["marks of direction", "\u202ecancel\u202c \u200bmy\u200d session"],
  ["markup", "<script>alert(1)</script> *bold* <@U123> &amp;"],
  ["a thread", "> On Mon, Ana wrote:\n> cancel friday\n\nRegards,\nAna\n".repeat(20)],
  ["an object's own words", "constructor __proto__ toString"],
];

describe("bad input", () => {
  test.each(hostile)("W1: %s is read without an error, and only its beginning", (_, text) => {
    expect(clientSays(text).said.length).toBeLessThanOrEqual(300);
    expect(practitionerSays(text).said.length).toBeLessThanOrEqual(300);
  });

  test("W1: whatever is typed is read, and every span lies in the message", () => {
    const words = fc.constantFrom(
      "cancel",
      "not",
      "book",
      "maya",
      "friday",
      "at 3",
      "yes",
      "tell",
      "massage",
      "?",
      ",",
      "if",
      "<",
      "and",
      "my",
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.array(words, { maxLength: 20 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const reading = practitionerSays(typed);
        for (const { from, to } of [
          ...reading.acts,
          ...reading.questions,
          ...reading.names,
          ...reading.methods,
          ...reading.rest,
        ]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(reading.said.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("W1: a message that was cut keeps its end in what is passed on", () => {
    const long = `tell maya ${"I am a bit late and the bus is stuck. ".repeat(20)}Bye`;
    const reading = clientSays(long);
    const content = reading.acts[0]?.content;
    expect(content && originalOf(long, reading.said, content)).toBe(long.slice("tell maya ".length));
    expect(reading.isCut).toBe(true);
  });

  test("W3: no message with a refusal in it is a yes", () => {
    const refusals = fc.constantFrom("not", "don't", "never", "no");
    const others = fc.array(fc.constantFrom("yes", "ok", "please", "book", "it", "today", "sure"), { maxLength: 5 });
    fc.assert(
      fc.property(others, refusals, others, (a, no, b) => {
        const { answer } = clientSays([...a, no, ...b].join(" "));
        expect(answer?.grade === "plain" && answer.isAlone).toBe(false);
      }),
    );
  });
});
