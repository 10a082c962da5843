import { describe, expect, test } from "vitest";
import {
  bookingsOf,
  buttonsOn,
  hold,
  importAgain,
  openQuay,
  pressOn,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

/** A second practice with Ana as a client and Ben as a practitioner, in the same chats as in the quay. */
const dune = quay
  .replace("id: quay, name: Quay Practice", "id: dune, name: Dune Practice")
  .replace("chat: [{ page: maya }]", "chat: [{ page: ben }]")
  .replace("chat: [{ page: jonas }]", "chat: [{ page: dora }]")
  .replace(/ {2}- \{ id: ben.*\n/, "");

describe("one chat account in two practices (D7.2)", () => {
  test("a talk stays in its practice: a press there books there", async () => {
    const desk = await openQuay();
    await importAgain(desk, dune);
    await desk.say("ana", "bookings");
    await desk.press("ana", "Dune Practice");
    await hold(desk, "ana", wednesday);
    await desk.press("ana", "Confirm & book");
    const there = await bookingsOf(desk, "ana", "dune");
    const here = await bookingsOf(desk, "ana", "quay");
    expect([...there, ...here]).toHaveLength(1);
    const [booking] = [...there, ...here];
    const practitioner = booking?.practiceId === "dune" ? "ben" : "maya";
    await desk.press(practitioner, "Confirm");
    expect(wordsOn(desk.newest("ana"))).toContain("Maya Lee");
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
  });

  test("client here and practitioner there: each card acts for the person it was made for, and is refused to the other", async () => {
    const desk = await openQuay();
    await importAgain(desk, dune);
    await request(desk, "ben", { ...wednesday, time: "04:00" });
    const atQuay = (await bookingsOf(desk, "ben", "quay"))[0];
    await desk.say("ana", "book");
    await desk.press("ana", "Dune Practice");
    const practice = (await desk.talks("ana"))[0]?.practiceId;
    expect(["dune", "quay"]).toContain(practice);
    await desk.press("ana", "Talk");
    await desk.press("ana", "Thu 5 Mar");
    await desk.press("ana", "09:00");
    await desk.press("ana", "Confirm & book");
    if (practice === "dune") {
      // Ben reads Ana's request as Dune's Maya while his own request, as Quay's client, is open.
      await desk.press("ben", "Confirm");
      expect((await bookingsOf(desk, "ana", "dune"))[0]?.status).toBe("confirmed");
    }
    expect(atQuay && (await reread(desk, atQuay)).status).toBe("requested");
  });

  test("the same ids in two practices stay separate: claims, answers and keys belong to one practice", async () => {
    const desk = await openQuay();
    await importAgain(desk, dune);
    await request(desk, "ben", { ...wednesday, time: "04:00" });
    const claims = rows(desk, "claims");
    expect(claims).toMatchObject([{ practice_id: "quay", practitioner_id: "maya" }]);
    await desk.say("dora", "menu");
    expect(titleOf(desk, "dora")).toBe("Hello Jonas Weber");
  });

  test("removed from one practice, the account keeps its role in the other", async () => {
    const desk = await openQuay();
    await importAgain(desk, dune);
    await importAgain(desk, dune.replace(/ {2}- \{ id: ana.*\n/, ""));
    await request(desk, "ana", wednesday);
    expect(await bookingsOf(desk, "ana", "quay")).toHaveLength(1);
  });
});

describe("a stranger", () => {
  test("sees how to get access, and nothing else, whatever is typed", async () => {
    const desk = await openQuay();
    for (const words of ["hello", "book", "my bookings", "help", "🤷", "x".repeat(5_000)]) {
      await desk.say("zed", words);
      expect(titleOf(desk, "zed")).toBe("Welcome");
      expect(buttonsOn(desk.newest("zed"))).toEqual([]);
      expect(wordsOn(desk.newest("zed"))).not.toContain("Quay");
    }
    expect(rows(desk, "bookings")).toEqual([]);
  });

  test("a stranger who becomes a client by the next import books at once, and is greeted again", async () => {
    const desk = await openQuay();
    await desk.open("cleo");
    expect(titleOf(desk, "cleo")).toBe("Welcome");
    await importAgain(
      desk,
      quay.replace("email: cleo@example.com }", "email: cleo@example.com, chat: [{ page: cleo }] }"),
    );
    await desk.open("cleo");
    expect(titleOf(desk, "cleo")).toBe("Hello Cleo Marsh");
    await request(desk, "cleo", wednesday);
  });
});

describe("bad input", () => {
  test("a 10,000-character message gets a clear answer and changes nothing", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    await desk.say("ana", "book ".repeat(2_000));
    expect(titleOf(desk, "ana")).toBe("What would you like to book?");
    expect(wordsOn(desk.newest("ana"))).toContain("too long");
    await desk.say("maya", "x".repeat(10_000));
    expect(titleOf(desk, "maya")).toBe("That message is too long for me");
    expect(rows(desk, "bookings")).toEqual([]);
  });

  test("a reason that is too long is refused at its field and the request stays as it is", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await desk.press("maya", "Decline");
    const answer = await desk.press("maya", "Decline", { reason: "x".repeat(501) });
    expect(answer.errors).toEqual({ reason: expect.stringContaining("500") });
    expect(await reread(desk, booking)).toEqual(booking);
  });

  test("a click on yesterday's card shows the present state", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    await desk.press("ana", "Talk");
    const tuesday = pressOn(desk, "ana", "11:00");
    await desk.advance("2026-03-03T10:00+00:00");
    const answer = await desk.forge("ana", tuesday);
    expect(answer.card?.title).toBe("That time has passed");
    expect(rows(desk, "claims")).toEqual([]);
  });
});

describe("the lists", () => {
  test("past sessions are reachable even with more future sessions than fit on a card", async () => {
    const desk = await openQuay();
    await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar", time: "11:00" });
    await desk.press("ana", "Withdraw request");
    await desk.press("ana", "Yes, withdraw it");
    for (const day of ["Wed 4 Mar", "Thu 5 Mar", "Fri 6 Mar"]) {
      for (const time of ["09:00", "10:00", "11:00"]) await request(desk, "ana", { service: "Quick", day, time });
    }
    await desk.say("ana", "past sessions");
    const sessions = buttonsOn(desk.newest("ana")).filter((title) => title.includes("·"));
    expect(sessions).toEqual(["Tue 3 Mar, 11:00 · Talk · Maya Lee · withdrawn"]);
    expect(buttonsOn(desk.newest("ana"))).not.toContain("More");
  });

  test("a confirmed session is upcoming until it begins and past from then on", async () => {
    const desk = await openQuay();
    await request(desk, "ana", { ...wednesday, service: "Quick" });
    await desk.advance("2026-03-04T08:59:59+00:00");
    await desk.say("ana", "bookings");
    expect(buttonsOn(desk.newest("ana")).some((title) => title.startsWith("Wed 4 Mar, 09:00"))).toBe(true);
    await desk.advance("2026-03-04T09:00:01+00:00");
    await desk.say("ana", "past sessions");
    expect(buttonsOn(desk.newest("ana")).some((title) => title.startsWith("Wed 4 Mar, 09:00"))).toBe(true);
  });
});

describe("zones (D7.6)", () => {
  test("the client's cut-off and hold are shown on their own clock, the session on the venue's (D4.6)", async () => {
    const desk = await openQuay();
    await desk.say("ben", "book");
    await desk.press("ben", "Visit");
    await desk.press("ben", "Wed 4 Mar");
    await desk.press("ben", "09:00");
    await desk.press("ben", "Continue", { goal: "walk", diet: "None" });
    const words = wordsOn(desk.newest("ben"));
    expect(words).toContain("09:00–10:00 (Lisbon)");
    expect(words).toContain("until Tue 3 Mar, 04:00 (New York)");
    expect(words).toContain("03:10");
  });

  test("case 2: each of the two 01:30s of an autumn night shows its offset, in every list", async () => {
    const night = quay
      .replaceAll(`from: "09:00", to: "12:00"`, `from: "01:00", to: "04:00"`)
      .replaceAll("days: [mon, tue, wed, thu, fri]", "days: [sun]")
      .replace("incrementMinutes: 60", "incrementMinutes: 30")
      .replace("publicName: Talk, durationMinutes: 60", "publicName: Talk, durationMinutes: 30");
    const desk = await openQuay({ practice: night, now: "2026-10-24T12:00+01:00" });
    await desk.say("ana", "book");
    await desk.press("ana", "Talk");
    expect(buttonsOn(desk.newest("ana"))).toEqual(expect.arrayContaining(["01:30 (GMT+1)", "01:30 (GMT+0)", "02:00"]));
    await desk.press("ana", "01:30 (GMT+0)");
    await desk.press("ana", "Confirm & book");
    await desk.press("maya", "Decline");
    await desk.press("maya", "Decline");
    const offered = buttonsOn(desk.newest("ana")).filter((title) => title.startsWith("Sun"));
    expect(new Set(offered).size).toBe(3);
    expect(offered).toContain("Sun 25 Oct, 01:00 (GMT+0)");
  });
});
