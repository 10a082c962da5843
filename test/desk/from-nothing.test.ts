import { expect, test } from "vitest";
import { openTestDesk } from "../support/desk.ts";
import { linkCode, mailedCode } from "./coming-in.ts";
import { rows, titleOf, wordsOn } from "./quay.ts";

/** A practice file of ten lines without chats and clients. */
const cove = `
practice: { id: cove, name: Cove Practice, timezone: Europe/Lisbon, contact: hello@cove.example }
practitioners:
  - id: ines
    name: Ines Dias
    email: ines@cove.example
    hours: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "12:00" }]
services:
  - { id: talk, name: Talk, publicName: Talk, durationMinutes: 60, practitioners: [ines], methods: [{ kind: phone, caller: practitioner }] }
`;

test.each(["page", "slack", "teams"] as const)(
  "from an empty database and strangers only, in a chat like that of %s: code, invitation, activation, booking, confirmation",
  async (platform) => {
    const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: cove, platform });
    expect(rows(desk, "memberships")).toEqual([]);
    for (const user of ["stranger-1", "stranger-2"]) {
      await desk.open(user);
      expect(titleOf(desk, user)).toBe("Welcome");
    }

    await desk.say("stranger-1", await linkCode(desk, "cove"));
    await desk.press("stranger-1", "Ines Dias");
    expect(titleOf(desk, "stranger-1")).toBe("Hello Ines Dias");

    await desk.say("stranger-1", "invite ana@example.com");
    await desk.press("stranger-1", "Send invitation", { "name-0": "Ana Alves" });
    await desk.say("stranger-2", await mailedCode(desk, "ana@example.com"));
    expect(titleOf(desk, "stranger-2")).toBe("Welcome, Ana Alves");
    expect(titleOf(desk, "stranger-1")).toBe("Ana Alves has joined");

    await desk.press("stranger-2", "Request a session");
    await desk.press("stranger-2", "Wed 4 Mar");
    await desk.press("stranger-2", "10:00");
    await desk.press("stranger-2", "Confirm & book");
    expect(titleOf(desk, "stranger-1")).toBe("A session request");
    await desk.press("stranger-1", "Confirm");
    expect(wordsOn(desk.newest("stranger-2"))).toContain("Ines Dias");
    expect(rows(desk, "bookings")).toMatchObject([{ status: "confirmed", practice_id: "cove" }]);
    const mail = (await desk.mails()).at(-1);
    expect(mail).toMatchObject({ to: "ana@example.com", ics: expect.stringContaining("BEGIN:VEVENT") });
  },
);
