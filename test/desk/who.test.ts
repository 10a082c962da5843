import { describe, expect, test } from "vitest";
import { buttonsOn, importAgain, openQuay, pressOn, quay, rows, titleOf, wordsOn } from "./quay.ts";

/** Ana is a client of Dune too, Ben its practitioner. */
const dune = quay
  .replace("id: quay, name: Quay Practice", "id: dune, name: Dune Practice")
  .replace("chat: [{ page: maya }]", "chat: [{ page: ben }]")
  .replace("chat: [{ page: jonas }]", "chat: [{ page: dora }]")
  .replace(/ {2}- \{ id: ben.*\n/, "");

async function openBoth() {
  const desk = await openQuay();
  await importAgain(desk, dune);
  return desk;
}

describe("D7.2, case 26: one chat account with several roles", () => {
  test("a client of two practices chooses one once, and every card names it", async () => {
    const desk = await openBoth();
    await desk.say("ana", "book");
    expect(titleOf(desk, "ana")).toBe("For which practice?");
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Dune Practice", "Quay Practice"]);
    await desk.press("ana", "Quay Practice");
    expect(titleOf(desk, "ana")).toBe("What would you like to book?");
    expect(wordsOn(desk.newest("ana"))).toContain("This is about Quay Practice");
    await desk.press("ana", "Talk");
    await desk.press("ana", "Wed 4 Mar");
    await desk.press("ana", "09:00");
    await desk.press("ana", "Confirm & book");
    expect(rows(desk, "bookings")).toMatchObject([{ practice_id: "quay", client_id: "ana" }]);
    expect(titleOf(desk, "maya")).toBe("A session request");
    // Remembered by the newest talk.
    await desk.say("ana", "my bookings");
    expect(titleOf(desk, "ana")).toBe("Upcoming sessions");
    expect(wordsOn(desk.newest("ana"))).toContain("Quay Practice");
  });

  test("“switch” asks again", async () => {
    const desk = await openBoth();
    await desk.say("ana", "bookings");
    await desk.press("ana", "Quay Practice");
    await desk.say("ana", "switch");
    expect(titleOf(desk, "ana")).toBe("For which practice?");
    await desk.say("ana", "Dune Practice");
    expect(wordsOn(desk.newest("ana"))).toContain("This is the desk of Dune Practice");
    await desk.say("ana", "bookings");
    expect(wordsOn(desk.newest("ana"))).toContain("This is about Dune Practice");
  });

  test("client here and practitioner there: words that only one role can use ask nothing", async () => {
    const desk = await openBoth();
    await desk.say("ben", "book");
    expect(titleOf(desk, "ben")).toBe("What would you like to book?");
    await desk.say("ben", "requests");
    expect(wordsOn(desk.newest("ben"))).toContain("Dune Practice");
    await desk.say("ben", "switch");
    expect(buttonsOn(desk.newest("ben"))).toEqual(["Quay Practice, as client", "Dune Practice, as practitioner"]);
    await desk.press("ben", "Quay Practice, as client");
    await desk.say("ben", "my bookings");
    expect(wordsOn(desk.newest("ben"))).toContain("Quay Practice");
  });

  test("a client and practitioner of one practice chooses the role", async () => {
    const both = quay.replace(
      "email: ana@example.com, timezone: Europe/Lisbon, chat: [{ page: ana }]",
      "email: ana@example.com, timezone: Europe/Lisbon, chat: [{ page: maya }]",
    );
    const desk = await openQuay({ practice: both });
    await desk.open("maya");
    expect(titleOf(desk, "maya")).toBe("As a client or as a practitioner?");
    await desk.press("maya", "As client");
    expect(titleOf(desk, "maya")).toBe("Hello Ana Alves");
    await desk.say("maya", "switch");
    await desk.press("maya", "As practitioner");
    expect(titleOf(desk, "maya")).toBe("Hello Maya Lee");
  });

  test("a person who has left the chosen practice meanwhile gets nothing of it", async () => {
    const desk = await openBoth();
    await desk.say("ana", "book");
    const press = pressOn(desk, "ana", "Dune Practice");
    await importAgain(desk, dune.replace(/ {2}- \{ id: ana.*\n/, ""));
    await desk.forge("ana", press);
    expect(titleOf(desk, "ana")).toBe("Welcome");
    expect(rows(desk, "bookings")).toEqual([]);
  });

  test("a person with one role has nothing to switch", async () => {
    const desk = await openQuay();
    await desk.say("ana", "switch");
    expect(titleOf(desk, "ana")).toBe("Nothing to switch");
  });

  test("words typed before the choice take effect after it, and only ids and times of them are stored", async () => {
    const desk = await openBoth();
    await desk.say("ana", "talk on Wednesday at 9 because of my knee");
    expect(titleOf(desk, "ana")).toBe("For which practice?");
    expect(wordsOn(desk.newest("ana"))).not.toContain("type it again");
    expect(JSON.stringify(rows(desk, "talks"))).not.toContain("knee");
    await desk.press("ana", "Quay Practice");
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain("Wednesday 4 March 2026, 09:00");
    expect(wordsOn(desk.newest("ana"))).toContain("Quay Practice");
    expect(rows(desk, "bookings")).toMatchObject([{ practice_id: "quay", status: "held" }]);
  });

  test("a move is kept as ids and times too", async () => {
    const desk = await openBoth();
    await desk.say("ana", "move my Friday session to Monday at 10");
    expect(titleOf(desk, "ana")).toBe("For which practice?");
    expect(wordsOn(desk.newest("ana"))).not.toContain("type it again");
    await desk.press("ana", "Quay Practice");
    expect(titleOf(desk, "ana")).toBe("No session to change");
  });

  test("a greeting is not asked for again", async () => {
    const desk = await openBoth();
    await desk.say("ana", "hello");
    expect(titleOf(desk, "ana")).toBe("For which practice?");
    expect(wordsOn(desk.newest("ana"))).not.toContain("type it again");
  });

  test("a shortcut asks for the role too, and then continues", async () => {
    const desk = await openBoth();
    await desk.engine.deliver({
      id: "shortcut",
      receivedAtMs: 0,
      from: { platform: "page", workspace: "local", user: "ana" },
      body: { type: "ask", flow: "bookings", input: { type: "bookings" } },
    });
    await desk.idle();
    await desk.press("ana", "Dune Practice");
    expect(titleOf(desk, "ana")).toBe("Upcoming sessions");
    expect(wordsOn(desk.newest("ana"))).toContain("Dune Practice");
  });
});
