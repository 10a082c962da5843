import type { Turn } from "../conversation/flow.ts";
import type { BookingStatus } from "../domain/booking.ts";
import { given } from "../given.ts";
import type { Verb } from "../language/intent/act.ts";
import type { Reading } from "../language/reading.ts";
import { type OfferedSessions, otherSessions, sessionMeant } from "./which-session.ts";

/** The session that a correction names instead of the one on the card, or those it may mean. */
export type OtherSession = { readonly bookingId: string } | { readonly offered: OfferedSessions };

/**
 * The session that a message names instead of the one on the card: "no, physio", "sorry, I meant Thursday's", "the
 * other one" (W4). Undefined: it names none, or says more than which session is meant.
 *
 * `byTime`: a time names a session. On a card that asks for a new time it does not.
 */
export async function otherSessionMeant(
  reading: Reading,
  { bookingId, byTime }: { readonly bookingId: string | undefined; readonly byTime: boolean },
  turn: Turn,
  statuses: readonly BookingStatus[],
): Promise<OtherSession | undefined> {
  if (!onlyNames(reading)) return undefined;
  const names = reading.names.filter(({ polarity }) => polarity === "wanted");
  const when = byTime ? reading.when : undefined;
  const isOnlyRejected = names.length === 0 && reading.names.length > 0;
  if (theOther.test(reading.said) || isOnlyRejected) return fromList(await otherSessions(bookingId, turn, statuses));
  // "Physio on Tuesday at 4" wants a new session, unless a session is at that time or the words correct the card.
  if (names.length === 0 && when === undefined) return undefined;
  if (names.length > 0 && reading.when !== undefined && !byTime && !corrects(reading)) return undefined;
  const found = await sessionMeant({ names, refs: [], ...given({ when }) }, turn, statuses);
  if (found.type === "session.found") return found.bookingId === bookingId ? undefined : { bookingId: found.bookingId };
  if (found.type === "sessions.none") return undefined;
  const { ids, fits } = found.offered;
  return fits ? fromList(ids.filter((id) => id !== bookingId)) : undefined;
}

function fromList([first, ...more]: readonly string[]): OtherSession | undefined {
  if (first === undefined) return undefined;
  return more.length === 0 ? { bookingId: first } : { offered: { ids: [first, ...more], fits: true } };
}

const theOther =
  /\bthe other (?:one|1|session|appointment|booking)\b|\bnot (?:this|that) (?:one|1|session|appointment|booking)\b/;

function corrects({ isCorrection, answer }: Reading): boolean {
  return isCorrection || answer?.grade === "no";
}

/** Acts that a bare name or "the other one" reads as. */
const ofNaming: ReadonlySet<Verb> = new Set<Verb>(["choose", "change", "other options", "cannot"]);
/** Words of a correction without a meaning of their own. */
const ofCorrection: ReadonlySet<string> = new Set(
  "mean meant session sessions appointment booking other wrong".split(" "),
);

/** Whether a message names something and says nothing else. */
function onlyNames({ acts, questions, methods, rest, said, isCut }: Reading): boolean {
  const words = rest.map(({ from, to }) => said.slice(from, to));
  // A bare name reads as a guess at a booking. "I have a massage elsewhere" is surer of it.
  const isNamed = acts.every(({ verb, certainty }) => ofNaming.has(verb) || (verb === "book" && certainty <= 0.7));
  return isNamed && questions.length + methods.length === 0 && words.every((word) => ofCorrection.has(word)) && !isCut;
}
