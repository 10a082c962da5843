import type { MethodKind } from "../names/methods.ts";
import type { NameKind } from "../names/named.ts";
import type { Polarity } from "../names/polarity.ts";
import type { Span } from "../span.ts";
import type { When } from "../when/when.ts";
import type { Move } from "./move.ts";

/** What a message orders or wishes. */
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
  /** Inability: "I can't make Friday". The consumer decides whether a session or a day is meant (W5). */
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
  // About the card in hand.
  | "choose"
  | "other options"
  | "change"
  | "stop"
  | "keep"
  /** Takes back what was just done. */
  | "undo"
  | "skip";

/** A name in a message with what it stands for and whether it is wanted. */
export interface NameSaid extends Span {
  readonly kind: NameKind;
  readonly ids: readonly string[];
  readonly polarity: Polarity;
}

export interface MethodSaid extends Span {
  readonly kind: MethodKind;
  readonly polarity: Polarity;
}

/** A word that points at something instead of naming it. */
export type Ref =
  /** "It", "that one": what the card in hand is about. */
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
  /** "other": a thing that is none of this desk's, such as a flight. The act is then below 0.5. */
  readonly thing?: Thing;
  readonly names: readonly NameSaid[];
  readonly methods: readonly MethodSaid[];
  readonly refs: readonly Ref[];
  /** The times said in the clause of the act. */
  readonly when?: When;
  /** For "move": the time the session has and the time it should get. */
  readonly move?: Move;
}

/** One thing a message orders, wishes or states, in reading order. */
export interface Act extends Span {
  readonly verb: Verb;
  /** "Don't cancel" is an act not to be done. */
  readonly polarity: "do" | "do not";
  readonly object: ActObject;
  /** Why: "decline ben, *i am away that day*". */
  readonly reason?: Span;
  /** What is to be passed on: "tell maya *i might be late*". */
  readonly content?: Span;
  /** 0 to 1. Below 0.7 the desk asks; below 0.5 it does not act on it at all. */
  readonly certainty: number;
}
