import { describe, expect, test } from "vitest";
import { openQuay, request, titleOf, wordsOn } from "./quay.ts";

const talk = { service: "Talk", day: "Tue 3 Mar", time: "10:00" };

/** Ana's confirmed session, without a card about it on her screen. */
async function withSession() {
  const desk = await openQuay();
  await request(desk, "ana", talk);
  await desk.press("maya", "Confirm");
  await desk.say("ana", "home");
  return desk;
}

describe("shifting a session by words, with no session on the screen (G9)", () => {
  test.each([
    ["an hour later", "11:00–12:00"],
    ["60 min earlier", "09:00–10:00"],
    ["can we do it an hour later?", "11:00–12:00"],
  ])("“%s” leads to the card that asks before it moves", async (said, span) => {
    const desk = await withSession();
    await desk.say("ana", said);
    expect(titleOf(desk, "ana")).toBe("Move this session?");
    expect(wordsOn(desk.newest("ana"))).toContain(`To: Tuesday 3 March 2026, ${span} (Lisbon)`);
  });

  test("a practitioner's words do the same", async () => {
    const desk = await withSession();
    await desk.say("maya", "home");
    await desk.say("maya", "an hour later");
    expect(wordsOn(desk.newest("maya"))).toContain("To: Tuesday 3 March 2026, 11:00–12:00 (Lisbon)");
  });

  test("without a session there is nothing to move", async () => {
    const desk = await openQuay();
    await desk.say("ana", "an hour later");
    expect(titleOf(desk, "ana")).toBe("No session to change");
  });

  test("words about something else do not mean a session", async () => {
    const desk = await withSession();
    await desk.say("ana", "change my flight to an hour later");
    expect(titleOf(desk, "ana")).toBe("I am not sure what you mean");
  });
});
