import { describe, expect, test } from "vitest";
import type { Store } from "../../db/store.ts";
import { confirmBooking, declineBooking, expireRequest, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import { acceptProposal, counterProposals } from "../../src/desk/changes/answer-proposal.ts";
import { proposeTimes } from "../../src/desk/changes/propose.ts";
import type { Desk } from "../../src/desk/desk.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml } from "../support/desk-files.ts";
import { stores } from "../support/store.ts";

const now = instant("2026-03-02T08:00:00Z");
const nine = instant("2026-03-03T09:00:00Z");
const hour = 3_600_000;
const rounds = 6;

const client = (at: number) =>
  ({ kind: "client", practiceId: "crowd", clientId: `c${at + 1}`, place: "page:local:c" }) as const;
const practitioner = (id: string, admin = false) =>
  ({ kind: "practitioner", practiceId: "crowd", practitionerId: id, admin, place: `page:local:${id}` }) as const;
const [p1, p2] = [practitioner("p1"), practitioner("p2", true)];

describe.each(stores)("on $name, at two desks", ({ open }) => {
  /** Two desk processes over one practice's books. */
  async function twoDesks() {
    const here = await open();
    await importYaml(here, crowdedPractice({ clients: 12, practitioners: 2 }), now);
    const desks: readonly Store[] = [here, await here.reopen()];
    const at = <T>(which: number, act: (desk: Desk) => Promise<T>, nowMs = now): Promise<T> => {
      const rest = { realNowMs: nowMs, nowMs, publicUrl: "http://localhost:3000", platforms: [] };
      return (desks[which % 2] ?? here).transaction((books) => act({ books, ...rest }));
    };
    const reread = (booking: Booking) => here.read.bookings.get("crowd", booking.id);
    const claims = (booking: Booking) => here.read.claims.listForBooking(booking.id);
    return { at, reread, claims };
  }
  type Desks = Awaited<ReturnType<typeof twoDesks>>;

  const order = (startsAtMs: number) => ({ serviceId: "talk", methodKey: "phone", practitionerId: "p1", startsAtMs });

  async function requested({ at }: Desks, who: number, startsAtMs: number): Promise<Booking> {
    const held = await at(0, (desk) => holdSlot(desk, client(who), order(startsAtMs)));
    if (!held.ok) throw new Error(`the time was free: ${held.refusal}`);
    const sent = await at(0, (desk) => submitBooking(desk, client(who), held.booking.id));
    if (!sent.ok) throw new Error(sent.refusal);
    return sent.booking;
  }

  /** A request of this client in the morning, with two times proposed for the afternoon. */
  async function proposed(desks: Desks, round: number) {
    const booking = await requested(desks, round, nine + round * hour);
    const times = [nine + 24 * hour + round * hour, nine + 48 * hour + round * hour] as const;
    const result = await desks.at(0, (desk) => proposeTimes(desk, p1, booking.id, { startsAtMs: times }));
    if (!result.ok) throw new Error(result.refusal);
    return { booking: result.booking, times };
  }

  test("two times accepted at once: one session, at one of them", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const { booking, times } = await proposed(desks, round);
      const both = await Promise.all(
        times.map((ms, which) => desks.at(which, (desk) => acceptProposal(desk, client(round), booking.id, ms))),
      );
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      const session = await desks.reread(booking);
      expect(session).toMatchObject({ status: "confirmed", version: booking.version + 1 });
      expect(times).toContain(session.startsAtMs);
      expect(await desks.claims(booking)).toMatchObject([{ kind: "session", startsAtMs: session.startsAtMs }]);
    }
  });

  test("the same acceptance at both desks counts once, and both show the same (case 10)", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const { booking, times } = await proposed(desks, round);
      const both = await Promise.all(
        [0, 1].map((which) => desks.at(which, (desk) => acceptProposal(desk, client(round), booking.id, times[0]))),
      );
      const session = await desks.reread(booking);
      expect(both).toEqual([
        { ok: true, booking: session },
        { ok: true, booking: session },
      ]);
    }
  });

  test("an acceptance and the deadline at once: one happens, and the claims match it", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const { booking, times } = await proposed(desks, round);
      await Promise.all([
        desks.at(0, (desk) => acceptProposal(desk, client(round), booking.id, times[1])),
        desks.at(1, async (desk) => {
          const found = await desk.books.bookings.lock("crowd", booking.id);
          return found && expireRequest(desk, found);
        }),
      ]);
      const { status } = await desks.reread(booking);
      expect(["confirmed", "expired"]).toContain(status);
      expect(await desks.claims(booking)).toHaveLength(status === "confirmed" ? 1 : 0);
    }
  });

  test("case 12: two practitioners decide at once, one confirms and one proposes: the first wins, the second sees it", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const booking = await requested(desks, round, nine + round * hour);
      const startsAtMs = [nine + 24 * hour + round * hour];
      const [confirmed, offered] = await Promise.all([
        desks.at(0, (desk) => confirmBooking(desk, p1, booking.id)),
        desks.at(1, (desk) => proposeTimes(desk, p2, booking.id, { startsAtMs })),
      ]);
      const now = await desks.reread(booking);
      expect([confirmed.ok, offered.ok].filter(Boolean)).toHaveLength(1);
      expect(confirmed.ok ? offered : confirmed).toEqual({ ok: false, refusal: "not-now", booking: now });
      expect(now.status).toBe(confirmed.ok ? "confirmed" : "proposed");
    }
  });

  test("an acceptance, a withdrawal, a decline and a counter at once: one happens", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const { booking, times } = await proposed(desks, round);
      const all = await Promise.all([
        desks.at(0, (desk) => acceptProposal(desk, client(round), booking.id, times[0])),
        desks.at(1, (desk) => withdrawBooking(desk, client(round), booking.id)),
        desks.at(0, (desk) => declineBooking(desk, p1, booking.id)),
      ]);
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      const { version } = await desks.reread(booking);
      expect(version).toBe(booking.version + 1);
      const late = await desks.at(1, (desk) => counterProposals(desk, client(round), booking.id, "later"));
      expect(late).toMatchObject({ ok: false, refusal: "not-now" });
    }
  });

  test("while a time is proposed, eleven other clients at both desks cannot hold it or its buffers", async () => {
    const desks = await twoDesks();
    const { booking, times } = await proposed(desks, 0);
    const others = await Promise.all(
      Array.from({ length: 11 }, (_, n) =>
        // Half of them want the half hour after it, which is the session's rest.
        desks.at(n, (desk) => holdSlot(desk, client(n + 1), order(times[0] + (n % 2) * (hour / 2)))),
      ),
    );
    expect(others.filter(({ ok }) => ok)).toEqual([]);
    expect(await desks.at(1, (desk) => acceptProposal(desk, client(0), booking.id, times[0]))).toMatchObject({
      ok: true,
    });
  });

  test("a proposal and another client's hold of the same time at once: one succeeds", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const booking = await requested(desks, round, nine + round * hour);
      const startsAtMs = nine + 24 * hour + round * hour;
      const [offered, held] = await Promise.all([
        desks.at(0, (desk) => proposeTimes(desk, p1, booking.id, { startsAtMs: [startsAtMs] })),
        desks.at(1, (desk) => holdSlot(desk, client(round + 6), order(startsAtMs))),
      ]);
      expect([offered.ok, held.ok].filter(Boolean)).toHaveLength(1);
    }
  });

  test("the requested time is claimed again by its own booking and by another client at once: one succeeds", async () => {
    const desks = await twoDesks();
    for (let round = 0; round < rounds; round += 1) {
      const { booking } = await proposed(desks, round);
      const asked = booking.startsAtMs;
      const [, held] = await Promise.all([
        desks.at(0, (desk) => counterProposals(desk, client(round), booking.id, "later")),
        desks.at(1, (desk) => holdSlot(desk, client(round + 6), order(asked))),
      ]);
      expect(await desks.claims(booking)).toHaveLength(held.ok ? 0 : 1);
      expect((await desks.reread(booking)).status).toBe("requested");
    }
  });
});
