import type { Booking } from "../domain/booking.ts";

/** Who acts on the books, and from where; the first argument of everything in this room (D7.4). */
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

/** How an actor stands in the audit. */
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

/** A client owns their own bookings; nobody else's are even told to exist. */
export function ownsAsClient(actor: Actor, booking: Booking): boolean {
  return actor.kind === "client" && actor.practiceId === booking.practiceId && actor.clientId === booking.clientId;
}

/** A practitioner decides on their own sessions, an admin on all of the practice's. */
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
