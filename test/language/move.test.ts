import { expect, test } from "vitest";
import { parseMove } from "../../src/language/intent/move.ts";
import { movePhrases } from "./phrases/moves.ts";
import { inWords, now } from "./reading.ts";

test.each(movePhrases)("%s: from “%s” to “%s” %s", (text, from, to, shift) => {
  const move = parseMove(text, now);
  expect([
    move?.from === undefined ? "" : inWords(move.from),
    move?.to === undefined ? "" : inWords(move.to),
    move?.shift === undefined ? "" : JSON.stringify(move.shift),
  ]).toEqual([from, to, shift]);
});

test.each(["can we reschedule?", "hello", "move it", "book a session with Ana", ""])("“%s” says neither", (text) => {
  expect(parseMove(text, now)).toBeUndefined();
});
