import { describe, expect, test } from "vitest";
import { hold, openQuay, quay, rows, titleOf, wordsOn } from "./quay.ts";

describe("at the review card", () => {
  test.each([
    ["is it online?", "Yes, Talk can be held by video."],
    ["is that with Maya?", "Maya Lee"],
    ["it is a talk, isn't it", "That is what the card says already."],
  ])("“%s” is a question about the draft: the time stays held, nothing is booked", async (said, answer) => {
    const desk = await openQuay();
    await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await desk.say("ana", said);
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain(answer);
    expect(rows(desk, "claims")).toHaveLength(1);
    expect(rows(desk, "bookings")).toMatchObject([{ status: "held" }]);
  });

  test("a session whose start has passed meanwhile is not requested, though its time is still held", async () => {
    const practice = quay.replace("minimumNoticeMinutes: 120", "minimumNoticeMinutes: 0");
    const desk = await openQuay({ practice, now: "2026-03-02T09:55+00:00" });
    await hold(desk, "ana", { service: "Talk", time: "10:00" });
    await desk.advance("2026-03-02T10:01+00:00");
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("That time has passed");
    expect(rows(desk, "bookings")).toMatchObject([{ status: "held" }]);
  });

  test("another service, person or way to meet keeps the time when the words do not mention it", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "11:00" });
    await desk.say("ana", "rather a duo with Jonas");
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain("With: Jonas Weber");
    expect(wordsOn(desk.newest("ana"))).toContain("When: Wednesday 4 March 2026, 11:00–12:00 (Lisbon)");
    expect(rows(desk, "claims")).toHaveLength(1);
  });

  test("a time typed in another zone is shown in both (G8)", async () => {
    const desk = await openQuay();
    await desk.say("ana", "talk on Wednesday at 5am ET");
    expect(wordsOn(desk.newest("ana"))).toContain(
      "When: Wednesday 4 March 2026, 10:00–11:00 (Lisbon) · 05:00–06:00 (New York)",
    );
    // Going back to the times shows the same day.
    await desk.press("ana", "Change time");
    await desk.press("ana", "09:00");
    expect(wordsOn(desk.newest("ana"))).toContain("When: Wednesday 4 March 2026, 09:00–10:00 (Lisbon)");
    expect(wordsOn(desk.newest("ana"))).not.toContain("New York");
  });
});

describe("while the form is open", () => {
  const visit = { service: "Visit", day: "Wed 4 Mar", time: "09:00" };

  test("“cancel” is not taken as an answer: the draft and its answers are discarded", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.say("ana", "cancel");
    expect(titleOf(desk, "ana")).toBe("Hello Ana Alves");
    expect([...rows(desk, "answers"), ...rows(desk, "claims"), ...rows(desk, "bookings")]).toEqual([]);
  });

  test("“bookings” always works, as the help promises, and “go back” goes back", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.say("ana", "bookings");
    expect(titleOf(desk, "ana")).toBe("Upcoming sessions");
    expect(rows(desk, "answers")).toEqual([]);
    await hold(desk, "ana", visit);
    await desk.say("ana", "go back");
    expect(titleOf(desk, "ana")).toBe("When suits you?");
    expect(rows(desk, "answers")).toEqual([]);
  });
});
