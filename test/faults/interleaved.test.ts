import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { CardEvent } from "../../src/cards/card.ts";
import { eventButtons } from "../../src/cards/card.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { seeded } from "../support/crowd-life.ts";
import { eventsOn, openPagePerson, type PagePerson, type Shown } from "../support/page-person.ts";
import { until } from "../support/until.ts";
import { allSent, errorsOf, openPremises } from "./premises.ts";

/** A client whose inputs alternate between the two desk processes. */
function betweenDesks(addresses: readonly string[], user: string): PagePerson {
  let turn = user.length + Number(user.slice(1));
  return openPagePerson(() => addresses[turn++ % addresses.length] ?? "", user);
}

/** The only event of a type on a card. */
function on(shown: Shown, type: string): CardEvent {
  const [event] = eventsOn(shown, type);
  if (event === undefined) throw new Error(`“${shown.card?.title}” has no ${type}`);
  return event;
}

test("faults 4 to 9: two processes on one PostgreSQL receive inputs in turn, at once, redelivered, late and forged, and reach the same result as one", async () => {
  const { open, look } = await openPremises("PostgreSQL, two desks", 6);
  const desks = await open();
  const addresses = desks.map(({ address }) => address);
  const people = ["c1", "c2", "c3", "c4", "c5", "c6"].map((user) => betweenDesks(addresses, user));

  // Fault 4: the same time at the same moment, at different processes.
  const times = await Promise.all(people.map((one) => one.say("book talk with p1 on Tuesday afternoon")));
  const [first] = eventsOn(times[0] ?? {}, "slot.chosen");
  if (first === undefined) throw new Error("no times were offered");
  const same = (shown: Shown) =>
    eventsOn(shown, "slot.chosen").find(({ startsAtMs }) => startsAtMs === first.startsAtMs) ?? first;
  const held = await Promise.all(people.map((one, at) => one.press(times[at] ?? {}, same(times[at] ?? {}))));
  const reviews = held.filter((shown) => eventsOn(shown, "booking.submitted").length > 0);
  expect(reviews).toHaveLength(1);
  const [review] = reviews;
  const winner = review && people[held.indexOf(review)];
  if (review === undefined || winner === undefined) throw new Error("neither client has it");

  // Fault 6: the same press four times over both processes.
  const id = randomUUID();
  const submit = on(review, "booking.submitted");
  const answers = await Promise.all([0, 1, 2, 3].map(() => winner.press(review, submit, undefined, id)));
  expect(new Set(answers.map(({ talkId, revision }) => `${talkId} ${revision}`)).size).toBe(1);

  // Fault 5: Confirm in both windows of the practitioner at once.
  const windows = addresses.map((address) => openPagePerson(address, "p1"));
  const asked = async () =>
    (await windows[0]?.chat())?.find((message) => eventsOn(message, "confirm.chosen").length > 0);
  await until("the request reaches the practitioner", async () => (await asked()) !== undefined);
  const request = await asked();
  if (request === undefined) throw new Error("the review is gone again");
  const decided = await Promise.all(windows.map((one) => one.press(request, on(request, "confirm.chosen"))));
  expect(new Set(decided.map(({ card }) => card?.title))).toEqual(new Set(["Confirmed"]));

  // Faults 7 and 8: every button ever shown, in random order, at either process.
  const seen: { readonly who: PagePerson; readonly shown: Shown; readonly event: CardEvent }[] = [];
  const note = (who: PagePerson, shown: Shown) => {
    for (const { action } of shown.card === undefined ? [] : eventButtons(shown.card))
      seen.push({ who, shown, event: action.event });
  };
  for (const [at, who] of people.entries()) note(who, times[at] ?? {});
  for (const [at, who] of people.entries()) note(who, held[at] ?? {});
  const random = seeded(7);
  for (let n = 0; n < 100; n += 1) {
    const one = seen[Math.floor(random() * seen.length)];
    if (one === undefined) break;
    const answer = await one.who.press(one.shown, one.event);
    expect(answer.refused !== undefined || answer.card !== undefined).toBe(true);
    note(one.who, answer);
  }

  // Fault 9: another person's talk.
  const thief = people.find((one) => one !== winner);
  const stolen = await thief?.press(review, submit);
  expect([stolen?.card, stolen?.refused]).toEqual([undefined, conversationWords.notYours]);

  await allSent(desks);
  expect(errorsOf(desks)).toEqual([]);
  for (const desk of desks) expect(await desk.stop()).toBe(0);
  const found = await look((books) => ({
    wrongs: [...violationsIn(books), ...violationsAtRest(books)],
    confirmed: books.prepare("select count(*) > 0 from audit where action = 'booking.confirmed'").pluck().get(),
    twice: books
      .prepare("select subject from audit where action = 'booking.confirmed' group by subject having count(*) > 1")
      .all(),
  }));
  expect(found).toEqual({ wrongs: [], confirmed: 1, twice: [] });
});
