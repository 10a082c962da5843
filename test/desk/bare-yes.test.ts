import { describe, expect, test } from "vitest";
import { read } from "../../src/language/reading.ts";
import { instant } from "../support/clock.ts";
import { bookingsOf, buttonsOn, openQuay, request, titleOf, wordsOn } from "./quay.ts";

const tomorrow = { service: "Talk", day: "Tue 3 Mar", time: "10:00" };

async function statusOf(desk: Awaited<ReturnType<typeof openQuay>>, client: string) {
  return (await bookingsOf(desk, client)).map(({ status }) => status);
}

describe("a clear yes to the practitioner's request card acts (G10)", () => {
  test.each(["yes", "Yes please", "ok", "👍", "sure, confirm it"])("“%s” confirms", async (said) => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.say("maya", said);
    expect(titleOf(desk, "maya")).toBe("Confirmed");
    expect(await statusOf(desk, "ana")).toEqual(["confirmed"]);
  });

  test.each(["yes but an hour later", "maybe", "is it ok?", "thanks"])("“%s” decides nothing", async (said) => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.say("maya", said);
    expect(await statusOf(desk, "ana")).toEqual(["requested"]);
  });

  test("a yes with more words after it is below certainty 0.9 and decides nothing", async () => {
    const said = "yes tell her to bring the report";
    const moment = { nowMs: instant("2026-03-02T08:00Z"), zone: "Europe/Lisbon" };
    expect(read(said, { role: "practitioner" }, moment).answer).toMatchObject({ grade: "plain", isAlone: false });
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.say("maya", said);
    expect(await statusOf(desk, "ana")).toEqual(["requested"]);
  });

  test("a yes below certainty 0.9 to “Decline this request?” declines nothing", async () => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.press("maya", "Decline");
    await desk.say("maya", "yes I am away then");
    expect(titleOf(desk, "maya")).toBe("Decline Ana Alves's request?");
    expect(await statusOf(desk, "ana")).toEqual(["requested"]);
  });

  test("a yes below certainty 0.9 does not apply to a request that arrived behind another card", async () => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.say("maya", "block Friday morning");
    await desk.press("maya", "Block this time");
    await desk.say("maya", "yes I am away then");
    expect(wordsOn(desk.newest("maya"))).toContain("I did not understand that.");
    expect(await statusOf(desk, "ana")).toEqual(["requested"]);
  });

  test("“no” leads to the card that asks before it declines", async () => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.say("maya", "no");
    expect(titleOf(desk, "maya")).toBe("Decline Ana Alves's request?");
    expect(await statusOf(desk, "ana")).toEqual(["requested"]);
    await desk.say("maya", "no");
    expect(titleOf(desk, "maya")).toBe("A session request");
    await desk.say("maya", "decline");
    await desk.say("maya", "yes");
    expect(await statusOf(desk, "ana")).toEqual(["declined"]);
    expect(
      desk
        .chat("ana")
        .map(({ card }) => JSON.stringify(card))
        .join(),
    ).not.toContain("writes: yes");
  });

  test("with two requests open it leads to the list and decides neither", async () => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.advance("2026-03-02T08:01+00:00");
    await request(desk, "ben", { ...tomorrow, time: "06:00" });
    await desk.say("maya", "yes");
    expect(titleOf(desk, "maya")).toBe("2 requests are waiting for you.");
    expect([await statusOf(desk, "ana"), await statusOf(desk, "ben")]).toEqual([["requested"], ["requested"]]);
    await desk.say("maya", "1");
    await desk.say("maya", "yes");
    expect(await statusOf(desk, "ana")).toEqual(["confirmed"]);
  });

  test.each(["yes", "1"])(
    "“%s” meant for another card while a request arrives does not confirm the request",
    async (said) => {
      const desk = await openQuay();
      await desk.say("maya", "block Friday morning");
      expect(buttonsOn(desk.newest("maya"))).toContain("Block this time");
      await desk.advance("2026-03-02T08:01+00:00");
      await request(desk, "ana", tomorrow);
      await desk.say("maya", said);
      expect(await statusOf(desk, "ana")).toEqual(["requested"]);
      // The title shows which card it is.
      await desk.press("maya", "Confirm");
      expect(await statusOf(desk, "ana")).toEqual(["confirmed"]);
    },
  );

  test("a number meant for the offered times while a reminder arrives presses nothing on the reminder", async () => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.say("maya", "yes");
    await desk.advance("2026-03-03T08:58+00:00");
    await desk.say("ana", "book");
    await desk.say("ana", "talk");
    await desk.advance("2026-03-03T09:00+00:00");
    expect(titleOf(desk, "ana")).toBe("Your session is coming up");
    expect(buttonsOn(desk.newest("ana"))[1]).toBe("I'll be there");
    expect(buttonsOn(desk.newest("ana"))[2]).toBe("Reschedule");
    await desk.say("ana", "2");
    expect((await desk.talks("ana")).map(({ flow }) => flow)).not.toContain("reschedule");
    expect(await statusOf(desk, "ana")).toEqual(["confirmed"]);
  });

  test("a card without a question does not block a card that arrives", async () => {
    const desk = await openQuay();
    await request(desk, "ana", tomorrow);
    await desk.advance("2026-03-02T08:02+00:00");
    await desk.press("maya", "Propose another time");
    await desk.press("maya", "Send");
    expect(titleOf(desk, "ana")).toBe("Maya Lee proposes other times");
    await desk.say("ana", "1");
    expect(titleOf(desk, "ana")).toBe("Take this time?");
  });

  test("with no open request it decides nothing", async () => {
    const desk = await openQuay();
    await desk.say("maya", "yes");
    expect(titleOf(desk, "maya")).toBe("I am not sure what you mean");
  });
});

test("requests beyond those a card shows are counted, and each can be named", async () => {
  const desk = await openQuay();
  const days = ["Tue 3 Mar", "Wed 4 Mar", "Thu 5 Mar"];
  for (const day of days)
    for (const time of ["09:00", "10:00", "11:00"]) await request(desk, "ana", { service: "Talk", day, time });
  await request(desk, "ben", { service: "Talk", day: "Fri 6 Mar", time: "04:00" });
  await desk.say("maya", "requests");
  expect(titleOf(desk, "maya")).toBe("10 requests are waiting for you.");
  expect(wordsOn(desk.newest("maya"))).toContain("There are 2 more.");
  await desk.say("maya", "confirm Ben");
  expect(wordsOn(desk.newest("maya"))).toContain("Client: Ben Okoro");
});
