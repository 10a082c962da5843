import { describe, expect, test } from "vitest";
import type { Mail, Mailer, MailOutcome } from "../../src/ports/mailer.ts";
import { openQuay, request, rows, titleOf, wordsOn } from "./quay.ts";

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

/** A mailer that records every mail and answers as the test sets. */
function recording(answer: (mail: Mail, tries: number) => MailOutcome = () => ({ ok: true })) {
  const tried: Mail[] = [];
  const mailer: Mailer = {
    send: async (mail) => {
      tried.push(mail);
      return answer(mail, tried.filter(({ messageKey }) => messageKey === mail.messageKey).length);
    },
  };
  return { mailer, tried };
}

describe("who gets which mail, and when", () => {
  test("request received: the client, at once, with the deadline", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    const [mail, ...more] = await desk.mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: "ana@example.com" });
    expect(mail?.subject).toContain("Request received: Talk, Wed 4 Mar, 09:00");
    expect(mail?.text).toContain("Tue 3 Mar, 08:00 (Lisbon)");
    expect(mail?.ics).toBeUndefined();
  });

  test("confirmed: the client, with an invitation of the right instant, UID and method, and the join link", async () => {
    const { mailer, tried } = recording();
    const desk = await openQuay({ mailer });
    const booking = await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    const mail = tried.at(-1);
    const joinUrl = (await desk.store.read.bookings.get("quay", booking.id)).joinUrl ?? "none";
    expect(mail?.text).toContain(joinUrl);
    expect(mail?.invitation).toMatchObject({
      method: "REQUEST",
      uid: booking.id,
      sequence: 0,
      startsAtMs: booking.startsAtMs,
      endsAtMs: booking.endsAtMs,
      title: "Talk with Maya Lee",
      organizerName: "Maya Lee",
      attendee: { name: "Ana Alves", address: "ana@example.com" },
    });
    expect(mail?.invitation?.description).toContain(joinUrl);
  });

  test("every mail of a booking names the organiser it was made with, whatever MAIL_FROM became (V8)", async () => {
    const { mailer, tried } = recording();
    let from = "desk@old.example";
    const desk = await openQuay({ mailer, mailFrom: () => from });
    await request(desk, "ana", wednesday);
    from = "desk@new.example";
    await desk.press("maya", "Confirm");
    await desk.say("ana", "cancel my session");
    await desk.press("ana", "Cancel session", { reason: "Ill" });
    await desk.advance("2026-03-02T08:05+00:00");
    expect(tried.map(({ invitation, organizer }) => [invitation?.method, organizer])).toEqual([
      [undefined, "desk@old.example"],
      ["REQUEST", "desk@old.example"],
      ["CANCEL", "desk@old.example"],
    ]);
    await request(desk, "ana", { ...wednesday, time: "10:00" });
    expect(tried.at(-1)?.organizer).toBe("desk@new.example");
  });

  test("an address that changed between invitation and cancellation: both get the cancellation (V8)", async () => {
    const { mailer, tried } = recording();
    const desk = await openQuay({ mailer });
    const booking = await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    const ana = await desk.store.read.people.findClient("quay", "ana");
    if (ana === undefined) throw new Error("no client");
    await desk.store.transaction((books) => books.people.saveClient({ ...ana, email: "ana@new.example" }, 0));
    await desk.say("ana", "cancel my session");
    await desk.press("ana", "Cancel session", { reason: "Ill" });
    await desk.advance("2026-03-02T08:05+00:00");
    const cancelled = tried.filter(({ invitation }) => invitation?.method === "CANCEL");
    expect(
      cancelled.map(({ to, invitation }) => [to.address, invitation?.attendee.address, invitation?.uid]).sort(),
    ).toEqual([
      ["ana@example.com", "ana@example.com", booking.id],
      ["ana@new.example", "ana@new.example", booking.id],
    ]);
    expect(new Set(cancelled.map(({ messageKey }) => messageKey)).size).toBe(2);
  });

  test("declined: the client, with the reason as written", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Decline");
    await desk.press("maya", "Decline", { reason: "  I am at a <conference> that day.  " });
    const mail = (await desk.mails()).at(-1);
    expect(mail?.subject).toContain("Not possible");
    expect(mail?.text).toContain("I am at a <conference> that day.");
  });

  test("declined without a reason: the mail names none", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Decline");
    await desk.press("maya", "Decline", { reason: "   " });
    expect((await desk.mails()).at(-1)?.text).not.toContain("writes");
  });

  test("expired: the client; withdrawn: no mail", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.advance("2026-03-03T08:00+00:00");
    expect((await desk.mails()).at(-1)?.subject).toContain("No answer in time");
    const count = (await desk.mails()).length;
    await request(desk, "ana", { ...wednesday, time: "10:00" });
    await desk.press("ana", "Withdraw request");
    await desk.press("ana", "Yes, withdraw it");
    expect(await desk.mails()).toHaveLength(count + 1);
  });

  test("each in its reader's zone: the client in New York sees their own first, then the practitioner's (D7.6)", async () => {
    const desk = await openQuay();
    await request(desk, "ben", { ...wednesday, time: "04:00" });
    const [mail] = await desk.mails();
    expect(mail?.text).toContain("04:00–05:00 (New York) · 09:00–10:00 (Lisbon)");
  });

  test("one thread: later mails reply to the first one, and an automatically confirmed session begins its own thread", async () => {
    const { mailer, tried } = recording();
    const desk = await openQuay({ mailer });
    const booking = await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    const quick = await request(desk, "ana", { ...wednesday, service: "Quick", time: "10:00" });
    const threads = tried.map(({ messageKey, threadKey }) => [messageKey, threadKey]);
    expect(threads).toEqual([
      [`${booking.id}.requested.0`, undefined],
      [`${booking.id}.confirmed.0`, `${booking.id}.requested.0`],
      [`${quick.id}.confirmed.0`, undefined],
    ]);
  });
});

describe("a mail that cannot be delivered", () => {
  test("refused permanently is reported to the practitioner once, and not retried (V10)", async () => {
    const { mailer, tried } = recording(() => ({ ok: false, permanent: true, error: "550 no such user" }));
    const desk = await openQuay({ mailer });
    await request(desk, "ana", wednesday);
    expect(titleOf(desk, "maya")).toBe("An email could not be delivered");
    expect(wordsOn(desk.newest("maya"))).toContain("ana@example.com");
    await desk.advance("2026-03-02T12:00+00:00");
    expect(tried.filter(({ messageKey }) => messageKey.includes("requested"))).toHaveLength(1);
    expect(rows(desk, "outbox").filter(({ state }) => state === "dead").length).toBeGreaterThan(0);
  });

  test("to the practitioner is reported as their own, not as the client's", async () => {
    const { mailer } = recording((mail) =>
      mail.to.address === "maya@quay.example" ? { ok: false, permanent: true, error: "550" } : { ok: true },
    );
    const desk = await openQuay({ mailer });
    await request(desk, "ana", wednesday);
    await desk.advance("2026-03-02T08:15+00:00");
    expect(titleOf(desk, "maya")).toBe("An email could not be delivered");
    expect(wordsOn(desk.newest("maya"))).toContain("to you");
    expect(wordsOn(desk.newest("maya"))).not.toContain("ana@example.com");
  });

  test("refused temporarily is retried with growing delays, 12 times in all, and then reported (V10)", async () => {
    const { mailer, tried } = recording(() => ({ ok: false, permanent: false, error: "421 later" }));
    const desk = await openQuay({ mailer });
    await request(desk, "ana", wednesday);
    expect(tried).toHaveLength(1);
    await desk.advance("2026-03-02T08:00:00.900+00:00");
    expect(tried).toHaveLength(1);
    await desk.advance("2026-03-02T08:00:02+00:00");
    expect(tried).toHaveLength(2);
    await desk.advance("2026-03-02T08:00:03+00:00");
    expect(tried).toHaveLength(2);
    await desk.advance("2026-03-02T08:00:06+00:00");
    expect(tried).toHaveLength(3);
    for (let hour = 9; hour < 24; hour++) await desk.advance(`2026-03-02T${String(hour).padStart(2, "0")}:00+00:00`);
    const own = tried.filter(({ messageKey }) => messageKey.includes("requested"));
    expect(own).toHaveLength(12);
    expect(desk.chat("maya").map(({ card }) => card.title)).toContain("An email could not be delivered");
  });

  test("delays its own booking's later mails and no others (lanes)", async () => {
    let open = false;
    const { mailer, tried } = recording((mail) =>
      open || mail.to.address !== "ana@example.com"
        ? { ok: true }
        : { ok: false, permanent: false, error: "421 later" },
    );
    const desk = await openQuay({ mailer });
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    await request(desk, "ben", { ...wednesday, time: "05:00" });
    expect(tried.map(({ to, messageKey }) => [to.address, messageKey.split(".")[1]])).toEqual([
      ["ana@example.com", "requested"],
      ["ben@example.com", "requested"],
    ]);
    open = true;
    await desk.advance("2026-03-02T08:01+00:00");
    const anas = tried
      .filter(({ to }) => to.address === "ana@example.com")
      .map(({ messageKey }) => messageKey.split(".")[1]);
    expect(anas).toEqual(["requested", "requested", "confirmed"]);
  });

  test("delays no card", async () => {
    const { mailer } = recording(() => ({ ok: false, permanent: false, error: "421 later" }));
    const desk = await openQuay({ mailer });
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Confirm");
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
  });
});
