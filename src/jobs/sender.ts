import { minuteMs } from "../domain/units.ts";
import { type Service, services } from "../ports/services.ts";
import { openCircuits } from "./circuit.ts";
import { dispatch } from "./dispatch.ts";
import type { JobContext } from "./job-context.ts";
import { longestNapMs, type Pass } from "./loop.ts";

/** How long a claimed row is leased to this process, wall time. Longer than a send may take (`dispatch`). */
const leaseMs = minuteMs;

/** Sending slots of a service in this process. They are never lent: a service that hangs fills only its own (R1). */
export function slotsOf(service: Service): number {
  if (service.endsWith("-background")) return 4;
  return service === "mail" || service === "payments" ? 8 : 16;
}

/** Sends due rows of the outbox, each service within its own slots and circuit. */
export interface Sender {
  /** Claims due rows and begins to send them. */
  pass(): Promise<Pass>;
  /** The sends under way. */
  inHand(): readonly Promise<void>[];
  /** Outside services that do not answer at present. */
  away(): readonly string[];
}

/** Opens the sender. `onEnd` is called after each send, because it freed a slot and its lane. */
export function openSender(parts: JobContext, onEnd: () => void): Sender {
  const { store, clock } = parts;
  const circuits = openCircuits(clock);
  const sending = new Map<Service, Set<Promise<void>>>(services.map((service) => [service, new Set()]));
  const inHandOf = (service: Service) => sending.get(service) ?? new Set<Promise<void>>();
  const roomOf = (service: Service): number => {
    const inHand = inHandOf(service).size;
    return circuits.room(service, slotsOf(service) - inHand, inHand);
  };

  return {
    async pass() {
      const dueAtMs = await store.read.outbox.nextDueAtMs();
      const nowMs = clock.realNow();
      const limits = services
        .filter((service) => (dueAtMs[service] ?? Number.POSITIVE_INFINITY) <= nowMs)
        .map((service) => ({ service, limit: roomOf(service) }))
        .filter(({ limit }) => limit > 0);
      const rows =
        limits.length === 0
          ? []
          : await store.transaction((books) => books.outbox.claimDue(clock.realNow(), leaseMs, limits));
      for (const row of rows) {
        const inHand = inHandOf(row.service);
        const send = dispatch(parts, row, circuits).finally(() => {
          inHand.delete(send);
          onEnd();
        });
        inHand.add(send);
      }
      // Without room, the end of a send nudges; with an open circuit, the next probe is waited for.
      const waits = services.map((service) => {
        const inMs = Math.max((dueAtMs[service] ?? Number.POSITIVE_INFINITY) - nowMs, circuits.waitMs(service));
        return inHandOf(service).size < slotsOf(service) ? inMs : longestNapMs;
      });
      return { busy: rows.length > 0, napMs: Math.min(...waits) };
    },
    inHand: () => [...sending.values()].flatMap((each) => [...each]),
    away: circuits.open,
  };
}
