import { describe, expect, test } from "vitest";
import { hold, openQuay, quay, rows, titleOf, wordsOn } from "./quay.ts";

describe("at the review card", () => {
  test.each(["is it online?", "is that with Maya?", "it is a talk, isn't it"])(
    "“%s” is about what stands there: the time stays held, nothing is booked",
    async (said) => {
      const desk = await openQuay();
      await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
      await desk.say("ana", said);
      expect(titleOf(desk, "ana")).toBe("Please check everything");
      expect(wordsOn(desk.newest("ana"))).toContain("That is how it stands here.");
      expect(rows(desk, "claims")).toHaveLength(1);
      expect(rows(desk, "bookings")).toMatchObject([{ status: "held" }]);
    },
  );

  test("a session that has begun meanwhile is not asked for, though its time is still held", async () => {
    const practice = quay.replace("minimumNoticeMinutes: 120", "minimumNoticeMinutes: 0");
    const desk = await openQuay({ practice, now: "2026-03-02T09:55+00:00" });
    await hold(desk, "ana", { service: "Talk", time: "10:00" });
    await desk.advance("2026-03-02T10:01+00:00");
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("That time is too soon");
    expect(rows(desk, "bookings")).toMatchObject([{ status: "held" }]);
  });

  test("another service, person or way is taken at the same time, which was not spoken of", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "11:00" });
    await desk.say("ana", "rather a duo with Jonas");
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain("With: Jonas Weber");
    expect(wordsOn(desk.newest("ana"))).toContain("When: Wednesday 4 March 2026, 11:00–12:00 (Lisbon)");
    expect(rows(desk, "claims")).toHaveLength(1);
  });

  test("a time said on another clock is shown on both (G8)", async () => {
    const desk = await openQuay();
    await desk.say("ana", "talk on Wednesday at 5am ET");
    expect(wordsOn(desk.newest("ana"))).toContain(
      "When: Wednesday 4 March 2026, 10:00–11:00 (Lisbon) · 05:00–06:00 (New York)",
    );
    // Back at the times it is the same day that is shown.
    await desk.press("ana", "Change time");
    await desk.press("ana", "09:00");
    expect(wordsOn(desk.newest("ana"))).toContain("When: Wednesday 4 March 2026, 09:00–10:00 (Lisbon)");
    expect(wordsOn(desk.newest("ana"))).not.toContain("New York");
  });
});

describe("while the form is open", () => {
  const visit = { service: "Visit", day: "Wed 4 Mar", time: "09:00" };

  test("“cancel” is no answer: the draft is dropped with all that was answered", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.say("ana", "cancel");
    expect(titleOf(desk, "ana")).toBe("Hello Ana Alves");
    expect([...rows(desk, "answers"), ...rows(desk, "claims"), ...rows(desk, "bookings")]).toEqual([]);
  });

  test("“bookings” always works, as the help says, and “go back” goes back", async () => {
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
