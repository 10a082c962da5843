import type { MethodKind } from "../names/methods.ts";
import type { NameKind } from "../names/named.ts";
import type { Polarity } from "../names/polarity.ts";
import type { Span } from "../span.ts";
import type { When } from "../when/when.ts";
import type { Move } from "./move.ts";

/** What a message orders or wants. */
export type Verb =
  // About sessions, requests and proposals.
  | "book"
  | "find times"
  | "list"
  | "cancel"
  | "move"
  | "withdraw"
  | "accept"
  | "decline"
  | "confirm"
  | "propose"
  /** Inability: "I can't make Friday". The flow decides whether a session or a day is meant (W5). */
  | "cannot"
  | "be late"
  | "join"
  | "pay"
  | "have paid"
  // About packages and plans.
  | "show packages"
  | "give package"
  | "plan"
  // About the practitioner's own time.
  | "block"
  | "open time"
  | "be away"
  | "be sick"
  | "list time off"
  // About people and messages.
  | "message"
  | "call me"
  | "invite"
  | "list people"
  | "deactivate"
  | "reactivate"
  | "resend invitation"
  | "list requests"
  | "show day"
  // About the desk itself.
  | "help"
  | "menu"
  | "show data"
  | "delete data"
  | "connect"
  | "switch"
  // About the open card.
  | "choose"
  | "other options"
  | "change"
  | "stop"
  | "keep"
  /** Undoes the last change. */
  | "undo"
  | "skip";

/** A name in a message: what it stands for, and whether it is wanted. */
export interface NameSaid extends Span {
  readonly kind: NameKind;
  readonly ids: readonly string[];
  readonly polarity: Polarity;
}

export interface MethodSaid extends Span {
  readonly kind: MethodKind;
  readonly polarity: Polarity;
}

/** A word that refers to something without naming it. */
export type Ref =
  /** "It", "that one": what the open card is about. */
  | "it"
  /** "All", "everything", "both". */
  | "all"
  /** "My next session". */
  | "next"
  | "last"
  /** "Another one", "one more". */
  | "another"
  /** "Same as last time", "the usual". */
  | "same";

/** What kind of thing an act is done to. */
export type Thing = "session" | "request" | "package" | "time off" | "plan" | "account" | "other";

/** What an act is done to, as far as its clause says it. */
export interface ActObject {
  /** "other": a thing that is none of this desk's business, such as a flight. The act's certainty is then below 0.5. */
  readonly thing?: Thing;
  readonly names: readonly NameSaid[];
  readonly methods: readonly MethodSaid[];
  readonly refs: readonly Ref[];
  /** The times said in the clause of the act. */
  readonly when?: When;
  /** For "move": the session's present time and its new time. */
  readonly move?: Move;
}

/** One thing that a message orders, wants or states, in reading order. */
export interface Act extends Span {
  readonly verb: Verb;
  /** "Don't cancel" is an act not to be done. */
  readonly polarity: "do" | "do not";
  readonly object: ActObject;
  /** The reason: "decline ben, *i am away that day*". */
  readonly reason?: Span;
  /** The text to pass on: "tell maya *i might be late*". */
  readonly content?: Span;
  /** 0 to 1. Below 0.7 the desk asks. Below 0.5 it ignores the act. */
  readonly certainty: number;
}
