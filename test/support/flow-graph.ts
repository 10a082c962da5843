import { type AnyMachineSnapshot, type EventFromLogic, initialTransition, transition } from "xstate";
import { getAdjacencyMap } from "xstate/graph";
import { flows } from "../../flows/index.ts";
import type { CardEvent } from "../../src/cards/card.ts";
import type { Flow } from "../../src/conversation/flow.ts";
import { bookingStatuses } from "../../src/domain/booking.ts";

/** A transition of a flow's machine, with the commands it emits. */
export interface Move {
  readonly from: string;
  readonly event: string;
  readonly to: string;
  readonly orders: readonly string[];
}

/** All registered flows. */
export const everyFlow: readonly Flow[] = Object.values(flows);

/** A value for every field that an event may carry. Unknown fields are ignored. */
const anything = {
  serviceId: "first-visit",
  methodKey: "video",
  whom: { anyone: true },
  choice: { without: true },
  asked: {},
  offered: { ids: [], fits: true },
  wanted: { shift: { days: 1 } },
  said: {},
  chosen: {},
  lost: { packageUsed: true },
  stretches: [],
  readings: [],
  startsAtMs: 0,
  bookingId: "bk_1",
  day: "2026-03-03",
  page: 1,
  link: "",
  reason: "",
} as const;

/** The values that guards on cancelling, moving and change requests distinguish. */
const standings = ["open", "requested", "blocked", "ask", "asked", "cancelled", "refused", "over"] as const;
const changeStates = ["open", "approved", "refused", "expired", "withdrawn"] as const;

/** All events of a machine, once for each value that its guards distinguish. */
function eventsOf(flow: Flow): readonly CardEvent[] {
  return flow.machine.events.flatMap((type): CardEvent[] => {
    if (type === "booking.changed" || type === "booking.found")
      return bookingStatuses.map((status) => ({ ...anything, type, status }));
    if (type === "standing.seen") return standings.map((as) => ({ ...anything, type, as }));
    if (type === "change.seen") return changeStates.map((state) => ({ ...anything, type, state }));
    if (type === "request.nudged") return [50, 85].map((part) => ({ ...anything, type, part }));
    return [{ ...anything, type }];
  });
}

/** All transitions between reachable states, found by xstate's graph search. The first one starts the talk. */
export function movesOf(flow: Flow): readonly Move[] {
  // No flow reads more of its input here than ids.
  const input = flow.begin({ type: "menu", bookingId: "bk_1", planId: "pl_1" });
  const [first, begun] = initialTransition(flow.machine, input);
  const graph = getAdjacencyMap(flow.machine, {
    // The register holds machines of any events; these are read from the machine itself.
    events: eventsOf(flow) as EventFromLogic<typeof flow.machine>[],
    input,
    serializeState: (snapshot) => String(snapshot.value),
  });
  // xstate types a node of an untyped machine only as present.
  const nodes = Object.values(graph) as { state: AnyMachineSnapshot; transitions: Record<string, Step> }[];
  const moves = nodes.flatMap(({ state, transitions }) =>
    Object.values(transitions)
      .filter(({ event }) => state.can(event))
      .map(({ event, state: next }) => ({
        from: String(state.value),
        event: event.type,
        to: String(next.value),
        orders: ordersIn(transition(flow.machine, state, event)[1]),
      })),
  );
  return [{ from: "", event: "begun", to: String(first.value), orders: ordersIn(begun) }, ...moves];
}

interface Step {
  readonly event: CardEvent;
  readonly state: AnyMachineSnapshot;
}

function ordersIn(actions: readonly { type: string; params?: unknown }[]): readonly string[] {
  return actions.flatMap((action) => {
    if (action.type !== "xstate.emit") return [];
    return [(action.params as { event: CardEvent }).event.type]; // as xstate documents for emitted events
  });
}
