import type { Clock } from "../clock.ts";
import { outsideOf, type Service } from "../ports/services.ts";

/** Different lanes that fail in a row before a circuit opens: one person's trouble is not the service's. */
const mostFailing = 5;
const firstProbeMs = 1_000;
const longestProbeMs = 30_000;

/**
 * One circuit per outside service. While a service does not answer, one row at a time probes it, so that the others use
 * up no attempts and an outage of hours makes no row dead. Any answer, a refusal included, closes the circuit.
 */
export interface Circuits {
  /** Rows that may be begun now, out of `room` free slots. `inHand` rows of the service are being sent. */
  room(service: Service, room: number, inHand: number): number;
  /** Time until an open circuit takes its next probe, ms; 0 if it is closed. */
  waitMs(service: Service): number;
  answered(service: Service): void;
  failed(service: Service, lane: string): void;
  /** Outside services whose circuit is open. */
  open(): readonly string[];
}

interface State {
  readonly failing: Set<string>;
  probes: number;
  probeAtMs: number;
}

/** Opens the circuits of this process, all closed. */
export function openCircuits({ realNow }: Pick<Clock, "realNow">): Circuits {
  const states = new Map<string, State>();
  const opened = (service: Service): State | undefined => {
    const state = states.get(outsideOf(service));
    return state !== undefined && state.failing.size >= mostFailing ? state : undefined;
  };
  const waitMs = (service: Service) => Math.max(0, (opened(service)?.probeAtMs ?? 0) - realNow());

  return {
    room(service, room, inHand) {
      if (opened(service) === undefined) return room;
      return inHand === 0 && waitMs(service) === 0 ? Math.min(1, room) : 0;
    },
    waitMs,
    answered(service) {
      states.delete(outsideOf(service));
    },
    failed(service, lane) {
      if (service === "desk") return; // errands ask no outside service
      const name = outsideOf(service);
      const state = states.get(name) ?? { failing: new Set<string>(), probes: 0, probeAtMs: 0 };
      states.set(name, state);
      if (state.failing.size < mostFailing) state.failing.add(lane);
      if (state.failing.size < mostFailing) return;
      state.probeAtMs = realNow() + Math.min(longestProbeMs, firstProbeMs * 2 ** state.probes);
      state.probes += 1;
    },
    open: () => [...states].filter(([, { failing }]) => failing.size >= mostFailing).map(([name]) => name),
  };
}
