import { type AnyMachineSnapshot, initialTransition, transition } from "xstate";
import type { CardEvent } from "../cards/card.ts";
import type { Flow, Turn } from "./flow.ts";

/** The most steps of one turn. A machine that takes more never ends, which is a bug. */
const mostSteps = 50;

/** Begins a talk: its snapshot after the first orders were executed. */
export async function beginTalk(flow: Flow, input: CardEvent, turn: Turn): Promise<AnyMachineSnapshot> {
  const [snapshot, actions] = initialTransition(flow.machine, flow.begin(input));
  return carryOut(flow, snapshot, ordersOf(actions), turn);
}

/** Sends `event` to a talk: its snapshot after every order was executed and every answer was sent back to the machine. */
export async function advance(
  flow: Flow,
  from: AnyMachineSnapshot,
  event: CardEvent,
  turn: Turn,
): Promise<AnyMachineSnapshot> {
  const [snapshot, actions] = transition(flow.machine, from, event);
  return carryOut(flow, snapshot, ordersOf(actions), turn);
}

async function carryOut(
  flow: Flow,
  first: AnyMachineSnapshot,
  orders: readonly CardEvent[],
  turn: Turn,
): Promise<AnyMachineSnapshot> {
  let snapshot = first;
  const waiting = [...orders];
  for (let step = 0; waiting.length > 0; step++) {
    if (step > mostSteps) throw new Error(`the ${flow.name} flow does not come to rest`);
    const order = waiting.shift();
    if (order === undefined) break;
    const command = flow.commands[order.type];
    if (command === undefined) throw new Error(`the ${flow.name} flow has no command ${order.type}`);
    const answer = await command(order, turn);
    if (answer === undefined) continue;
    const [next, actions] = transition(flow.machine, snapshot, answer);
    snapshot = next;
    waiting.push(...ordersOf(actions));
  }
  return snapshot;
}

function ordersOf(actions: readonly { type: string; params?: unknown }[]): readonly CardEvent[] {
  return actions.flatMap((action) => {
    if (action.type !== "xstate.emit") return [];
    const { event } = action.params as { event: CardEvent }; // what xstate documents for emitted events
    return [event];
  });
}
