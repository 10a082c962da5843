import { describe, expect, test } from "vitest";
import { findOffer } from "../../src/desk/booking/offers.ts";
import { findSlots } from "../../src/desk/booking/slots.ts";
import { causeAt } from "../../src/desk/booking/why-not-free.ts";
import { asClient, hold, importAgain, inDesk, openQuay, pressOn, quay, request, titleOf, wordsOn } from "./quay.ts";

const minuteMs = 60_000;
/** Wednesday 09:00 in Lisbon is 04:00 in New York, where Ben is. */
const bens = { service: "Talk", day: "Wed 4 Mar", time: "04:00" };

describe("D3.10 a refused time says its true cause", () => {
  test("D3.10 over several practitioners a start is offered exactly when it has no cause", async () => {
    const desk = await openQuay();
    await request(desk, "ben", bens);
    await hold(desk, "ben", { service: "Duo", with: "Jonas Weber", day: "Wed 4 Mar", time: "05:00" });
    const [starts, causeless] = await inDesk(desk, async (inner) => {
      const { books, nowMs } = inner;
      const practice = await books.practices.get("quay");
      const offer = await findOffer(books, practice, "ana", "duo");
      const [method] = offer?.service.methods ?? [];
      if (offer === undefined || method === undefined) throw new Error("Duo is offered");
      const { service, practitioners } = offer;
      const search = { practice, service, method, practitioners, clientId: "ana", nowMs };
      const free = (await findSlots(books, search)).map(({ startsAtMs }) => startsAtMs);
      const untilMs = nowMs + 4 * 24 * 60 * minuteMs;
      const found: number[] = [];
      for (let ms = nowMs - 60 * minuteMs; ms < untilMs; ms += 30 * minuteMs) {
        if ((await causeAt({ books, actor: asClient("ana"), search }, ms)) === undefined) found.push(ms);
      }
      return [free.filter((ms) => ms < untilMs), found] as const;
    });
    expect(causeless).toEqual(starts);
    expect(starts.length).toBeGreaterThan(5);
  });

  test("D3.10 hours that were closed while the card stood open: nobody was faster, and the card does not say so", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await desk.advance("2026-03-02T08:11+00:00");
    await importAgain(
      desk,
      quay.replaceAll("hours: [{ days: [mon, tue, wed, thu, fri]", "hours: [{ days: [mon, tue, thu, fri]"),
    );
    await desk.forge("ana", pressOn(desk, "ana", "Confirm & book"));
    expect(titleOf(desk, "ana")).toBe("That time is not free");
    expect(wordsOn(desk.newest("ana"))).toContain("Wednesday 4 March at 09:00 is on a closed day.");
    expect(wordsOn(desk.newest("ana"))).not.toContain("someone else");
  });

  test("D3.10 a cause tells a client nothing of the other client", async () => {
    const desk = await openQuay();
    for (const after of [0, 30 * minuteMs]) {
      await desk.say("ana", "book");
      await desk.press("ana", "Talk");
      await desk.press("ana", "Wed 4 Mar");
      const press = pressOn(desk, "ana", after === 0 ? "09:00" : "10:00");
      await request(desk, "ben", { ...bens, time: after === 0 ? "04:00" : "05:00" });
      if (after > 0) await desk.advance("2026-03-02T08:30+00:00");
      await desk.forge("ana", press);
      const words = wordsOn(desk.newest("ana"));
      expect(words).toContain(after === 0 ? "was booked by someone else a moment ago" : "is already booked");
      expect(words).not.toMatch(/Ben|Okoro|New York|Private/);
    }
  });
});
