import { timesSaid } from "../../src/choosing/times.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { dateOfDay, dayOfDate } from "../../src/domain/local-date.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import { selectOffered } from "../../src/language/intent/reference.ts";
import type { Reading } from "../../src/language/reading.ts";
import { fitSlots } from "../../src/language/when/want.ts";
import type { When } from "../../src/language/when/when.ts";
import type { PlanContext } from "./context.ts";
import { changingFacts, planFacts } from "./facts.ts";
import type { PlanEvent } from "./machine.ts";

const leaving =
  /\b(?:leave out|leave|skip|drop|remove|delete|without|take out|omit|out|not(?: on)?|(?:i )?(?:can't|cannot|won't)(?: do| make| come)?(?: it)?(?: on)?|(?:does|do)(?:n't| not) (?:work|suit)(?: for me| me)?)\b/g;
const leads = /\b(?:leave (?:it |that |this )?out|leave out|skip|drop|remove|delete|without|take out|omit)\b/;

/** "Leave out the 10th", "skip it", "I can't make the 17th": a date of the list is not wanted. */
export function leavesOut(reading: Reading): boolean {
  const isRuledOut = (reading.when?.want.not ?? []).some(({ days }) => days !== undefined);
  return isRuledOut || leads.test(reading.said) || sureActs(reading).some(({ verb }) => verb === "cannot");
}

/**
 * What a message says of one date of the list: that it is left out, or its other time. Undefined where it speaks of no
 * date, or of days of the week, which are the rhythm's.
 */
export async function hearDate(reading: Reading, context: PlanContext, turn: Turn): Promise<Heard<PlanEvent>> {
  const facts = await planFacts(context, turn);
  if (facts === undefined || reading.rhythm?.notOn !== undefined) return undefined;
  const dates = facts.plan.dates.filter(({ number }) => number !== undefined);
  const shown = dates.map(({ wantedMs, startsAtMs }) => startsAtMs ?? wantedMs);
  const zone = facts.reader.zone;
  if (leavesOut(reading)) {
    const said = reading.said.replace(leaving, " ");
    const chosen = selectOffered(said, { offered: shown, nowMs: turn.nowMs, zone });
    const left = chosen !== undefined && "index" in chosen ? dates[chosen.index] : undefined;
    return left && { event: { type: "date.left", wantedMs: left.wantedMs } };
  }
  const { from, to } = changeIn(reading);
  const meant = dates.find((_date, at) => localDateOf(zone, shown[at] ?? 0) === from);
  if (meant === undefined) return undefined;
  const { wantedMs } = meant;
  const { times } = await changingFacts({ ...context, at: wantedMs }, turn);
  const isSaid = to !== undefined && (to.want.exact ?? to.want.windows) !== undefined;
  const isOther = to !== undefined && dateIn(to) !== from;
  const wanted = isSaid || isOther ? timesSaid(to).readings : [];
  const [startsAtMs] = wanted.flatMap((want) => fitSlots(want, times, { zone, nowMs: turn.nowMs }));
  return startsAtMs === undefined
    ? { event: { type: "date.opened", wantedMs } }
    : { event: { type: "time.taken", wantedMs, startsAtMs } };
}

/** The date a message changes, `YYYY-MM-DD`, and to when: "change the 17th", "move the 17th to the 18th", "the 17th at 4". */
function changeIn(reading: Reading): { readonly from?: string | undefined; readonly to?: When | undefined } {
  const [act, ...more] = sureActs(reading);
  if (more.length > 0 || reading.rhythm?.from !== undefined) return {};
  if (act?.verb === "move") {
    const { from, to } = act.object.move ?? {};
    return from === undefined ? { from: dateIn(to) } : { from: dateIn(from), to };
  }
  const isOther = act !== undefined && act.verb !== "change" && act.verb !== "choose";
  return isOther ? {} : { from: dateIn(reading.when), to: reading.when };
}

/** The one date of a time; a weekday alone is none. */
function dateIn(when: When | undefined): string | undefined {
  const [day, ...more] = when?.want.days ?? [];
  if (day === undefined || more.length > 0 || day.byWeekday === true || when?.ambiguous !== undefined) return undefined;
  return day.to === dateOfDay(dayOfDate(day.from) + 1) ? day.from : undefined;
}
