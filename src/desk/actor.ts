import type { Booking } from "../domain/booking.ts";

/** Who acts, and from which place; the second argument of every function that checks rights (D7.4). */
export type Actor =
  | {
      readonly kind: "client";
      readonly practiceId: string;
      readonly clientId: string;
      readonly place: string;
      readonly talkId?: string;
    }
  | {
      readonly kind: "practitioner";
      readonly practiceId: string;
      readonly practitionerId: string;
      readonly admin: boolean;
      readonly place: string;
      readonly talkId?: string;
    }
  /** The desk itself, when a deadline passes. */
  | { readonly kind: "desk"; readonly practiceId: string; readonly place: string; readonly talkId?: string }
  /** A chat user no practice knows. */
  | { readonly kind: "stranger"; readonly practiceId: ""; readonly place: string; readonly talkId?: string };

/** The actor's name in the audit, such as `client:ana`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "client":
      return `client:${actor.clientId}`;
    case "practitioner":
      return `practitioner:${actor.practitionerId}`;
    case "desk":
      return "desk";
    case "stranger":
      return `stranger:${actor.place}`;
    default:
      return actor satisfies never;
  }
}

/**
 * Whether the actor is the booking's client. Other clients get the same refusal as for a booking that does not exist.
 */
export function ownsAsClient(actor: Actor, booking: Booking): boolean {
  return actor.kind === "client" && actor.practiceId === booking.practiceId && actor.clientId === booking.clientId;
}

/** Whether the actor may decide on the booking: its practitioner, or an admin of the practice. */
export function decidesAsPractitioner(actor: Actor, booking: Booking): boolean {
  return (
    actor.kind === "practitioner" &&
    actor.practiceId === booking.practiceId &&
    (actor.admin || actor.practitionerId === booking.practitionerId)
  );
}

/** The client who acts. Throws for other actors: a flow for clients admits none. */
export function clientIdOf(actor: Actor): string {
  if (actor.kind !== "client") throw new Error("only a client may do this");
  return actor.clientId;
}
