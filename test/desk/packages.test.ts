import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findSlots } from "../../src/desk/booking/slots.ts";
import { type Assignment, assignPackage } from "../../src/desk/packages/assign-package.ts";
import { extendPackage, restoreCredit } from "../../src/desk/packages/credits.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, bookingsOf, buttonsOn, inDesk, pressOn, wordsOn } from "./quay.ts";

const practice = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
const practiceId = "packages";

const openDesk = () => openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
const maya = asPractitioner("maya", { admin: true, practiceId });
const jonas = asPractitioner("jonas", { practiceId });
const grantsOf = (desk: TestDesk, client: string) => desk.store.read.packages.listGrants(practiceId, client);
const spring: Assignment = {
  clientId: "dana",
  templateId: "spring-reset",
  terms: { limits: {}, items: [{ serviceId: "follow-up", sessions: 2 }] },
};

async function bookedFromPackage(desk: TestDesk, user: string, line: string): Promise<Booking> {
  await desk.say(user, line);
  await desk.press(user, "Confirm & book");
  await desk.press("maya", "Confirm");
  const booking = (await bookingsOf(desk, user, practiceId)).find(({ status }) => status === "confirmed");
  if (booking === undefined) throw new Error("nothing was confirmed");
  return booking;
}

test("D7.4: only a practitioner of one of its services, or an admin, grants or extends a package", async () => {
  const desk = await openDesk();
  const [held] = await grantsOf(desk, "ana");
  const gives = (actor: typeof maya) => inDesk(desk, (inside) => assignPackage(inside, actor, spring));
  const extends_ = (actor: typeof maya) => inDesk(desk, (inside) => extendPackage(inside, actor, held?.id ?? "", 14));
  const others = [
    jonas,
    asClient("ana", practiceId),
    asClient("dana", practiceId),
    asPractitioner("maya", { admin: true, practiceId: "elsewhere" }),
  ];
  for (const actor of others) {
    expect((await gives(actor)).ok).toBe(false);
    expect(await extends_(actor)).toEqual({ ok: false, refusal: "not-yours" });
  }
  expect(await grantsOf(desk, "dana")).toEqual([]);
  expect((await grantsOf(desk, "ana"))[0]?.expiresOn).toBe("2026-06-30");
  expect((await gives(asPractitioner("maya", { practiceId }))).ok).toBe(true);
});

test("D6.1: changes for one client are frozen on their package, and the template stays as it is", async () => {
  const desk = await openDesk();
  const given = await inDesk(desk, (inside) =>
    assignPackage(inside, maya, {
      ...spring,
      terms: {
        ...spring.terms,
        expiresAfterDays: 30,
        items: [...spring.terms.items, { serviceId: "coaching", sessions: 9 }],
      },
    }),
  );
  expect(given).toMatchObject({
    ok: true,
    held: {
      startsOn: "2026-03-02",
      expiresOn: "2026-04-01",
      frozen: { limits: {}, expiresAfterDays: 30, items: [{ serviceId: "follow-up", sessions: 2 }] },
    },
  });
  const template = (await desk.store.read.packages.listTemplates(practiceId)).find(({ id }) => id === "spring-reset");
  expect(template).toMatchObject({ limits: { perWeek: 1 }, expiresAfterDays: 120 });
  expect(await inDesk(desk, (inside) => assignPackage(inside, maya, spring))).toEqual({
    ok: false,
    refusal: "already-given",
  });
});

test("a package can be booked from by its owner only, whatever a press contains", async () => {
  const desk = await openDesk();
  const [anas] = await grantsOf(desk, "ana");
  await desk.say("ben", "book");
  const press = pressOn(desk, "ben", "Body check");
  const forged = { ...press, event: { type: "package.chosen", packageId: anas?.id ?? "" } };
  expect((await desk.forge("ben", forged)).refused).toBeDefined();
});

test("case 16: a session moved within its own full week does not count itself", async () => {
  const desk = await openDesk();
  const booking = await bookedFromPackage(desk, "ana", "book my next package session Tuesday at 10");
  const books = desk.store.read;
  const own = await books.practices.get(practiceId);
  const service = (await books.catalogue.listServices(practiceId)).find(({ id }) => id === "follow-up");
  const practitioners = (await books.people.listPractitioners(practiceId)).filter(({ id }) => id === "maya");
  const [method] = service?.methods ?? [];
  if (service === undefined || method === undefined) throw new Error("no follow-up");
  const search = {
    practice: own,
    service,
    method,
    practitioners,
    clientId: "ana",
    nowMs: desk.clock.now(),
    clientPackageId: booking.clientPackageId ?? "",
  };
  const firstOf = async (but: object) => (await findSlots(books, { ...search, ...but }))[0]?.startsAtMs;
  expect(await firstOf({})).toBe(instant("2026-03-09T09:00:00Z"));
  expect(await firstOf({ exceptBookingId: booking.id })).toBe(instant("2026-03-02T10:00:00Z"));
  const free = await findSlots(books, { ...search, exceptBookingId: booking.id });
  expect(free.some(({ startsAtMs }) => startsAtMs === booking.startsAtMs)).toBe(true);
});

test("case 15: the practitioner is notified of a credit restored after expiry, and extends the package with one tap", async () => {
  const desk = await openDesk();
  const booking = await bookedFromPackage(desk, "carl", "use my Single ticket for Friday at 9");
  await desk.advance("2026-03-07T08:00+00:00");
  await inDesk(desk, (inside) => restoreCredit(inside, asClient("carl", practiceId), booking));
  await desk.say("carl", "my packages");
  expect(wordsOn(desk.newest("carl"))).toContain("expired on 6 March");
  expect(buttonsOn(desk.newest("maya"))).toEqual(["Extend 14 days", "Leave it expired"]);
  expect(wordsOn(desk.newest("maya"))).toContain("ended on 6 March");
  await desk.press("maya", "Extend 14 days");
  expect(wordsOn(desk.newest("maya"))).toContain(
    "Carl Holm can use Single ticket until 21 March. We tell them in chat and by email.",
  );
  await desk.say("carl", "my packages");
  expect(wordsOn(desk.newest("carl"))).toContain("1 of 1 left, until 21 March");
  await desk.press("carl", "Single ticket");
  await desk.press("carl", "History");
  expect(wordsOn(desk.newest("carl"))).toContain("Back after the package was extended: 1 session Follow-up");
});

test("case 15: or leaves it as it is", async () => {
  const desk = await openDesk();
  const booking = await bookedFromPackage(desk, "carl", "use my Single ticket for Friday at 9");
  await desk.advance("2026-03-07T08:00+00:00");
  await inDesk(desk, (inside) => restoreCredit(inside, asClient("carl", practiceId), booking));
  await desk.idle();
  await desk.press("maya", "Leave it expired");
  expect((await grantsOf(desk, "carl"))[0]?.expiresOn).toBe("2026-03-06");
});

test("D6.5: a package booking asks for no payment: no card of it shows a price", async () => {
  const desk = await openDesk();
  const booking = await bookedFromPackage(desk, "ana", "book my next package session Tuesday at 10");
  expect(booking.clientPackageId).toBe((await grantsOf(desk, "ana"))[0]?.id);
  for (const { card } of [...desk.chat("ana"), ...desk.chat("maya")]) expect(wordsOn(card)).not.toContain("€");
});

test("a package's unlisted service can be booked with the package, not without it", async () => {
  const hidden = practice.replace(
    "    publicName: Follow-up\n",
    "    publicName: Follow-up\n    visibility: unlisted\n",
  );
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: hidden });
  await desk.say("ana", "book my next package session Tuesday at 10");
  expect(wordsOn(desk.newest("ana"))).toContain("1 of 5 from Spring reset");
  await desk.press("ana", "Start over");
  await desk.press("ana", "Book without a package");
  expect(buttonsOn(desk.newest("ana"))).not.toContain("Follow-up");
});
