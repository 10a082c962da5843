import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { listSlots, type SlotQuestion, whyNotFree } from "../../src/domain/availability.ts";
import { workingDays } from "../../src/domain/working-hours.ts";
import { naiveSlots } from "../support/naive-slots.ts";
import { randomQuestion } from "../support/random-question.ts";

const minuteMs = 60_000;

/** The properties of free times. `share` is the part of the random schedules that are tried, 1 for all. */
export function availabilityProperties(share: number): void {
  describe("for any schedule", () => {
    test("slots equal those of a naive luxon implementation, across every DST change", () => {
      let offered = 0;
      check(2_000, (question) => {
        const slots = listSlots(question);
        offered += slots.length;
        expect(slots).toEqual(naiveSlots(question));
      });
      // Guards the generator: an oracle that always returns nothing proves nothing.
      expect(offered).toBeGreaterThan(10_000 * share);
    });

    test("a session lies inside a working window, D3.4", () => {
      check(1_000, (question) => {
        const days = [...workingDays(question, question.fromMs, question.toMs)];
        const windows = days.flatMap((day) => day.windows);
        for (const startsAtMs of listSlots(question)) {
          const endsAtMs = startsAtMs + question.offering.durationMinutes * minuteMs;
          expect(windows.some((window) => window.startsAtMs <= startsAtMs && endsAtMs <= window.endsAtMs)).toBe(true);
        }
      });
    });

    test("a session keeps the longer of two neighbours' buffers from every busy interval, D3.3", () => {
      check(1_000, (question) => {
        const { offering } = question;
        for (const startsAtMs of listSlots(question)) {
          const endsAtMs = startsAtMs + offering.durationMinutes * minuteMs;
          for (const busy of question.busy.filter((one) => one.startsAtMs < one.endsAtMs)) {
            const gapMinutes = Math.max(busy.startsAtMs - endsAtMs, startsAtMs - busy.endsAtMs) / minuteMs;
            const isFirst = endsAtMs <= busy.startsAtMs;
            const needed = isFirst
              ? Math.max(offering.bufferAfterMinutes, busy.bufferBeforeMinutes)
              : Math.max(busy.bufferAfterMinutes, offering.bufferBeforeMinutes);
            expect(gapMinutes).toBeGreaterThanOrEqual(needed);
          }
        }
      });
    });

    test("a start respects notice, horizon and range, in order and without duplicates, D3.5", () => {
      check(1_000, (question) => {
        const slots = listSlots(question);
        const zone = question.schedule.timezone;
        const lastDate = DateTime.fromMillis(question.nowMs, { zone }).plus({ days: question.offering.horizonDays });
        for (const startsAtMs of slots) {
          expect(startsAtMs - question.nowMs).toBeGreaterThanOrEqual(question.offering.minimumNoticeMinutes * minuteMs);
          expect(DateTime.fromMillis(startsAtMs, { zone }) <= lastDate.endOf("day")).toBe(true);
          expect(question.fromMs <= startsAtMs && startsAtMs < question.toMs).toBe(true);
        }
        expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
      });
    });

    test("booking shown slots one after the other never exceeds a limit, D3.5", () => {
      check(300, (question) => {
        let asked = question;
        for (let taken = 0; taken < 15; taken += 1) {
          const [first] = listSlots(asked, 1);
          if (first === undefined) break;
          asked = { ...asked, countedStartsAtMs: [...asked.countedStartsAtMs, first] };
          for (const { limit, format } of limitsByFormat(asked)) {
            const name = (ms: number) => DateTime.fromMillis(ms, { zone: asked.schedule.timezone }).toFormat(format);
            expect(asked.countedStartsAtMs.filter((ms) => name(ms) === name(first)).length).toBeLessThanOrEqual(limit);
          }
        }
      });
    });

    test("every shown start is accepted, D3.7", () => {
      check(1_000, (question) => {
        for (const startsAtMs of listSlots(question)) expect(whyNotFree(question, startsAtMs)).toBeUndefined();
      });
    });

    test("every other start is refused: neighbours, times off the grid, any minute and any millisecond, D3.7", () => {
      const probes = fc.array(
        fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), stepMs: fc.constantFrom(1, 1000, 5 * minuteMs) }),
      );
      check(
        1_000,
        (question, chosen) => {
          const slots = listSlots(question);
          const shown = new Set(slots);
          const lengthMs = question.toMs - question.fromMs + 4 * 3_600_000;
          const anywhere = chosen.map(({ at, stepMs }) => {
            return Math.floor((question.fromMs - 2 * 3_600_000 + at * lengthMs) / stepMs) * stepMs;
          });
          const incrementMs = question.offering.incrementMinutes * minuteMs;
          const near = slots.flatMap((slot) => [
            slot - 1,
            slot + 1,
            slot + 0.5,
            slot - minuteMs,
            slot - incrementMs,
            slot + incrementMs,
          ]);
          for (const startsAtMs of [...anywhere, ...near]) {
            expect(whyNotFree(question, startsAtMs) === undefined, new Date(startsAtMs).toISOString()).toBe(
              shown.has(startsAtMs),
            );
          }
        },
        probes,
      );
    });

    test("a limited query returns the first few", () => {
      check(300, (question) => {
        expect(listSlots(question, 3)).toEqual(listSlots(question).slice(0, 3));
      });
    });

    test("the order of claims does not matter", () => {
      check(300, (question) => {
        expect(listSlots({ ...question, busy: question.busy.toReversed() })).toEqual(listSlots(question));
      });
    });

    test("a range queried in two halves gives the same slots", () => {
      check(500, (question) => {
        const middleMs = Math.floor((question.fromMs + question.toMs) / 2);
        const halves = [...listSlots({ ...question, toMs: middleMs }), ...listSlots({ ...question, fromMs: middleMs })];
        expect(halves).toEqual(listSlots(question));
      });
    });
  });

  function check<Extra>(
    numRuns: number,
    property: (question: SlotQuestion, extra: Extra) => void,
    extra: fc.Arbitrary<Extra> = fc.constant(undefined as Extra),
  ): void {
    fc.assert(fc.property(randomQuestion, extra, property), { numRuns: numRuns * share });
  }
}

function limitsByFormat({ schedule: { limits } }: SlotQuestion): { limit: number; format: string }[] {
  return [
    { limit: limits.perHour, format: "yyyy-MM-dd HH ZZ" },
    { limit: limits.perDay, format: "yyyy-MM-dd" },
    { limit: limits.perMonth, format: "yyyy-MM" },
  ].filter((one): one is { limit: number; format: string } => one.limit !== undefined);
}
