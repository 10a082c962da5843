import { buttonOf, type Card } from "../../src/cards/card.ts";
import type { NewTalk, TalkName } from "../../src/cards/talks.ts";
import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn } from "../../src/conversation/kept-context.ts";
import { peopleAt } from "../../src/conversation/person.ts";
import { given } from "../../src/given.ts";
import { entryWords } from "../../src/words/entry.ts";
import { type WhoChoice, whoInput } from "./input.ts";
import { type WhoContext, type WhoEvent, type WhoOrder, whoContext, whoMachine } from "./machine.ts";

const button = buttonOf<WhoEvent>();

const commands: Commands<WhoOrder, WhoEvent> = {
  listPeople: async ({ choices }, turn) => {
    if (choices !== undefined) return { type: "people.listed", choices };
    const people = await peopleAt(turn.books, turn.address);
    if (people.length < 2) return { type: "one.only" };
    const all = people.flatMap(({ practice, role }): WhoChoice[] =>
      role === "stranger" ? [] : [{ practiceId: practice.id, role, talk: { flow: "home", input: { type: "menu" } } }],
    );
    return { type: "people.listed", choices: all };
  },
  goOn: async ({ choices, place }, turn) => {
    const chosen = choices?.[place];
    if (chosen === undefined) return undefined;
    const { talk, practiceId, role } = chosen;
    // The engine checks the talk's input and the person's role as the talk begins.
    turn.begin({ ...(talk as NewTalk), where: "here", as: { practiceId, role } });
    return undefined;
  },
};

async function whoFacts({ choices: listed = [] }: WhoContext, turn: Turn) {
  const names = await Promise.all(listed.map(async (one) => (await turn.books.practices.get(one.practiceId)).name));
  return { listed, names };
}

function choosingView({ listed, names }: Awaited<ReturnType<typeof whoFacts>>): Card<WhoEvent> {
  const isOnePractice = new Set(listed.map(({ practiceId }) => practiceId)).size === 1;
  const isOneRole = new Set(listed.map(({ role }) => role)).size === 1;
  const title = isOnePractice ? entryWords.whichRole : entryWords.whichPractice;
  const labels = listed.map(({ role }, place) => {
    const name = names[place] ?? "";
    if (isOnePractice) return role === "client" ? entryWords.client : entryWords.practitioner;
    if (isOneRole) return name;
    return role === "client" ? entryWords.asClient(name) : entryWords.asPractitioner(name);
  });
  return {
    summary: title,
    title,
    parts: [
      { type: "text", text: entryWords.whoText },
      ...(listed.some(({ unread }) => unread === true) ? ([{ type: "text", text: entryWords.sayAgain }] as const) : []),
      {
        type: "buttons",
        role: "choices",
        label: title,
        buttons: labels.map((label, place) => {
          const before = labels.slice(0, place).filter((one) => one === label).length;
          return button(before === 0 ? label : `${label} (${before + 1})`, { type: "person.chosen", place });
        }),
      },
    ],
  };
}

async function onlyFacts(_context: WhoContext, turn: Turn) {
  const [person] = await peopleAt(turn.books, turn.address);
  return { practice: person?.practice.name ?? "" };
}

function onlyView({ practice }: { readonly practice: string }): Card<WhoEvent> {
  return {
    summary: entryWords.onlyTitle,
    title: entryWords.onlyTitle,
    parts: [{ type: "text", text: entryWords.onlyText(practice) }],
  };
}

/** Asks a chat user who is several people which of them is meant (D7.2, case 26). It acts as none of them. */
export const whoFlow = defineFlow({
  name: "who",
  version: 2,
  roles: ["stranger"],
  machine: whoMachine,
  context: whoContext,
  input: whoInput,
  begin: ({ choices }) => ({ choices }),
  again: () => ({ type: "switch" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(whoFacts, choosingView),
    choosing: scene(whoFacts, choosingView),
    only: scene(onlyFacts, onlyView),
  },
  opensOn: { switch: () => ({ type: "switch" }) },
  isLoud: () => false,
  passing: true,
  migrate: {
    // Version 1 stored the choices as JSON. The input for a booking in words changed form, so those words have to be
    // typed again.
    1: ({ state, context }) => {
      const kept = jsonIn(fieldsOf(context).choices);
      const choices = Array.isArray(kept) ? kept.map((one) => fromVersion1(fieldsOf(one))) : undefined;
      return { state, context: given({ choices }) };
    },
  },
});

function fromVersion1({ flow, input, unread, ...person }: Readonly<Record<string, unknown>>) {
  const { type, ...said } = fieldsOf(input);
  const isSaid = flow === ("book" satisfies TalkName) && Object.keys(said).length > 0;
  return {
    ...person,
    talk: { flow, input: isSaid ? { type } : input },
    ...given({ unread: isSaid ? true : unread }),
  };
}
