import { expect, test } from "vitest";
import { eventTitled, openPagePerson } from "../support/page-person.ts";
import { until } from "../support/until.ts";
import { having, openHarbour, requestFollowUp } from "./harbour-desk.ts";

test("a session is requested by typing only, step by step, and again in one line; Maya asks who is waiting, confirms Ana, and asks for her day", async () => {
  const slack = await openHarbour();
  const { ana, ben, maya } = slack;
  const stepByStep = async () => {
    await ana.ask("I'd like to book a session");
    await ana.ask("follow-up");
    await ana.ask("1");
    await ana.ask("Maya");
    await ana.ask("Wed 4 Mar");
    const review = await ana.ask("the second one");
    expect(review.words).toContain("Please check everything");
    expect(review.words).toContain("Wednesday 4 March 2026");
    expect((await ana.ask("yes")).words).toContain("Waiting for an answer");
  };
  const inOneLine = async () => {
    const review = await ben.ask("book a follow-up with Maya by video on Thursday at 5am");
    expect(review.words).toContain("Please check everything");
    expect(review.words).toContain("Thursday 5 March 2026, 05:00–05:50 (New York) · 10:00–10:50 (Lisbon)");
    expect((await ben.ask("yes")).words).toContain("Waiting for an answer");
  };
  await Promise.all([stepByStep(), inOneLine()]);
  await until("both requests reach Maya", () => maya.notifications().length === 2);

  const waiting = await maya.ask("who's waiting?");
  expect(waiting.words).toContain("2 requests are waiting for you.");
  const request = await maya.ask("confirm Ana");
  expect(request.words).toContain("A session request");
  expect((await maya.ask("confirm")).words).toContain("Confirmed");
  await ana.sees("Your session is confirmed");
  // A service that confirms automatically needs no answer and appears in her day at once.
  await ben.ask("quick check-in by video today at 6am");
  await ben.ask("yes");
  await until("Maya has the message", () => maya.newest().words.includes("Ben Okoro booked it"));
  expect((await maya.ask("today")).words).toContain("11:00–11:20\nBen Okoro, Quick check-in");
  await slack.quiet();
  // The card before the typed words has no buttons left.
  expect(having(ana, "Confirm & book")).toBe(0);
  await slack.assertWell();
});

test("unrecognised words, an emoji, a link and a mention of everyone only show the card again (S21)", async () => {
  const slack = await openHarbour();
  const { ana, zoe } = slack;
  const card = await ana.ask("<!channel> :tada: https://evil.example & <b>bold</b>");
  expect(card.words).toContain("I am not sure what you mean");
  expect((await ana.ask("book me a hotel for Friday")).words).toContain("I am not sure what you mean");
  // D7.3: a stranger sees how to get access, whatever they type, and nothing else.
  const stranger = await zoe.ask("book a follow-up with Maya tomorrow at 10");
  expect(stranger.words).toMatch(/invitation|code/i);
  expect(stranger.buttons).toEqual([]);
  expect(stranger.words).not.toMatch(/Maya|Harbour|Follow-up/);
  await slack.quiet();
  expect(await slack.bookings()).toEqual([]);
  await slack.assertWell();
});

test("with Ana in Slack and Maya on the page, and the other way round, a request from one is confirmed at the other", async () => {
  const slack = await openHarbour();
  const { ana, maya } = slack;
  const mayaOnPage = openPagePerson(slack.address, "maya");
  const anaOnPage = openPagePerson(slack.address, "ana");
  const newest = async (person: typeof mayaOnPage, title: string) => {
    let found: Awaited<ReturnType<typeof person.chat>>[number] | undefined;
    await until(`${person.user} sees ${title} on the page`, async () => {
      found = (await person.chat()).findLast((message) => message.card?.title === title);
      return found !== undefined;
    });
    if (found === undefined) throw new Error(title);
    return found;
  };

  await requestFollowUp(ana, "10:00");
  await maya.sees("A session request");
  const request = await newest(mayaOnPage, "A session request");
  await mayaOnPage.press(request, eventTitled(request, "Confirm"));
  await ana.sees("Your session is confirmed");
  // Her card in Slack is updated as well.
  await maya.sees("Ana Alves has been told in chat and by email.");
  await slack.quiet();
  expect(having(maya, "Confirm")).toBe(0);

  const review = await anaOnPage.say("book a follow-up with Maya by video on Thursday at 10");
  await anaOnPage.press(review, eventTitled(review, "Confirm & book"));
  await maya.sees("A session request");
  await maya.click("Confirm");
  await newest(anaOnPage, "Your session is confirmed");
  await slack.quiet();
  expect(having(maya, "Confirm")).toBe(0);
  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
  await slack.assertWell();
});
