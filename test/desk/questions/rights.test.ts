import { expect, test } from "vitest";
import type { Actor } from "../../../src/desk/actor.ts";
import { deactivateClient } from "../../../src/desk/people/deactivate.ts";
import { topics } from "../../../src/desk/questions/asked.ts";
import { asClient, asPractitioner, inDesk } from "../quay.ts";
import { ada, addSession, ana, ask, ben, between, jonas, maya, openLibrary, told } from "./asking.ts";

/** Ana's private talk with Maya, as a card shows it. */
async function openShared() {
  const desk = await openLibrary();
  await addSession(desk, "2026-02-10T10:00:00Z", { status: "completed" });
  const booking = await addSession(desk, "2026-03-03T10:00:00Z", { joinUrl: "https://meet.quay.example/hidden" });
  return { desk, booking };
}

const foreign: readonly (readonly [string, Actor])[] = [
  ["another client", ben],
  ["a colleague without an admin's rights", jonas],
  ["a client of another practice", asClient("ana", "dune")],
  ["an admin of another practice", asPractitioner("ada", { admin: true, practiceId: "dune" })],
  ["a stranger", { kind: "stranger", practiceId: "", place: "page:local:zed" }],
];

test.each(foreign)("W9, D7.4: %s learns nothing of a client's session, whatever is asked", async (_, who) => {
  const { desk, booking } = await openShared();
  const span = between("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");
  for (const about of topics) {
    for (const asking of [
      { subject: { bookingId: booking.id } },
      { subject: { clientId: "ana" } },
      { clients: ["ana"] },
      { clients: ["ana"], practitioners: ["maya"], span },
      { practitioners: ["maya"], span: { fromMs: span.fromMs, toMs: span.toMs }, services: ["talk"] },
    ]) {
      const { sentences, next } = await ask(desk, who, about, asking);
      const text = sentences.join(" ");
      expect(text, about).not.toMatch(/Ana|ana@|10:00–11:00|hidden|Trio/);
      expect(next, about).not.toMatchObject({ bookingId: booking.id });
      expect(next, about).not.toMatchObject({ clientId: "ana" });
    }
  }
});

test("W9, D7.4: only an admin may ask about a colleague's diary and clients", async () => {
  const { desk } = await openShared();
  const span = between("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");
  const refused = "Only an admin can see a colleague's sessions.";
  for (const about of ["day", "count", "free times", "waiting", "unpaid"] as const) {
    expect(await told(desk, jonas, about, { practitioners: ["maya"], span }), about).toBe(refused);
    expect(await told(desk, ada, about, { practitioners: ["maya"], span }), about).not.toBe(refused);
  }
  expect(await told(desk, ada, "day", { practitioners: ["maya"], span })).toContain("Ana Alves (Maya Lee)");
  expect(await told(desk, jonas, "contact details", { clients: ["ana"] })).toBe("That client is not in your list.");
  expect(await told(desk, ada, "contact details", { clients: ["ana"] })).toBe("Ana Alves: ana@example.com");
  expect(await told(desk, ada, "last session", { clients: ["ana"] })).toContain("Ana Alves (Maya Lee)");
});

test("W9, D7.3: a deactivated client gets only the practice's contact", async () => {
  const { desk, booking } = await openShared();
  await inDesk(desk, (at) => deactivateClient(at, ada, "ana"));
  for (const about of topics) {
    expect(await ask(desk, ana, about, { subject: { bookingId: booking.id } }), about).toEqual({
      sentences: ["You can reach Quay Practice at hello@quay.example."],
    });
  }
});

test("W9, D2.1: an unlisted service is not shown to unrelated clients", async () => {
  const desk = await openLibrary();
  for (const about of ["price", "length", "methods", "services", "free times"] as const)
    expect(await told(desk, ana, about, { services: ["secret"] }), about).not.toContain("Secret");
  expect(await told(desk, maya, "price", { services: ["secret"] })).toBe("Secret costs €10.00.");
  await addSession(desk, "2026-03-03T10:00:00Z", { serviceId: "secret" });
  expect(await told(desk, ana, "price", { services: ["secret"] })).toBe("Secret costs €10.00.");
});
