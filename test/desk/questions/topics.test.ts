import { expect, test } from "vitest";
import type { Actor } from "../../../src/desk/actor.ts";
import { type Topic, topics } from "../../../src/desk/questions/asked.ts";
import { dump } from "../quay.ts";
import { type Asking, ada, addSession, ana, ask, ben, between, library, maya, openLibrary, told } from "./asking.ts";

const tuesday = between("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");
const week = between("2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z");

/** Ana has a talk on Tuesday 10:00 and a request on Thursday; Ben one with Jonas on Tuesday 11:00. Ana was here in February. */
async function openBusy(yaml = library) {
  const desk = await openLibrary(yaml);
  await addSession(desk, "2026-02-10T10:00:00Z", { status: "completed" });
  await addSession(desk, "2026-03-03T10:00:00Z");
  await addSession(desk, "2026-03-05T09:00:00Z", { status: "requested", respondByMs: Date.parse("2026-03-04T09:00Z") });
  await addSession(desk, "2026-03-03T11:00:00Z", { clientId: "ben", practitionerId: "jonas", serviceId: "duo" });
  return desk;
}

interface Case {
  readonly about: Topic;
  readonly who?: Actor;
  readonly asking?: Asking;
  readonly says: string;
}

const cases: readonly Case[] = [
  { about: "price", asking: { services: ["mixed"] }, says: "Mixed costs €90.00 (in person) or €60.00 (by phone)." },
  { about: "price", asking: { services: ["mixed"], methods: ["phone"] }, says: "Mixed costs €60.00." },
  { about: "price", asking: { subject: { serviceId: "mixed", methodKey: "phone" } }, says: "Mixed costs €60.00." },
  {
    about: "price",
    asking: { services: ["talk"] },
    says: "No price is listed for Talk. Please ask hello@quay.example.",
  },
  { about: "length", asking: { services: ["mixed"] }, says: "Mixed takes 50 min (in person) or 30 min (by phone)." },
  { about: "length", asking: { services: ["talk"] }, says: "Talk takes 60 min." },
  {
    about: "place",
    asking: { services: ["visit"] },
    says: "Visit is held in person (Pier rooms). The address is Pier rooms, Cais 1, Lisboa.",
  },
  { about: "with whom", asking: { services: ["duo"] }, says: "Duo is with Maya Lee or Jonas Weber." },
  { about: "with whom", says: "Your next session is Talk with Maya Lee on Tue 3 Mar, 10:00 (Lisbon)." },
  { about: "methods", asking: { services: ["mixed"] }, says: "Mixed is held in person (Pier rooms) or by phone." },
  { about: "methods", asking: { services: ["talk"], methods: ["phone"] }, says: "No, Talk is only held by video." },
  { about: "methods", asking: { services: ["mixed"], methods: ["phone"] }, says: "Yes, Mixed can be held by phone." },
  { about: "methods", asking: { methods: ["phone"] }, says: "Yes, you can book Mixed or Duo by phone." },
  { about: "methods", asking: { methods: ["chat"] }, says: "No, there is no session by chat." },
  {
    about: "how to join",
    says: "Talk on Tue 3 Mar, 10:00 (Lisbon) is by video. The link comes with the confirmation.",
  },
  {
    about: "when",
    says: "Talk with Maya Lee: Tue 3 Mar, 10:00–11:00 (Lisbon). You have 1 more after that.",
  },
  { about: "when", asking: { services: ["visit"] }, says: "You have no upcoming session like that." },
  {
    about: "when",
    who: maya,
    asking: { clients: ["ana"] },
    says: "Talk with Ana Alves: Tue 3 Mar, 10:00–11:00 (Lisbon).",
  },
  { about: "zone", says: "Times here are in Lisbon time." },
  { about: "package content", says: "Trio (2 × Mixed, 1 × Visit): 3 of 3 left" },
  { about: "package left", says: "Trio (Mixed 2 of 2 left, Visit 1 of 1 left): 3 of 3 left" },
  {
    about: "package left",
    who: ben,
    says: "You have no package yet. Quay Practice can give you one. You can also book without a package.",
  },
  {
    about: "package left",
    who: maya,
    asking: { clients: ["ana"] },
    says: "Ana Alves:\nTrio (Mixed 2 of 2 left, Visit 1 of 1 left): 3 of 3 left",
  },
  { about: "covered", asking: { services: ["visit"] }, says: "Yes, Trio covers Visit." },
  {
    about: "covered",
    asking: { services: ["talk"] },
    says: "No package of yours covers Talk. No price is listed for Talk. Please ask hello@quay.example.",
  },
  { about: "owed", says: "You have nothing to pay now." },
  {
    about: "owed",
    asking: { subject: { serviceId: "mixed" } },
    says: "You pay €90.00 at the practice. Nothing is charged here.",
  },
  { about: "how to pay", says: "You pay at the practice. If you have questions about paying, ask hello@quay.example." },
  {
    about: "cancellation",
    who: ben,
    asking: { services: ["mixed"] },
    says: "You can cancel free of charge up to 24 hours before a session. After that, a fee of €20.00 applies.",
  },
  {
    about: "cancellation",
    who: maya,
    says: "Clients can cancel free of charge up to 24 hours before a session. After that, a fee applies.",
  },
  { about: "cancellation", says: "You can cancel Talk free of charge until it starts." },
  { about: "services", asking: { practitioners: ["jonas"] }, says: "At Quay Practice you can book:\n– Duo, 1 h" },
  { about: "services", asking: { services: ["duo"] }, says: "Yes, you can book Duo here." },
  { about: "practitioners", asking: { practitioners: ["jonas"] }, says: "Jonas Weber: Duo" },
  {
    about: "free times",
    asking: { services: ["talk"], span: tuesday },
    says: "Free for Talk (Lisbon time):\n– Tue 3 Mar: 09:00, 10:00, 11:00",
  },
  { about: "free times", asking: { services: ["visit"], methods: ["video"] }, says: "Visit cannot be held by video." },
  { about: "free times", asking: { services: ["talk"], practitioners: ["jonas"] }, says: "Talk is with Maya Lee." },
  {
    about: "free times",
    who: maya,
    asking: { span: tuesday },
    says: "You have this then:\nTue 3 Mar\n– 10:00–11:00 Ana Alves, Talk",
  },
  {
    about: "reach a person",
    says: "You can write to your practitioner here, or reach Quay Practice at hello@quay.example.",
  },
  { about: "machine", who: maya, says: "I am the booking assistant of Quay Practice: a program, not a person." },
  {
    about: "day",
    who: maya,
    asking: { span: week },
    says: "Tue 3 Mar\n– 10:00–11:00 Ana Alves, Talk\nThu 5 Mar\n– 09:00–10:00 Ana Alves, Talk (waiting for an answer)",
  },
  { about: "day", who: maya, says: "You have no sessions on Mon 2 Mar." },
  {
    about: "day",
    who: ada,
    asking: { practitioners: ["jonas"], span: tuesday },
    says: "Tue 3 Mar\n– 11:00–12:00 Ben Okoro (Jonas Weber), Talk",
  },
  { about: "day", asking: { span: tuesday }, says: "Talk with Maya Lee: Tue 3 Mar, 10:00–11:00 (Lisbon)." },
  {
    about: "count",
    who: maya,
    asking: { span: week },
    says: "2 sessions from Mon 2 Mar to Sun 8 Mar. 1 of them is not confirmed yet.",
  },
  { about: "count", says: "2 sessions coming up. 1 of them is not confirmed yet." },
  { about: "contact details", who: maya, asking: { clients: ["ana"] }, says: "Ana Alves: ana@example.com" },
  { about: "contact details", who: maya, says: "Which client do you mean? Please add the name." },
  {
    about: "contact details",
    who: ada,
    asking: { clients: ["ana", "ben"] },
    says: "Which client do you mean: Ana Alves or Ben Okoro?",
  },
  {
    about: "contact details",
    says: "You can write to your practitioner here, or reach Quay Practice at hello@quay.example.",
  },
  {
    about: "last session",
    who: maya,
    asking: { clients: ["ana"] },
    says: "Talk with Ana Alves: Tue 10 Feb, 10:00–11:00 (Lisbon).",
  },
  { about: "last session", who: ben, says: "You have had no session here yet." },
  {
    about: "waiting",
    who: maya,
    says: "1 request is waiting:\nThu 5 Mar\n– 09:00–10:00 Ana Alves, Talk (waiting for an answer)",
  },
  {
    about: "waiting",
    says: "Talk on Thu 5 Mar, 09:00 (Lisbon) is waiting for an answer, at the latest Wed 4 Mar, 09:00 (Lisbon).",
  },
  { about: "unpaid", who: maya, says: "Nothing is unpaid here." },
  {
    about: "reply",
    who: maya,
    says: "No proposal of yours is waiting for an answer. Replies to messages arrive here as they are sent.",
  },
  {
    about: "reply",
    says: "Talk on Tue 3 Mar, 10:00 (Lisbon) is confirmed.\nTalk on Thu 5 Mar, 09:00 (Lisbon) is waiting for an answer, at the latest Wed 4 Mar, 09:00 (Lisbon).",
  },
  {
    about: "not kept",
    who: maya,
    says: "I do not keep that figure. I can tell you about sessions, requests, packages and clients.",
  },
];

test("W9: each topic is answered from the books, for clients and practitioners", async () => {
  const desk = await openBusy();
  const wrong: unknown[] = [];
  for (const { about, who = ana, asking = {}, says } of cases) {
    const got = await told(desk, who, about, asking);
    if (got !== says) wrong.push({ about, asking, got, says });
  }
  expect(wrong).toEqual([]);
});

test("W9: every topic has an answer for a client, a practitioner and an admin, and answering writes nothing", async () => {
  const desk = await openBusy();
  const before = dump(desk);
  const subject = { bookingId: `bk_${Date.parse("2026-03-03T10:00Z")}_ana`, clientId: "ana" };
  for (const about of topics) {
    for (const who of [ana, maya, ada]) {
      for (const asking of [{}, { subject }, { span: tuesday }, { services: ["visit"] }, { clients: ["ana"] }]) {
        const { sentences } = await ask(desk, who, about, asking);
        expect(sentences.join(" "), `${about} ${JSON.stringify(asking)}`).toMatch(/\S/);
        expect(sentences.join(" "), about).not.toMatch(/undefined|NaN|Private/);
      }
    }
  }
  expect(dump(desk)).toEqual(before);
});

test("W9: a draft on the card is what 'it' refers to: its price, its length, and that it is not booked yet", async () => {
  const desk = await openLibrary();
  const draft = await addSession(desk, "2026-03-04T10:00:00Z", { status: "held", serviceId: "visit" });
  const asking = { subject: { bookingId: draft.id } };
  expect(await told(desk, ana, "length", asking)).toBe("Talk takes 60 min, from 10:00 to 11:00 (Lisbon).");
  expect(await told(desk, ana, "when", asking)).toBe(
    "Talk with Maya Lee: Wed 4 Mar, 10:00–11:00 (Lisbon) (being booked).",
  );
  expect(await ask(desk, ana, "when", asking)).not.toHaveProperty("next");
});

test("W9: a session from a package is covered and costs nothing, though it took the last credit", async () => {
  const desk = await openLibrary();
  const [grant] = await desk.store.read.packages.listGrants("quay", "ana");
  const booking = await addSession(desk, "2026-03-04T10:00:00Z", { clientPackageId: grant?.id ?? "" });
  const asking = { subject: { bookingId: booking.id } };
  expect(await told(desk, ana, "covered", asking)).toBe("Yes, it is taken from Trio.");
  expect(await told(desk, ana, "price", asking)).toBe("It is taken from Trio, so there is nothing to pay.");
  expect(await told(desk, ana, "owed", asking)).toBe("It is taken from your package, so there is nothing to pay.");
});

test("W9: of a session with a price, the answer names what a late cancellation costs, before the cut-off and after it", async () => {
  const desk = await openLibrary();
  const price = { minor: 9000, currency: "EUR" };
  const cancellation = {
    windowMinutes: 1440,
    late: "fee",
    feeMinor: 2000,
    reasonRequired: false,
    maxReschedules: 3,
  } as const;
  const early = await addSession(desk, "2026-03-04T10:00:00Z");
  const late = await addSession(desk, "2026-03-02T12:00:00Z");
  for (const booking of [early, late]) {
    const changed = { ...booking, frozen: { ...booking.frozen, price, cancellation }, version: booking.version + 1 };
    await desk.store.transaction((books) => books.bookings.save(changed, booking.version));
  }
  expect(await told(desk, ana, "cancellation", { subject: { bookingId: early.id } })).toBe(
    "You can cancel Talk free of charge until Tue 3 Mar, 10:00 (Lisbon). After that, a fee of €20.00 applies.",
  );
  expect(await told(desk, ana, "cancellation")).toBe(
    "Free cancellation of Talk ended Sun 1 Mar, 12:00 (Lisbon). If you cancel now, a fee of €20.00 applies.",
  );
});

test("W9: a request can be withdrawn at any time, and no cancellation rule is shown for it", async () => {
  const desk = await openLibrary();
  await addSession(desk, "2026-03-02T12:00:00Z", { status: "requested" });
  expect(await told(desk, ana, "cancellation")).toBe(
    "Talk is not confirmed yet. You can withdraw the request at any time, free of charge.",
  );
});

test("W9: whether a practitioner is free looks at whole sessions, time off and hours", async () => {
  const desk = await openBusy();
  const at = (time: string) => ({ span: tuesday, fits: (ms: number) => ms === Date.parse(`2026-03-03T${time}:00Z`) });
  expect(await told(desk, maya, "free times", at("10:30"))).toContain("10:00–11:00 Ana Alves");
  expect(await told(desk, maya, "free times", at("11:00"))).toBe("Yes, you are free on Tue 3 Mar.");
  expect(await told(desk, maya, "free times", at("15:00"))).toBe("You have no session then. It is outside your hours.");
  const off = { span: between("2026-03-16T12:00:00Z", "2026-03-16T18:00:00Z") };
  expect(await told(desk, ada, "free times", off)).toBe("You have time off on Mon 16 Mar, 12:00–18:00.");
});

test("W9: card payment is mentioned only where a payment provider is set up", async () => {
  const desk = await openLibrary(library.replace("publicName: Visit,", "publicName: Visit, payment: at_request,"));
  const asking = { subject: { serviceId: "visit" } };
  expect(await told(desk, ana, "owed", { ...asking, takesPayments: true })).toBe(
    "You pay €90.00 by card when you book. It is charged when the session is confirmed.",
  );
  expect(await told(desk, ana, "owed", asking)).toBe("You pay €90.00 at the practice. Nothing is charged here.");
});

test("W9: a list of many sessions is cut and says how many are left out", async () => {
  const desk = await openLibrary();
  for (let day = 3; day <= 17; day++)
    await addSession(desk, `2026-03-${String(day).padStart(2, "0")}T10:00:00Z`, { clientId: "ben" });
  const month = { span: between("2026-03-01T00:00:00Z", "2026-03-31T23:00:00Z") };
  expect(await told(desk, maya, "day", month)).toMatch(/Sat 14 Mar\n– 10:00–11:00 Ben Okoro, Talk\nand 3 more$/);
  expect(await told(desk, maya, "count", month)).toBe("15 sessions from Sun 1 Mar to Tue 31 Mar.");
});
