import type { ActObject } from "./intent/act.ts";
import type { NameKind } from "./names/named.ts";
import { fitSlots } from "./when/want.ts";
import type { When } from "./when/when.ts";

/** A person's session, with what an act may name it by. */
export interface HeldSession {
  readonly id: string;
  readonly startsAtMs: number;
  readonly serviceId: string;
  /** The other side: the practitioner for a client, the client for a practitioner. */
  readonly personId: string;
}

export interface MeantSessions {
  /** The sessions that fit, soonest first. All sessions, where the act describes none. */
  readonly ids: readonly string[];
  /** The act describes a session. Without any id, there is no such session. */
  readonly said: boolean;
}

/**
 * Which sessions an act is about: by time ("friday's"), service, person, or "next". For a move the session's present
 * time counts, not the new one.
 */
export function sessionsMeant(
  { names, refs, when, move }: Pick<ActObject, "names" | "refs" | "when" | "move">,
  sessions: readonly HeldSession[],
  at: { readonly nowMs: number; readonly zone: string },
): MeantSessions {
  const inTime = sessions.toSorted((a, b) => a.startsAtMs - b.startsAtMs);
  const time: When | undefined = move === undefined ? when : move.from;
  const wants = time === undefined ? [] : (time.ambiguous?.readings ?? [time.want]);
  const starts = inTime.map(({ startsAtMs }) => startsAtMs);
  const fitting = new Set(wants.flatMap((want) => fitSlots(want, starts, at)));
  const idsOf = (kinds: readonly NameKind[]) =>
    names.filter(({ kind, polarity }) => kinds.includes(kind) && polarity === "wanted").flatMap(({ ids }) => ids);
  const [services, people] = [idsOf(["service"]), idsOf(["client", "practitioner"])];
  const found = inTime.filter(
    ({ startsAtMs, serviceId, personId }) =>
      (services.length === 0 || services.includes(serviceId)) &&
      (people.length === 0 || people.includes(personId)) &&
      (wants.length === 0 || fitting.has(startsAtMs)),
  );
  const isNext = refs.includes("next");
  const ids = found.map(({ id }) => id);
  return {
    ids: isNext ? ids.slice(0, 1) : ids,
    said: isNext || wants.length + services.length + people.length > 0,
  };
}
