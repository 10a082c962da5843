import type { Books } from "../../db/store.ts";
import type { InputValues } from "../cards/card.ts";
import { given } from "../given.ts";
import type { Reading } from "../language/reading.ts";
import type { Address } from "../ports/messenger.ts";
import type { EngineParts } from "./engine.ts";
import type { TalkBegun, Turn } from "./flow.ts";
import type { Inbound } from "./inbound.ts";
import type { Person } from "./person.ts";

/** One inbound being received. */
export interface Receiving {
  readonly parts: EngineParts;
  readonly books: Books;
  readonly inbound: Inbound;
  readonly people: readonly Person[];
  /** When the person last typed or pressed something before this, by the database's clock. */
  readonly lastSeenAtMs?: number;
  readonly nowMs: number;
  readonly realNowMs: number;
  /** The typed message in the reading of each of the people. Empty for other inbounds. */
  readonly readings: ReadonlyMap<Person, Reading>;
  /** A sentence above the card that answers the message. */
  readonly remark?: string;
}

/** What the commands of a turn ask of the engine. */
export interface Effects {
  begin?: TalkBegun;
  errors?: Readonly<Record<string, string>>;
}

/** A turn without a talk, for reading what words may mean. */
export function turnOfNoTalk(receiving: Receiving, person: Person): Turn {
  return turnOf(receiving, person, "", {}, {});
}

/** A turn that only draws. Its commands say nothing and begin nothing. */
export function lookingTurn(parts: EngineParts, books: Books, address: Address, person: Person): Turn {
  const nothing = { id: "", receivedAtMs: 0, from: address, body: { type: "tab" } } as const;
  const nowMs = parts.clock.now();
  const receiving = {
    parts,
    books,
    inbound: nothing,
    people: [person],
    nowMs,
    realNowMs: parts.clock.realNow(),
    readings: new Map(),
  };
  return turnOf(receiving, person, "", {}, {});
}

/**
 * This person's reading of the message. A stranger's talk of a known chat user, such as the choice of a role, uses
 * theirs.
 */
function readingFor({ readings }: Receiving, person: Person): Reading | undefined {
  const [first] = readings.values();
  return readings.get(person) ?? first;
}

export function turnOf(
  receiving: Receiving,
  person: Person,
  talkId: string,
  values: InputValues,
  effects: Effects,
): Turn {
  const { parts, books, inbound, nowMs, realNowMs } = receiving;
  return {
    books,
    nowMs,
    realNowMs,
    publicUrl: parts.publicUrl,
    platforms: [...parts.channels.keys()],
    takesPayments: parts.takesPayments === true,
    actor: { ...person.actor, talkId },
    practice: person.practice,
    address: inbound.from,
    talkId,
    reader: { zone: person.zone, locale: person.practice.locale },
    asksSensitiveInline: parts.channels.get(inbound.from.platform)?.asksSensitiveInline === true,
    values,
    ...given({ reading: readingFor(receiving, person), mailFrom: parts.mailFrom }),
    ...(inbound.body.type === "text" ? { said: inbound.body.text } : {}),
    refuseInputs: (errors) => {
      effects.errors = errors;
    },
    begin: (talk) => {
      effects.begin = talk;
    },
  };
}
