import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { button, type Card, type CardEvent } from "../../src/cards/card.ts";
import { type Command, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { peopleAt } from "../../src/conversation/person.ts";
import { entryWords } from "../../src/words/entry.ts";

/** Who this chat user may be, and what each would begin: `Choice`s as text. */
const whoContext = z.object({ choices: z.string() });
type WhoContext = z.infer<typeof whoContext>;

/** `input` is what the talk begins with: ids and times that the words said, never the words. */
const choice = z.object({
  practiceId: z.string(),
  role: z.enum(["client", "practitioner"]),
  flow: z.string(),
  input: z.looseObject({ type: z.string() }),
  /** What was typed is of no use to it: it has to be said again. */
  unread: z.boolean().optional(),
});
type Choice = z.infer<typeof choice>;

type WhoEvent =
  | { type: "people.listed"; choices: string }
  | { type: "one.only" }
  | { type: "person.chosen"; place: number };

type WhoOrder = { type: "listPeople"; choices: string } | { type: "goOn"; choices: string; place: number };
type WhoOrders = { [Type in WhoOrder["type"]]: Extract<WhoOrder, { type: Type }> };
type Commands = { readonly [Type in keyof WhoOrders]: Command<WhoOrders[Type]> };

const whoMachine = setup({
  types: {
    context: {} as WhoContext, // xstate reads types from values that are never used
    input: {} as WhoContext,
    events: {} as WhoEvent,
    emitted: {} as WhoOrder,
  },
}).createMachine({
  id: "who",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "listPeople", choices: context.choices })),
      on: {
        "people.listed": { target: "choosing", actions: assign({ choices: ({ event }) => event.choices }) },
        "one.only": "only",
      },
    },
    choosing: {
      on: {
        "person.chosen": {
          actions: emit(({ context, event }) => ({ type: "goOn", choices: context.choices, place: event.place })),
        },
      },
    },
    only: { type: "final" },
  },
});

const commands: Commands = {
  listPeople: async ({ choices }, turn) => {
    if (choices !== "") return { type: "people.listed", choices };
    const people = await peopleAt(turn.books, turn.address);
    if (people.length < 2) return { type: "one.only" };
    const all = people.map(({ practice, role }) => ({
      practiceId: practice.id,
      role,
      flow: "home",
      input: { type: "menu" },
    }));
    return { type: "people.listed", choices: JSON.stringify(all) };
  },
  goOn: async ({ choices, place }, turn) => {
    const chosen = read(choices)[place];
    if (chosen === undefined) return undefined;
    const { flow, practiceId, role, input } = chosen;
    // Written by the conversation itself; who they are is judged anew when the talk begins.
    turn.begin({ flow, input: input as CardEvent, where: "here", as: { practiceId, role } });
    return undefined;
  },
};

function read(choices: string): readonly Choice[] {
  return choices === "" ? [] : z.array(choice).parse(JSON.parse(choices));
}

async function whoFacts({ choices }: WhoContext, turn: Turn) {
  const listed = read(choices);
  const names = await Promise.all(listed.map(async (one) => (await turn.books.practices.get(one.practiceId)).name));
  return { listed, names };
}

function choosingView({ listed, names }: Awaited<ReturnType<typeof whoFacts>>): Card {
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

function onlyView({ practice }: { readonly practice: string }): Card {
  return {
    summary: entryWords.onlyTitle,
    title: entryWords.onlyTitle,
    parts: [{ type: "text", text: entryWords.onlyText(practice) }],
  };
}

/** Asks somebody who is several people which of them is meant (D7.2, case 26). It acts as none of them. */
export const whoFlow = defineFlow<WhoContext>({
  name: "who",
  version: 1,
  roles: ["stranger"],
  machine: whoMachine,
  context: whoContext,
  begin: ({ choices }) => ({ choices: typeof choices === "string" ? choices : "" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(whoFacts, choosingView),
    choosing: scene(whoFacts, choosingView),
    only: scene(onlyFacts, onlyView),
  },
  listen: {},
  isLoud: () => false,
  passing: true,
});
