import { expect, test } from "vitest";
import { completeAgain, dieAtWrite, killedTurns, prepareTurn } from "../support/kill-steps.ts";

test.each(killedTurns.slice(0, 1))(
  "fault 1: killed early in “$turn”, late in it and behind it, the books are as before or as after, and the same press delivered again completes it",
  async (turn) => {
    const prepared = await prepareTurn("SQLite", turn);
    const lives = await Promise.all([2, 15, 40].map((write) => dieAtWrite(prepared, write)));
    expect(lives.map(({ state }) => state)).toEqual(["before", "before", "after"]);
    for (const life of lives) expect(await completeAgain(prepared, life)).toBe(prepared.after);
  },
);
