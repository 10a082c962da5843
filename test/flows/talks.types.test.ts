import { expect, test } from "vitest";
import { commands } from "../../flows/cancel/commands.ts";
import { cancelFlow } from "../../flows/cancel/flow.ts";
import { cancelInput } from "../../flows/cancel/input.ts";
import { type CancelEvent, type CancelOrder, cancelContext, cancelMachine } from "../../flows/cancel/machine.ts";
import { blockedView } from "../../flows/cancel/views.ts";
import { buttonOf, type Card } from "../../src/cards/card.ts";
import { askEvent, type NewTalk } from "../../src/cards/talks.ts";
import { waysOnPart } from "../../src/choosing/ways-on.ts";
import { type Commands, defineFlow, type Scene, type StateOf, scene, type Turn } from "../../src/conversation/flow.ts";
import type { QueuedTalk } from "../../src/desk/telling/announce.ts";
import type { News } from "../../src/desk/telling/news.ts";

/*
 * What must not compile. `tsc --noEmit` holds each `@ts-expect-error`: a line below it that compiles is an error. The
 * test itself only keeps the file in the suite, because types are stripped when it runs.
 */
type CancelScenes = Readonly<Record<StateOf<typeof cancelMachine>, Scene<{ readonly late: boolean }, CancelEvent>>>;

const drawn: Scene<unknown, never> = scene(
  () => undefined,
  (): Card<never> => ({ summary: "", parts: [] }),
);
const everyScene = {
  opening: drawn,
  choosingSession: drawn,
  nothing: drawn,
  looking: drawn,
  reviewing: drawn,
  withdrawing: drawn,
  blocked: drawn,
  asking: drawn,
  asked: drawn,
  cancelled: drawn,
  restored: drawn,
};
const parts = {
  name: "cancel",
  version: 1,
  roles: ["client"],
  machine: cancelMachine,
  context: cancelContext,
  input: cancelInput,
  begin: () => ({ late: false, justPassed: false }),
  about: () => undefined,
  commands,
  scenes: { ...everyScene, over: drawn },
  listen: {},
  isLoud: () => false,
} as const;

const scenes: readonly CancelScenes[] = [
  { ...everyScene, over: drawn },
  // @ts-expect-error a scene is missing
  everyScene,
  // @ts-expect-error a scene key is misspelt
  { ...everyScene, ovre: drawn },
  // @ts-expect-error a scene of no state
  { ...everyScene, over: drawn, done: drawn },
];

const button = buttonOf<CancelEvent>();

const buttons = [
  button("Keep it", { type: "cancel.dropped" }),
  // @ts-expect-error a misspelt event
  button("Keep it", { type: "cancel.droped" }),
  // @ts-expect-error an event without its field
  button("This one", { type: "session.chosen" }),
  // @ts-expect-error a field of another type
  button("This one", { type: "session.chosen", bookingId: 7 }),
  // @ts-expect-error a field the event does not have
  button("Keep it", { type: "cancel.dropped", bookingId: "bk_1" }),
];

// @ts-expect-error a card of a flow without the events of its buttons
const foreign: Card<{ type: "went.back" }> = blockedView(undefined);
const shared: Card<CancelEvent> = { summary: "", parts: [waysOnPart("client")] };

const orders: Commands<CancelOrder, CancelEvent> = {
  ...commands,
  // @ts-expect-error a command that no order names
  lookAgain: async () => undefined,
};

const answers: Commands<CancelOrder, CancelEvent> = {
  ...commands,
  // @ts-expect-error a command that answers with an event the machine does not have
  look: async () => ({ type: "standing.sene", as: "open", late: false }),
};

const talks: readonly NewTalk[] = [
  { flow: "cancel", input: { type: "cancel.asked", bookingId: "bk_1" } },
  // @ts-expect-error a misspelt flow
  { flow: "cancle", input: { type: "cancel.asked" } },
  // @ts-expect-error a misspelt input type
  { flow: "cancel", input: { type: "cancel.askd" } },
  // @ts-expect-error a misspelt input key
  { flow: "cancel", input: { type: "cancel.asked", bookingID: "bk_1" } },
  // @ts-expect-error an input without its id
  { flow: "review", input: { type: "review.asked" } },
];

const queued: readonly QueuedTalk[] = [
  { flow: "review", input: { type: "review.asked", bookingId: "bk_1" }, dedupeKey: "review:bk_1" },
  // @ts-expect-error the input of another flow
  { flow: "review", input: { type: "cancel.asked" }, dedupeKey: "review:bk_1" },
];

const asks = [
  askEvent({ flow: "home", input: { type: "help" } }),
  // @ts-expect-error a misspelt input on the standing page
  askEvent({ flow: "home", input: { type: "hepl" } }),
];

const news: readonly News[] = [
  { type: "request.nudged", part: 50 },
  // @ts-expect-error misspelt news
  { type: "request.nugded", part: 50 },
  // @ts-expect-error a status that no booking has
  { type: "booking.changed", status: "gone" },
];

function begins(turn: Turn): void {
  turn.begin({ flow: "cancel", input: { type: "cancel.asked" }, where: "here" });
  // @ts-expect-error a misspelt flow
  turn.begin({ flow: "cansel", input: { type: "cancel.asked" }, where: "here" });
  // @ts-expect-error a talk without its place
  turn.begin({ flow: "cancel", input: { type: "cancel.asked" } });
}

const flows = [
  defineFlow(parts),
  // @ts-expect-error a state that does not exist listens
  defineFlow({ ...parts, hears: { reviewig: async () => undefined } }),
  // @ts-expect-error a listener hears an event the machine does not have
  defineFlow({ ...parts, hears: { reviewing: async () => ({ event: { type: "cancel.agred" } }) } }),
  // @ts-expect-error a yes presses an event the machine does not have
  defineFlow({ ...parts, answers: { reviewing: { yes: { type: "cancel.agred" } } } }),
  // @ts-expect-error a flow under a name that no talk has
  defineFlow({ ...parts, name: "cancle" }),
  // @ts-expect-error the input of another flow
  defineFlow({ ...parts, name: "home" }),
];

test("the flow whose types are tried here is the one of the register", () => {
  const tried = [scenes, buttons, foreign, shared, orders, answers, talks, queued, asks, news, begins, flows];
  expect(tried).not.toContain(undefined);
  expect(cancelFlow.name).toBe("cancel");
});
