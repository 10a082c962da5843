import { describe, expect, test } from "vitest";
import { flows } from "../../flows/index.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";
import type { TestDesk } from "../support/desk.ts";
import { bookingsOf, openQuay, quay, request } from "./quay.ts";

/** The inputs with which a page or a shortcut may ask a talk to begin, where Ana's data is involved. */
const inputs = (bookingId: string) => ({
  absence: [{ type: "absence.asked" }],
  assign: [{ type: "give", clientId: "ana" }],
  book: [{ type: "book", bookingId }],
  bookings: [{ type: "booking.opened", bookingId }],
  cancel: [{ type: "cancel.asked", bookingId }],
  change: [{ type: "change.asked", requestId: "cr_none", bookingId }],
  contact: [{ type: "contact", personId: "ana" }],
  home: [{ type: "menu" }],
  invite: [{ type: "invite", clientId: "ana" }],
  packages: [{ type: "packages", packageId: "pk_none" }],
  people: ["client.out", "client.joined", "client.unreachable", "named"].map((type) => ({
    type,
    clientId: "ana",
    personId: "ana",
  })),
  plan: [{ type: "plan", planId: "pl_none", bookingId }],
  proposal: [{ type: "proposal.asked", bookingId }],
  requests: [{ type: "all", ids: bookingId }],
  reschedule: [{ type: "reschedule.asked", bookingId }],
  review: [{ type: "review.asked", bookingId }],
});

async function ask(desk: TestDesk, user: string, flow: string, input: { type: string }, at: number): Promise<string> {
  const before = desk.chat(user).length;
  await desk.engine.deliver({
    id: `ask-${user}-${flow}-${at}`,
    receivedAtMs: 0,
    from: { platform: "page", workspace: "local", user },
    body: { type: "ask", flow, input },
  });
  await desk.idle();
  const cards = desk.chat(user).slice(before);
  return cards.map(({ card }) => toPlainText(card, cardWords)).join("\n");
}

describe("a talk begun from outside the chat (D7.4)", () => {
  test("every flow that can be begun from outside is tried here", () => {
    const asked = Object.values(flows).filter(({ mayBeAsked }) => mayBeAsked === true);
    expect(asked.map(({ name }) => name).sort()).toEqual(Object.keys(inputs("")).sort());
  });

  test.each(["jonas", "ben"])(
    "shows %s nothing of another practitioner's client and does nothing to their session",
    async (user) => {
      // Jonas sees only Duo's sessions, and there are none; Ana is Maya's client.
      const desk = await openQuay({ practice: quay.replace("practitioners: [maya, jonas]", "practitioners: [maya]") });
      await request(desk, "ana", { service: "Talk", day: "Tue 3 Mar", time: "10:00" });
      const [booking] = await bookingsOf(desk, "ana");
      const told: string[] = [];
      for (const [flow, some] of Object.entries(inputs(booking?.id ?? "")))
        for (const [at, input] of some.entries()) {
          const words = await ask(desk, user, flow, input, at);
          // The hint below the list of clients contains a made-up address.
          if (/Ana|ana@/.test(words.replace("“invite ana@example.com”", "")))
            told.push(`${flow} ${input.type}: ${words}`);
        }
      expect(told).toEqual([]);
      expect((await bookingsOf(desk, "ana")).map(({ status, version }) => [status, version])).toEqual([
        [booking?.status, booking?.version],
      ]);
    },
  );
});
