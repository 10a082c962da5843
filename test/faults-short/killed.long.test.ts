import { expect, test } from "vitest";
import { completeAgain, dieAtWrite, killedTurns, prepareTurn } from "../support/kill-steps.ts";

test.each(killedTurns.slice(0, 1))(
  "fault 1: killed early in “$turn”, late in it and after it, the books show the state before or after the turn, and a redelivery of the same press completes it",
  async (turn) => {
    const prepared = await prepareTurn("SQLite", turn);
    const lives = await Promise.all([2, 15, 40].map((write) => dieAtWrite(prepared, write)));
    expect(lives.map(({ state }) => state)).toEqual(["before", "before", "after"]);
    for (const life of lives) expect(await completeAgain(prepared, life)).toBe(prepared.after);
  },
);
