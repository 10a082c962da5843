import { describe, expect, test } from "vitest";
import { buttonsOn, openQuay, quay, request, titleOf, wordsOn } from "./quay.ts";

const talk = { service: "Talk", day: "Tue 3 Mar", time: "10:00" };

async function confirmed(practice = quay) {
  const desk = await openQuay({ practice });
  await request(desk, "ana", talk);
  await desk.press("maya", "Confirm");
  return desk;
}

describe("during a session", () => {
  test("it stays among the upcoming ones, marked as the current one, with its link; then it is past", async () => {
    const desk = await confirmed();
    await desk.advance("2026-03-03T10:05+00:00");
    await desk.say("ana", "bookings");
    expect(buttonsOn(desk.newest("ana"))).toContain("Tue 3 Mar, 10:00 · Talk · Maya Lee · now");
    await desk.say("ana", "1");
    expect(buttonsOn(desk.newest("ana"))).toContain("Join");
    await desk.advance("2026-03-03T11:00+00:00");
    await desk.say("ana", "bookings");
    expect(wordsOn(desk.newest("ana"))).toContain("You have no upcoming session.");
  });

  test.each([
    ["I'm running late", "How late will you be?", "10 min"],
    ["10 minutes late, sorry!", "Tell Maya Lee that you are 10 minutes late?", "Tell Maya Lee"],
    ["I'll be a bit late", "How late will you be?", "10 min"],
    ["I'm running 3 hours late", "How late will you be?", "10 min"],
  ])(
    "“%s” leads to the card that notifies the other side, and sends nothing by itself",
    async (said, title, button) => {
      const desk = await confirmed();
      await desk.advance("2026-03-03T09:55+00:00");
      const before = desk.chat("maya").length;
      await desk.say("ana", said);
      expect(titleOf(desk, "ana")).toBe(title);
      expect(desk.chat("maya")).toHaveLength(before);
      await desk.press("ana", button);
      expect(titleOf(desk, "maya")).toBe("Ana Alves is running late");
    },
  );

  test("with no session near, the words lead to the list of sessions", async () => {
    const desk = await confirmed();
    await desk.say("ana", "I'm running late");
    expect(titleOf(desk, "ana")).toBe("Upcoming sessions");
  });
});

test("thanks get a kind reply and start nothing", async () => {
  const desk = await confirmed();
  await desk.say("ana", "thank you!");
  expect(titleOf(desk, "ana")).toBe("You are welcome");
  await desk.say("ana", "book");
  await desk.say("ana", "thanks");
  expect(titleOf(desk, "ana")).toBe("What would you like to book?");
  expect(wordsOn(desk.newest("ana"))).toContain("You are welcome. This is still open:");
  await desk.say("maya", "great, thanks");
  expect(titleOf(desk, "maya")).toBe("You are welcome");
});

test("the deadline is shown on the client's own clock, also for sessions in person (D4.6)", async () => {
  const desk = await openQuay();
  await desk.say("ben", "book");
  await desk.press("ben", "Visit");
  await desk.press("ben", "Wed 4 Mar");
  await desk.press("ben", "09:00");
  await desk.press("ben", "Continue", { goal: "Sleep", diet: "None" });
  await desk.press("ben", "Confirm & book");
  await desk.say("ben", "bookings");
  await desk.say("ben", "1");
  expect(wordsOn(desk.newest("ben"))).toContain("Answer by: Tue 3 Mar, 03:00 (New York)");
});

test("an admin sees the practitioner's name on a colleague's request and session", async () => {
  const desk = await openQuay({ practice: quay.replace("{ id: jonas, name", "{ id: jonas, admin: true, name") });
  await request(desk, "ana", talk);
  await desk.say("jonas", "block Maya tomorrow");
  await desk.say("jonas", "yes");
  await desk.press("jonas", "Tue 3 Mar, 10:00 · Ana Alves · request");
  expect(wordsOn(desk.newest("jonas"))).toContain("With: Maya Lee");
  await desk.press("jonas", "Confirm");
  await desk.say("jonas", "block Maya tomorrow");
  await desk.say("jonas", "yes");
  await desk.press("jonas", "Tue 3 Mar, 10:00 · Ana Alves · Talk");
  expect(wordsOn(desk.newest("jonas"))).toContain("With: Maya Lee");
  expect(wordsOn(desk.chat("maya")[0]?.card ?? desk.newest("maya"))).not.toContain("With: Maya Lee");
});
