import type { ActObject } from "./intent/act.ts";
import type { NameKind } from "./names/named.ts";
import { fitSlots } from "./when/want.ts";
import type { When } from "./when/when.ts";

/** A session somebody has, with what an act may name it by. */
export interface HeldSession {
  readonly id: string;
  readonly startsAtMs: number;
  readonly serviceId: string;
  /** The other side: the practitioner for a client, the client for a practitioner. */
  readonly personId: string;
}

export interface MeantSessions {
  /** Those that fit, the soonest first; all, where the act singles out none. */
  readonly ids: readonly string[];
  /** The act says something of it: no id then means that there is no such session. */
  readonly said: boolean;
}

/**
 * Which sessions an act is about: by time ("friday's"), service, person, or "next". For a move the time the session has
 * counts, not the one it should get.
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
