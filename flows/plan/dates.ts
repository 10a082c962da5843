import { timesSaid, type WantedTimes } from "../../src/choosing/times.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { dateOfDay, dayOfDate } from "../../src/domain/local-date.ts";
import { localDateOf, startOfLocalDay } from "../../src/domain/zone.ts";
import { parseMove } from "../../src/language/intent/move.ts";
import { selectOffered } from "../../src/language/intent/reference.ts";
import { monthPattern } from "../../src/language/names/vocabulary.ts";
import type { Reading } from "../../src/language/reading.ts";
import { fitSlots } from "../../src/language/when/want.ts";
import { parseWhen, type When } from "../../src/language/when/when.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { PlanContext } from "./context.ts";
import { changingFacts, planFacts } from "./facts.ts";
import type { PlanEvent } from "./machine.ts";

const leaving =
  /\b(?:leave out|leave|skip|drop|remove|delete|without|take out|omit|out|not(?: on)?|(?:i )?(?:can't|cannot|won't)(?: do| make| come)?(?: it)?(?: on)?|(?:does|do)(?:n't| not) (?:work|suit)(?: for me| me)?)\b/g;
const leads = /\b(?:leave (?:it |that |this )?out|leave out|skip|drop|remove|delete|without|take out|omit)\b/;

/** "Leave out the 10th", "skip it", "I can't make the 17th": removes a date from the list. */
export function leavesOut(reading: Reading): boolean {
  const isRuledOut = (reading.when?.want.not ?? []).some(({ days }) => days !== undefined);
  return isRuledOut || leads.test(reading.said) || sureActs(reading).some(({ verb }) => verb === "cannot");
}

/**
 * What a message says about one date of the list: that it is left out, or its other time. Undefined: it names no date,
 * or days of the week, which belong to the rhythm.
 */
export async function hearDate(reading: Reading, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  const facts = await planFacts(context, turn);
  if (facts === undefined || reading.rhythm?.notOn !== undefined) return undefined;
  const dates = facts.plan.dates.filter(({ number }) => number !== undefined);
  const list: List = { shown: dates.map(({ wantedMs, startsAtMs }) => startsAtMs ?? wantedMs), reader: facts.reader };
  const wantedAt = (at: number | undefined) => (at === undefined ? undefined : dates[at]?.wantedMs);
  if (leavesOut(reading)) {
    const wantedMs = wantedAt(placeIn(reading.said.replace(leaving, " "), list, turn));
    return wantedMs === undefined ? undefined : { event: { type: "date.left", wantedMs } };
  }
  const place = placeOf(changedIn(reading), reading.said, list);
  const wantedMs = wantedAt(place);
  if (place === undefined || wantedMs === undefined) return undefined;
  const { times } = await changingFacts({ ...context, at: wantedMs }, turn);
  const { zone } = facts.reader;
  const wanted = timesFor(reading, list.shown[place] ?? wantedMs, facts.reader)?.readings ?? [];
  const [startsAtMs] = wanted.flatMap((want) => fitSlots(want, times, { zone, nowMs: turn.nowMs }));
  return startsAtMs === undefined
    ? { event: { type: "date.opened", wantedMs } }
    : { event: { type: "time.taken", wantedMs, startsAtMs } };
}

/** The times on the card, in its order. */
interface List {
  readonly shown: readonly number[];
  readonly reader: Reader;
}

/** The place on the list that words name, by order, day or time. */
function placeIn(said: string, list: List, { nowMs }: Turn): number | undefined {
  const { zone, locale } = list.reader;
  const chosen = selectOffered(said, { offered: list.shown, nowMs, zone });
  if (chosen !== undefined) return "index" in chosen ? chosen.index : undefined;
  return placeOf(dateIn(parseWhen(said, { nowMs, zone, locale })), said, list);
}

/** The place of a date on the list. "The 14th" without a month is the only 14th on it. */
function placeOf(date: string | undefined, said: string, { shown, reader }: List): number | undefined {
  if (date === undefined) return undefined;
  const days = shown.map((ms) => localDateOf(reader.zone, ms));
  const exactly = days.indexOf(date);
  if (exactly !== -1 || namesMonth.test(said)) return exactly === -1 ? undefined : exactly;
  const [only, ...more] = [...days.keys()].filter((at) => days[at]?.slice(8) === date.slice(8));
  return more.length === 0 ? only : undefined;
}

const namesMonth = new RegExp(`\\b(?:${monthPattern})\\b|\\d[/.]\\d`);

/** The date that a message changes, `YYYY-MM-DD`: "change the 17th", "move the 17th to the 18th", "the 17th at 4". */
function changedIn(reading: Reading): string | undefined {
  const [act, ...more] = sureActs(reading);
  if (more.length > 0 || reading.rhythm?.from !== undefined) return undefined;
  if (act?.verb === "move") return dateIn(act.object.move?.from ?? act.object.move?.to);
  const isOther = act !== undefined && act.verb !== "change" && act.verb !== "choose";
  return isOther ? undefined : dateIn(reading.when);
}

/** The new time of a date, read relative to it: "to Thursday" is the Thursday after it. */
function timesFor(reading: Reading, dateMs: number, { zone, locale }: Reader): WantedTimes | undefined {
  const at = { nowMs: startOfLocalDay(zone, localDateOf(zone, dateMs)), zone, locale };
  const isMove = sureActs(reading).some(({ verb }) => verb === "move");
  const move = isMove ? parseMove(reading.said, at) : undefined;
  const when = isMove ? move?.from && move.to : parseWhen(reading.said, at);
  const isSaid = isMove || when?.want.exact !== undefined || when?.want.windows !== undefined;
  return when === undefined || !isSaid ? undefined : timesSaid(when);
}

/** The single date of a time. A bare weekday is none. */
function dateIn(when: When | undefined): string | undefined {
  const [day, ...more] = when?.want.days ?? [];
  if (day === undefined || more.length > 0 || day.byWeekday === true || when?.ambiguous !== undefined) return undefined;
  return day.to === dateOfDay(dayOfDate(day.from) + 1) ? day.from : undefined;
}
