import { describe, expect, test } from "vitest";
import { completeAgain, dieAtWrite, killedTurns, prepareTurn } from "../support/kill-steps.ts";
import { ways } from "../support/shared-books.ts";

/** Of so many starting processes at a time the machine makes the most. */
const atOnce = 2;

describe.each(ways)("on %s", (way) => {
  test.each(killedTurns)(
    "fault 1: killed ahead of every single write of “$turn”, and of many that follow from it, the books are as before or as after, never between, and the same press delivered again completes it",
    async (turn) => {
      const prepared = await prepareTurn(way, turn);
      const states: string[] = [];
      let stride = 1;
      for (let next = 1, over = false; !over; next += atOnce * stride) {
        const writes = Array.from({ length: atOnce }, (_, at) => next + at * stride);
        const lives = await Promise.all(writes.map((write) => dieAtWrite(prepared, write)));
        over = lives.some(({ survived }) => survived);
        if (lives.every(({ answered }) => answered)) stride = 8; // behind the commit
        states.push(...lives.map(({ state }) => state));
        const ends = await Promise.all(lives.map((life) => completeAgain(prepared, life)));
        expect(ends).toEqual(lives.map(() => prepared.after));
      }
      const within = states.filter((state) => state === "before").length;
      process.stdout.write(
        `“${turn.turn}” on ${way}: killed ${states.length} times, ${within} of them within the turn\n`,
      );
      expect(states.join("; ")).toMatch(/^(before; )+(after; )+after$/);
    },
  );
});
