import { expect, test } from "vitest";
import { parseMove } from "../../src/language/move.ts";
import { inWords, now } from "./reading.ts";

/** On Wednesday 4 March 2026 at ten in the morning in New York: the text, the time it has, the time it should get, the shift. */
const moves: readonly [string, string, string, string][] = [
  ["move my Friday session to Monday 3pm", "2026-03-06", "2026-03-09 15:00", ""],
  ["move my Friday session", "2026-03-06", "", ""],
  ["reschedule tomorrow's appointment", "2026-03-05", "", ""],
  ["reschedule tomorrow's appointment to Thursday at 10", "2026-03-05", "2026-03-05 10:00", ""],
  ["can we move Thursday to Friday?", "2026-03-05", "2026-03-06", ""],
  ["move it to Friday", "", "2026-03-06", ""],
  ["could you move it to next Tuesday afternoon", "", "2026-03-10 12:00-17:00", ""],
  ["change my appointment from Tuesday to Wednesday", "2026-03-10", "2026-03-04 else 2026-03-11", ""],
  ["change my session from 3pm to 4pm", "15:00", "16:00", ""],
  ["change it from 3 to 4", "15:00", "16:00", ""],
  ["move my 3pm to 4pm", "15:00", "16:00", ""],
  ["move my 3pm on Friday to Monday at 10", "2026-03-06 15:00", "2026-03-09 10:00", ""],
  ["push my session back an hour", "", "", '{"minutes":60}'],
  ["push it back 30 minutes", "", "", '{"minutes":30}'],
  ["can I come an hour earlier on Friday?", "", "2026-03-06", '{"minutes":-60}'],
  ["same time next week", "", "2026-03-09..2026-03-15", '{"weeks":1}'],
  ["move my session to the same time next week", "", "2026-03-09..2026-03-15", '{"weeks":1}'],
  ["make it 4pm instead of 3pm", "15:00", "16:00", ""],
  ["4 instead of 3", "15:00", "16:00", ""],
  ["Monday instead of Friday", "2026-03-06", "2026-03-09", ""],
  ["Thursday, not Friday", "2026-03-06", "2026-03-05", ""],
  ["reschedule my session on the 12th to the 14th at 10", "2026-03-12", "2026-03-14 10:00", ""],
  ["reschedule my 10am session on March 12 for March 14", "2026-03-12 10:00", "2026-03-14", ""],
  ["switch my Monday appointment for Wednesday morning", "2026-03-09", "2026-03-04 07:00-12:00 else 2026-03-11", ""],
  ["could my session be on Thursday instead?", "", "2026-03-05", ""],
  ["make my appointment at 3:30 instead", "", "15:30", ""],
  ["can we do Tuesday instead of Thursday?", "2026-03-05", "2026-03-10", ""],
  ["bring my Friday session forward to Thursday", "2026-03-06", "2026-03-05", ""],
  ["postpone my appointment to the week after next", "", "2026-03-16..2026-03-22", ""],
  ["postpone by a week", "", "", '{"weeks":1}'],
  ["move tomorrow's session to the afternoon", "2026-03-05", "12:00-17:00", ""],
  ["swap Friday 10am for Monday 10am", "2026-03-06 10:00", "2026-03-09 10:00", ""],
  ["can we reschedule?", "", "", ""],
  ["I need to move my appointment", "", "", ""],
  ["delay tomorrow's session by 15 minutes", "2026-03-05", "", '{"minutes":15}'],
  ["my Tuesday session needs to be on Wednesday", "2026-03-10", "2026-03-04 else 2026-03-11", ""],
  ["shift Thursday's 2pm to 3", "2026-03-05 14:00", "15:00", ""],
  [
    "move the session from Monday to Thursday or Friday afternoon",
    "2026-03-09",
    "2026-03-05 12:00-17:00 | 2026-03-06 12:00-17:00",
    "",
  ],
  ["move it to Wednesday from 7pm to 9pm", "", "2026-03-04 19:00-21:00 else 2026-03-11", ""],
  ["can my 9 o'clock be at 11?", "09:00", "11:00", ""],
];

test.each(moves)("%s: from “%s” to “%s” %s", (text, from, to, shift) => {
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
