import type { Place } from "../../src/conversation/flow.ts";
import { fieldsOf, listIn, textOr } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";

/** Reads a snapshot of version 1, which stored lists as texts, and a loss as its start, with 0 for a used package. */
export function fromVersion1({ state, context }: Place): Place {
  const { who, weekdays, hours, left, instead, lostMs, ...rest } = fieldsOf(context);
  const [fromMinutes, toMinutes] = (textOr(hours) ?? "").split("-").map(Number);
  const fields = {
    practitionerId: textOr(who),
    weekdays: weekdays === undefined ? undefined : listIn(weekdays),
    hours: toMinutes === undefined ? undefined : { fromMinutes, toMinutes },
    left: left === undefined ? undefined : listIn(left).map(Number),
    instead: instead === undefined ? undefined : listIn(instead).map(pairIn),
    lost: lostMs === undefined ? undefined : lostMs === 0 ? { packageUsed: true } : { startsAtMs: lostMs },
  };
  return { state, context: { ...rest, ...given(fields) } };
}

function pairIn(text: string) {
  const [wantedMs, startsAtMs] = text.split(":").map(Number);
  return { wantedMs, startsAtMs };
}
