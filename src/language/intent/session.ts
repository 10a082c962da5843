import { normalise } from "../normalise.ts";
import { fitSlots } from "../when/want.ts";
import { parseWhen, type When } from "../when/when.ts";
import { type Candidate, findNamed } from "./reference.ts";

/** A session somebody has, with the names its service and its other side go by. */
export interface OwnSession {
  readonly id: string;
  readonly startsAtMs: number;
  readonly service: readonly string[];
  readonly other: readonly string[];
}

/** What words say about which of one's sessions is meant. */
export interface SessionSaid {
  /** Those that fit, the soonest first; all, where the words single out none. */
  readonly ids: readonly string[];
  /** The words said something of it: none that fit means there is no such session. */
  readonly said: boolean;
}

/**
 * Which of the sessions words mean: by its time ("tomorrow's", "Friday"), its service, the person ("with Maya"), or as the
 * next one. `when` is the time the session has, where more than one is in the words; reads in the person's zone.
 */
export function resolveSession(
  text: string,
  sessions: readonly OwnSession[],
  at: { readonly nowMs: number; readonly zone: string; readonly locale?: string },
  when?: When | "unsaid",
): SessionSaid {
  const inTime = sessions.toSorted((a, b) => a.startsAtMs - b.startsAtMs);
  const people = findNamed(text, candidates(sessions, "other"));
  const services = findNamed(people.rest, candidates(sessions, "service"));
  const time = when === "unsaid" ? undefined : (when ?? parseWhen(services.rest, at));
  const wants = time === undefined ? [] : (time.ambiguous?.readings ?? [time.want]);
  const starts = inTime.map(({ startsAtMs }) => startsAtMs);
  const fitting = new Set(wants.flatMap((want) => fitSlots(want, starts, at)));
  const isNamed = (ids: readonly string[], id: string) => ids.length === 0 || ids.includes(id);
  const found = inTime.filter(
    ({ id, startsAtMs }) =>
      isNamed(people.ids, id) && isNamed(services.ids, id) && (wants.length === 0 || fitting.has(startsAtMs)),
  );
  const isNext = /\b(?:next|upcoming|soonest) (?:session|appointment|booking|one|1)\b/.test(normalise(text));
  const ids = found.map(({ id }) => id);
  return {
    ids: isNext ? ids.slice(0, 1) : ids,
    said: isNext || wants.length > 0 || people.ids.length > 0 || services.ids.length > 0,
  };
}

/** Each session by these names; one that shares a name with another is named together with it. */
function candidates(sessions: readonly OwnSession[], part: "service" | "other"): readonly Candidate[] {
  return sessions.map((session) => ({ id: session.id, names: session[part] }));
}
