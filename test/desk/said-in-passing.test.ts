import { describe, expect, test } from "vitest";
import { openQuay, request, titleOf } from "./quay.ts";

describe("common casual phrases have an effect", () => {
  test.each([
    ["ana", "please delete my data", "How this works"],
    ["ana", "I lost the link", "Upcoming sessions"],
    ["ana", "where is my video link?", "Upcoming sessions"],
    ["ana", "can you call me?", "Who would you like to write to?"],
    ["maya", "who's next?", "Upcoming sessions"],
    ["maya", "what's on tomorrow", "You have no sessions on Tue 3 Mar."],
    ["maya", "who is coming on Thursday?", "You have no sessions on Thu 5 Mar."],
  ])("%s: “%s”", async (who, said, title) => {
    const desk = await openQuay();
    await desk.say(who, said);
    expect(titleOf(desk, who)).toBe(title);
  });

  test("a request to delete one's data cancels nothing and asks about no session", async () => {
    const desk = await openQuay();
    await request(desk, "ana", { service: "Talk", day: "Tue 3 Mar", time: "10:00" });
    await desk.say("ana", "delete my data");
    expect(titleOf(desk, "ana")).toBe("How this works");
  });
});
