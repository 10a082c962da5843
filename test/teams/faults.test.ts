import { expect, test } from "vitest";
import type { Fault } from "../support/teams/faults.ts";
import {
  bookingsOf,
  having,
  openHarbour,
  quiet,
  requestFollowUp,
  reviewFollowUp,
  subjectsTo,
} from "./harbour-teams.ts";

const faults: readonly { readonly why: string; readonly fault: Fault; readonly mayComeTwice?: true }[] = [
  { why: "429 with Retry-After", fault: { status: 429, retryAfterSeconds: 1 } },
  { why: "412", fault: { status: 412 } },
  { why: "500", fault: { status: 500 } },
  { why: "503 with Retry-After", fault: { status: 503, retryAfterSeconds: 1 } },
  { why: "a broken connection", fault: "reset" },
  { why: "a lost answer", fault: "lost reply", mayComeTwice: true },
];

/** A request and its confirmation, where Teams fails once at every new message and every repaint. */
async function bookThrough({ why, fault, mayComeTwice }: (typeof faults)[number], at: number): Promise<void> {
  // Bots of one process with the same id share their tokens.
  const { ana, maya, desk, world } = await openHarbour({
    world: { appId: `aaaaaaaa-0000-4000-8000-0000000000f${at}` },
  });
  await reviewFollowUp(ana);
  const { connector } = world;
  connector.fail(fault, { method: "POST", chat: maya.chat.id });
  connector.fail(fault, { method: "PUT", chat: ana.chat.id });
  await ana.click("Confirm & book");
  await maya.sees("A session request");
  await quiet(desk);
  // Teams cannot tell whether a message whose answer was lost was delivered: it may arrive twice, but never not at all.
  expect({ why, requests: having(maya, "Confirm") }).toEqual({ why, requests: mayComeTwice ? 2 : 1 });
  connector.fail(fault, { method: "POST", chat: ana.chat.id });
  connector.fail(fault, { method: "PUT", chat: maya.chat.id });
  await maya.click("Confirm");
  await quiet(desk);
  await ana.sees("Your session is confirmed");
  // The duplicate belongs to the same talk: a press on it changes nothing and shows the present state.
  if (mayComeTwice) await maya.click("Confirm");
  expect({ why, live: having(maya, "Confirm") + having(ana, "Withdraw request") }).toEqual({ why, live: 0 });
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(await subjectsTo(desk, "ana@example.com")).toHaveLength(2);
  expect(connector.calls().filter(({ status }) => status === 0 || status >= 400).length).toBeLessThanOrEqual(4);
}

test("T6 whatever Teams answers to a card – 429, 412, 5xx, nothing at all – a request is neither lost nor booked twice (fault 13)", async () => {
  await Promise.all(faults.map(bookThrough));
});

test("T6 redelivered activities take effect once: installation, words, press, and the same press at the same moment", async () => {
  const { ana, maya, desk } = await openHarbour();
  await ana.say("book a follow-up with Maya by video on Wednesday at 10");
  const said = ana.messages().length;
  await ana.redeliver();
  await ana.redeliver(ana.sent()[0]);
  await quiet(desk);
  expect(ana.messages()).toHaveLength(said);
  const [first, second] = await ana.doubleClick("Confirm & book", { sameId: true });
  expect([first?.kind, second?.kind]).toEqual(["card", "card"]);
  await ana.redeliver();
  await maya.sees("A session request");
  await maya.click("Confirm");
  const again = await maya.redeliver();
  expect(again).toMatchObject({ status: 200, body: { statusCode: 200 } });
  await quiet(desk);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(ana.messages().filter((message) => message.includes("Your session is confirmed"))).toHaveLength(1);
  expect(maya.messages().filter((message) => message.includes("Client: Ana Alves"))).toHaveLength(1);
  expect(await subjectsTo(desk, "ana@example.com")).toHaveLength(2);
});

test("a double click books once and confirms once; the second click shows the present state", async () => {
  const { ana, maya, desk } = await openHarbour();
  await reviewFollowUp(ana);
  for (const clicked of await ana.doubleClick("Confirm & book")) expect(clicked.kind).toBe("card");
  await maya.sees("A session request");
  const decline = maya.take("Decline");
  for (const clicked of await maya.doubleClick("Confirm")) expect(clicked.kind).toBe("card");
  const late = await maya.press(decline);
  expect(late.kind === "card" && JSON.stringify(late.card)).toContain("Ana Alves has been told");
  await quiet(desk);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(ana.messages().filter((message) => message.includes("Your session is confirmed"))).toHaveLength(1);
});

test("T15 a press on another person's card, or on an old one kept by its user, does nothing", async () => {
  const { ana, ben, maya, desk } = await openHarbour();
  await requestFollowUp(ana);
  await maya.sees("A session request");
  const confirm = maya.take("Confirm");
  const stolen = await ben.press(confirm);
  expect(stolen).toMatchObject({ kind: "words", words: expect.stringMatching(/someone else/i) });
  const withdraw = ana.take("Withdraw request");
  await ana.press(withdraw);
  await ana.click("Keep it");
  await ana.press(withdraw);
  await quiet(desk);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["requested"]);
  await ana.sees("Waiting for an answer");
});

test("T5 Action.Submit from an old Teams client confirms as well", async () => {
  const { ana, maya, desk } = await openHarbour();
  await reviewFollowUp(ana);
  await ana.submitOld("Confirm & book");
  await ana.sees("Waiting for an answer");
  await maya.submitOld("Confirm");
  await ana.sees("Your session is confirmed");
  await quiet(desk);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
});

test("T12 a chat with a new id is found again: the news arrives there, once", async () => {
  const { ana, maya, desk } = await openHarbour();
  await requestFollowUp(ana);
  await maya.sees("A session request");
  ana.moveChat();
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await quiet(desk);
  expect(ana.messages().filter((message) => message.includes("Your session is confirmed"))).toHaveLength(1);
  expect((await desk.store.waiting()).dead).toBe(0);
  await ana.say("my bookings");
  await ana.sees("Upcoming sessions");
});

test("T12 a card deleted by its user is sent again as a new message while an answer is still open", async () => {
  const { ana, maya, desk, advance } = await openHarbour();
  await requestFollowUp(ana);
  await maya.sees("A session request");
  for (const message of maya.chat.messages) message.deleted = true;
  await advance("2026-03-02T20:01:00Z");
  await maya.sees("A reminder: this request is still waiting for you.");
  await quiet(desk);
  expect(having(maya, "Confirm")).toBe(1);
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
});
