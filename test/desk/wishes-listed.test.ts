import { expect, test } from "vitest";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { moveBooking } from "../../src/desk/changes/move.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, buttonsOn, inDesk, openQuay, request, reread, titleOf, wordsOn } from "./quay.ts";

// D4.5: an open change request is listed wherever the practitioner's open requests are.

async function wished(desk: TestDesk, user = "ana", time = "09:00", day = "09"): Promise<Booking> {
  const booking = await request(desk, user, { service: "Talk", day: "Fri 6 Mar", time });
  await inDesk(desk, (inside) => confirmBooking(inside, asPractitioner("maya"), booking.id));
  const order = { startsAtMs: instant(`2026-03-${day}T10:00Z`), methodKey: "video", reason: "Away" };
  expect(await inDesk(desk, (inside) => moveBooking(inside, asClient(user), booking.id, order))).toMatchObject({
    ok: true,
    outcome: "asked",
  });
  await desk.idle();
  return reread(desk, booking);
}

test("it is listed beside the requests, on the menu too, and opens with one tap", async () => {
  const desk = await openQuay();
  const booking = await wished(desk);
  await request(desk, "ben", { service: "Talk", day: "Fri 6 Mar", time: "05:00" });
  for (const words of ["requests", "home"]) {
    await desk.say("maya", words);
    expect(wordsOn(desk.newest("maya"))).toContain("One request is waiting for you.");
    expect(wordsOn(desk.newest("maya"))).toContain("One change request is waiting for you.");
    expect(buttonsOn(desk.newest("maya")).slice(0, 2)).toEqual([
      "Ben Okoro, Fri 6 Mar, 10:00",
      "Move: Ana Alves, Fri 6 Mar, 09:00",
    ]);
  }
  await desk.press("maya", "Move: Ana Alves, Fri 6 Mar, 09:00");
  expect(titleOf(desk, "maya")).toBe("Ana Alves would like another time");
  await desk.press("maya", "Approve");
  expect((await reread(desk, booking)).startsAtMs).toBe(instant("2026-03-09T10:00Z"));
  await desk.say("maya", "requests");
  expect(wordsOn(desk.newest("maya"))).not.toContain("wish");
});

test("“confirm Ana” opens hers if it is the only open one of hers; “confirm all” answers requests and names the change request", async () => {
  const desk = await openQuay();
  await wished(desk);
  await desk.say("maya", "sessions");
  await desk.say("maya", "confirm Ana");
  expect(titleOf(desk, "maya")).toBe("Ana Alves would like another time");
  await desk.say("maya", "confirm all");
  expect(titleOf(desk, "maya")).toBe("Ana Alves would like another time");
  await desk.advance("2026-03-02T08:05+00:00");
  await request(desk, "ben", { service: "Talk", day: "Fri 6 Mar", time: "05:00" });
  await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  await desk.advance("2026-03-02T08:10+00:00");
  await desk.say("maya", "confirm all");
  expect(wordsOn(desk.newest("maya"))).toContain("One change request is waiting too");
});

test("a colleague's change requests are neither listed nor counted", async () => {
  const desk = await openQuay();
  await wished(desk);
  await desk.say("jonas", "requests");
  expect(wordsOn(desk.newest("jonas"))).not.toContain("wish");
  await desk.say("jonas", "confirm all");
  expect(wordsOn(desk.newest("jonas"))).toContain("No request is waiting.");
});
