import type { CardEvent } from "./card.ts";

/** A talk that a button outside of any talk starts, such as one on an app's home page. */
export interface Ask {
  readonly flow: string;
  readonly input: CardEvent;
}

/** The event of a button that starts a talk. */
export function askEvent({ flow, input: { type, ...rest } }: Ask): CardEvent {
  return { ...rest, type: "ask", flow, as: type };
}

/** The talk such a button starts; undefined for any other event. */
export function readAsk(event: CardEvent): Ask | undefined {
  const { type, flow, as, ...rest } = event;
  if (type !== "ask" || typeof flow !== "string" || typeof as !== "string") return undefined;
  return { flow, input: { ...rest, type: as } };
}
