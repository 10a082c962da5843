import { describe, expect, test } from "vitest";
import { completeAgain, dieAtWrite, killedTurns, prepareTurn } from "../support/kill-steps.ts";
import { ways } from "../support/shared-books.ts";

/** The number of processes started in parallel that uses the machine best. */
const atOnce = 2;

describe.each(ways)("on %s", (way) => {
  test.each(killedTurns)(
    "fault 1: killed before every single write of “$turn” and many of the writes it causes, the books show the state before or after the turn, and a redelivery of the same press completes it",
    async (turn) => {
      const prepared = await prepareTurn(way, turn);
      const states: string[] = [];
      let stride = 1;
      for (let next = 1, over = false; !over; next += atOnce * stride) {
        const writes = Array.from({ length: atOnce }, (_, at) => next + at * stride);
        const lives = await Promise.all(writes.map((write) => dieAtWrite(prepared, write)));
        over = lives.some(({ survived }) => survived);
        if (lives.every(({ answered }) => answered)) stride = 8; // after the commit
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
