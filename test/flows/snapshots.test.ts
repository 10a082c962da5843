import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Talk } from "../../db/store.ts";
import { type Card, type CardEvent, eventButtons } from "../../src/cards/card.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { cardWords } from "../../src/words/cards.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { cardBreaches } from "../support/card-rules.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { everyFlow } from "../support/flow-graph.ts";
import { type KeptTalk, putBack, readKeptTalks, withId } from "../support/kept-talks.ts";
import { notYet, passedThrough, placeOf } from "../support/place.ts";

const now = "2026-03-02T08:00+00:00";

function openPractice(name: string): Promise<TestDesk> {
  const practice = readFileSync(new URL(`../support/practices/${name}.yaml`, import.meta.url), "utf8");
  return openTestDesk({ now, practice });
}

function textOf(card: Card | undefined): string {
  return card === undefined ? "" : toPlainText(card, cardWords);
}

interface Pressed {
  readonly talkId: string;
  readonly revision: number;
  readonly event: CardEvent;
}

/** A saved place as it should not be; `other` is one of somebody else's talks of the same flow. */
type Damage = (talk: Talk, other: Talk) => Partial<Talk>;

function context(talk: Talk, change: (context: Record<string, unknown>) => void): Partial<Talk> {
  const saved = JSON.parse(talk.snapshot) as { state: string; context: Record<string, unknown> }; // written by the desk
  change(saved.context);
  return { snapshot: JSON.stringify(saved) };
}

const damages: Readonly<Record<string, Damage>> = {
  "is cut off": ({ snapshot }) => ({ snapshot: snapshot.slice(0, -9) }),
  "names a state that was renamed": ({ snapshot }) => ({
    snapshot: snapshot.replace(/"state":"\w+"/, '"state":"pondering"'),
  }),
  "names a state that every object has": ({ snapshot }) => ({
    snapshot: snapshot.replace(/"state":"\w+"/, '"state":"constructor"'),
  }),
  "lacks a field": (talk) =>
    context(talk, (saved) => {
      delete saved.page;
      delete saved.nudged;
    }),
  "has a field of another type": (talk) =>
    context(talk, (saved) => Object.assign(saved, { page: "first", nudged: "twice" })),
  "is null": () => ({ snapshot: "null" }),
  "is empty": () => ({ snapshot: "" }),
  "is 10 MB long": (talk) => context(talk, (saved) => Object.assign(saved, { padding: "x".repeat(10_000_000) })),
  "is somebody else's": (_talk, { snapshot }) => ({ snapshot }),
  "is of a version that is still to come": () => ({ version: 99 }),
};

describe("fault 22: a talk whose saved place", () => {
  test.each(Object.entries(damages))(
    "%s begins anew and says so; the books are as they were",
    async (_what, damage) => {
      const desk = await openPractice("lisbon");
      await book(desk, "ana", "Tue 3 Mar", "09:00");
      await book(desk, "ben", "Wed 4 Mar", "04:00");
      const anas = await newestTalk(desk, "ana");
      const bens = await newestTalk(desk, "ben");
      await desk.press("ben", "Confirm & book");
      await book(desk, "jonas", "Thu 5 Mar", "10:00");
      await desk.press("jonas", "Confirm & book");
      const mayas = (await desk.talks("maya")).filter(({ flow }) => flow === "review");
      const [later, earlier] = [mayas[0] ?? anas, mayas[1] ?? anas];
      const before = booksOf(desk);

      await harm(desk, anas, damage(anas, bens));
      const pressed = await desk.press("ana", "Confirm & book");
      expect(textOf(pressed.card)).toContain(conversationWords.lostPlace);
      expect(desk.newest("ana")).toEqual(pressed.card);
      expect(booksOf(desk)).toEqual(before);

      const again = await newestTalk(desk, "ana");
      await harm(desk, again, damage(again, bens));
      const typed = await desk.say("ana", "Follow-up");
      expect(textOf(typed.card)).toContain(conversationWords.lostPlace);
      expect(booksOf(desk)).toEqual(before);

      await harm(desk, later, damage(later, earlier));
      const decided = await desk.press("maya", "Confirm");
      expect(textOf(decided.card)).toContain(conversationWords.lostPlace);
      expect(booksOf(desk)).toEqual(before);

      // What the books themselves have to say to a damaged talk, here a reminder, finds its way too.
      const asked = await newestTalk(desk, "maya");
      await harm(desk, asked, damage(asked, earlier));
      const told = desk.chat("maya").length;
      await desk.advance("2026-03-02T20:00+00:00");
      const news = desk
        .chat("maya")
        .slice(told)
        .map(({ card }) => textOf(card));
      expect(news.some((text) => text.includes(conversationWords.lostPlace))).toBe(true);

      // And everybody goes on from there.
      await desk.press("maya", "Confirm");
      expect(desk.newest("jonas").title).toBe("Your session is confirmed");
      // What Ana typed to the lost talk was read by the new one.
      expect(desk.newest("ana").title).toBe("How would you like to meet?");
      await desk.press("ana", "Video");
      expect(desk.newest("ana").title).toBe("With whom?");
    },
  );

  async function book(desk: TestDesk, user: string, on: string, time: string): Promise<void> {
    await desk.say(user, "book");
    for (const label of ["Follow-up", "Video", "Dr Maya Lee", on, time]) await desk.press(user, label);
  }

  async function newestTalk(desk: TestDesk, user: string): Promise<Talk> {
    const [talk] = await desk.talks(user);
    if (talk === undefined) throw new Error(`${user} has no talk`);
    return talk;
  }

  function harm(desk: TestDesk, talk: Talk, change: Partial<Talk>): Promise<boolean> {
    return desk.store.transaction((books) => books.talks.save({ ...talk, ...change }, talk.revision));
  }

  /** Everything that was booked, as rows. */
  function booksOf(desk: TestDesk): unknown {
    const raw = desk.store.raw();
    return ["bookings", "claims", "answers"].map((table) => raw.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all());
  }
});

describe("fault 23: a talk kept from an earlier release", () => {
  const kept = readKeptTalks();

  test.each(everyFlow)("there is one of every state of $name in which a talk can rest", ({ name, version, scenes }) => {
    const here = kept
      .filter((talk) => talk.flow === name && talk.version === version)
      .map(({ state }) => `${name}.${state}`);
    const places = Object.keys(scenes).map((state) => `${name}.${state}`);
    const restless = [...passedThrough, ...notYet];
    expect(
      places.filter((place) => !restless.includes(place) && !here.includes(place)),
      "KEEP_TALKS=1 keeps them",
    ).toEqual([]);
  });

  test.each(kept)(
    "$flow $version in $state takes every kind of press that its card offers, and typed words",
    async (talk) => {
      const desk = await openPractice(talk.practice);
      const every = eventButtons(talk.card).map(({ action }) => action.event);
      // Of twelve times to choose from, one says it all.
      const events = [...new Map(every.map((event) => [event.type, event])).values()];
      for (const [at, event] of events.entries()) {
        const talkId = await putBack(desk, talk, at);
        const delivered = await pressKept(desk, talk, { talkId, revision: 1, event: withId(event, at) });
        expect([delivered.refused, delivered.stale]).toEqual([undefined, undefined]);
        const shown = delivered.card === undefined ? [] : cardBreaches(delivered.card);
        expect(shown).toEqual([]);
        expect(textOf(delivered.card)).not.toContain(conversationWords.lostPlace);
        expect(textOf(delivered.card)).not.toContain(conversationWords.restarted);
      }
      await putBack(desk, talk, events.length);
      const said = await desk.say(talk.user, "hello");
      expect(textOf(said.card)).not.toContain(conversationWords.lostPlace);
      expect(said.card === undefined ? [] : cardBreaches(said.card)).toEqual([]);
    },
  );

  /**
   * Presses a button of a kept card. The card of an earlier version may say an event in a form that is gone: it is answered
   * with the new card, and pressed there again.
   */
  async function pressKept(desk: TestDesk, talk: KeptTalk, pressed: Pressed): Promise<Delivered> {
    const delivered = await desk.forge(talk.user, { ...pressed, values: {} });
    const isEarlier = talk.version < (everyFlow.find(({ name }) => name === talk.flow)?.version ?? 0);
    if (!isEarlier || delivered.refused !== conversationWords.updated) return delivered;
    expect(delivered.stale).toBe(true);
    const { card, revision = 0 } = delivered;
    const buttons = card === undefined ? [] : eventButtons(card);
    const label = eventButtons(talk.card).find(({ action }) => action.event.type === pressed.event.type)?.label;
    const again = buttons.find((one) => one.action.event.type === pressed.event.type || one.label === label);
    // What the card was drawn from, such as a payment or an invitation, is not kept with the talk: then it has no such button.
    if (again === undefined) return card === undefined ? {} : { card };
    return desk.forge(talk.user, {
      ...{ talkId: pressed.talkId, revision, values: {} },
      event: again.action.event,
    });
  }
});

test("a kept talk says where it is", () => {
  expect(readKeptTalks().filter((talk) => placeOf(talk) !== `${talk.flow}.${talk.state}`)).toEqual([]);
});
