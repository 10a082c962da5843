import { type AnyMachineSnapshot, initialTransition, transition } from "xstate";
import type { CardEvent } from "../cards/card.ts";
import type { Flow, Turn } from "./flow.ts";

/** A machine that orders and answers itself in circles is a bug; this many steps no honest turn needs. */
const mostSteps = 50;

/** Where a begun talk stands after its first orders are carried out. */
export async function beginTalk(flow: Flow, input: CardEvent, turn: Turn): Promise<AnyMachineSnapshot> {
  const [snapshot, actions] = initialTransition(flow.machine, flow.begin(input));
  return carryOut(flow, snapshot, ordersOf(actions), turn);
}

/** Where a talk stands after `event`: every order the machine gives is carried out, and its answer goes back in. */
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
    if (step > mostSteps) throw new Error(`the ${flow.name} flow goes in circles`);
    const order = waiting.shift();
    if (order === undefined) break;
    const command = flow.commands[order.type];
    if (command === undefined) throw new Error(`the ${flow.name} flow has no command ${order.type}`);
    // The register cannot know each order's shape; the machine that emits it and the command share their flow's types.
    const answer = await command(order as never, turn);
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
