import type { MethodKind, Practice } from "../../domain/practice.ts";
import type { Reader } from "../../words/instants.ts";
import type { Actor } from "../actor.ts";
import type { Desk } from "../desk.ts";

/** What a question is about (W9). */
export const topics = [
  "price",
  "length",
  "place",
  "with whom",
  "methods",
  "how to join",
  "when",
  "zone",
  "package content",
  "package left",
  "covered",
  "owed",
  "how to pay",
  "cancellation",
  "services",
  "practitioners",
  "opening hours",
  "free times",
  "reach a person",
  "machine",
  "what is kept",
  "day",
  "count",
  "contact details",
  "last session",
  "waiting",
  "unpaid",
  "reply",
  "not kept",
] as const;
export type Topic = (typeof topics)[number];

/** Who asks, in which practice, and how they read instants. */
export interface Asker extends Desk {
  readonly actor: Actor;
  readonly practice: Practice;
  readonly reader: Reader;
}

/** What the open card is about: "how long is it?" means this. */
export interface Subject {
  readonly bookingId?: string;
  readonly serviceId?: string;
  readonly methodKey?: string;
  readonly practitionerId?: string;
  readonly clientId?: string;
  /** The client's package the session is to be taken from. */
  readonly clientPackageId?: string;
}

/** A question with everything it names, as ids and instants. */
export interface Asked {
  readonly about: Topic;
  readonly services: readonly string[];
  readonly practitioners: readonly string[];
  readonly clients: readonly string[];
  /** Kinds of delivery methods named: "can I do it by phone?". */
  readonly methods: readonly MethodKind[];
  /** The days asked about, as instants [fromMs, toMs); absent: none was said. */
  readonly span?: { readonly fromMs: number; readonly toMs: number };
  /** Whether an instant is among the times asked about, epoch ms; absent: any is. */
  readonly fits?: (ms: number) => boolean;
  /** The IANA zone the question names: the answer is in this zone. */
  readonly zone?: string;
  readonly subject: Subject;
}

/** A step that follows from an answer, offered as one button. */
export type NextStep =
  | { readonly to: "book"; readonly serviceId?: string }
  | { readonly to: "bookings" }
  | { readonly to: "session"; readonly bookingId: string }
  | { readonly to: "packages" }
  | { readonly to: "message" }
  | { readonly to: "requests" }
  | { readonly to: "client"; readonly clientId: string };

/** One or two sentences, and perhaps a button. */
export interface Answer {
  readonly sentences: readonly string[];
  readonly next?: NextStep;
}

/** Answers one kind of question from the books. It reads only, and tells a person only what they may see (D7.4). */
export type Answerer = (asker: Asker, asked: Asked) => Promise<Answer>;
