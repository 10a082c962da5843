import { type Button, buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import { dayTime } from "../../src/choosing/time-views.ts";
import type { PlannedDate } from "../../src/desk/packages/plan.ts";
import { minuteMs } from "../../src/domain/units.ts";
import { clockTime, shortDay, zoneName } from "../../src/words/instants.ts";
import { methodDetail, methodFor } from "../../src/words/methods.ts";
import { limitsName } from "../../src/words/packages.ts";
import { dayOfDateName, daysAtName, daysList, planWords, rhythmName, timeInZones } from "../../src/words/plan.ts";
import { causeWords } from "../../src/words/why-not-free.ts";
import type { ChangingFacts, PlanFacts } from "./facts.ts";
import type { PlanEvent } from "./machine.ts";
import { nothingView } from "./views.ts";

const button = buttonOf<PlanEvent>();

/** How many dates without a time are asked about at once. The others follow. */
const mostAsked = 3;

/** The list: every date with its time and its credit, the conflicts, and one button that sends everything. */
export function reviewingView(facts: PlanFacts | undefined): Card<PlanEvent> {
  if (facts === undefined) return nothingView();
  const { plan, reader } = facts;
  const count = plan.dates.filter(({ startsAtMs }) => startsAtMs !== undefined).length;
  const title = count === 0 ? planWords.nothingFits : planWords.title(count);
  const open = plan.dates.filter(({ number, startsAtMs }) => number !== undefined && startsAtMs === undefined);
  return {
    summary: title,
    title,
    ...(facts.lost === undefined ? {} : { tone: "bad" as const }),
    parts: [
      ...lostNote(facts),
      { type: "facts", facts: [...headFacts(facts), ...plan.dates.map((date) => dateFact(date, facts))] },
      ...notes(facts).map((text) => ({ type: "text", text }) as const),
      ...open.slice(0, mostAsked).map((date) => insteadOf(date, facts)),
      ...termsParts(facts),
      ...actions(facts, count, open.length > 0),
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          button(planWords.otherRhythm, { type: "rhythm.wanted" }),
          button(planWords.home, { type: "home.wanted" }),
        ],
      },
      { type: "hint", text: planWords.cancelFreely(facts.windowMinutes) },
      ...(facts.formOfMs === undefined
        ? []
        : [{ type: "hint", text: planWords.formGoes(shortDay(facts.formOfMs, reader)) } as const]),
    ],
  };
}

function lostNote({ lost, lostCause, reader }: PlanFacts): CardPart<PlanEvent>[] {
  if (lost === undefined) return [];
  if ("packageUsed" in lost) return [{ type: "text", text: planWords.changedMeanwhile }];
  const { startsAtMs } = lost;
  const why = lostCause === undefined ? "" : causeWords(lostCause, { startsAtMs, reader, side: "client" });
  return [{ type: "text", text: `${why} ${planWords.notSentYet}`.trim() }];
}

function headFacts({ plan, rhythm, reader }: PlanFacts): Fact[] {
  const { service, locations } = plan.offer;
  const place = plan.method.kind === "in_person" ? locations.get(plan.method.locationId) : undefined;
  const sample = plan.dates[0]?.wantedMs ?? plan.beyond[0];
  const time = sample === undefined ? "" : clockTime(sample, reader);
  const days = daysAtName(rhythm.weekdays, time);
  return [
    { label: planWords.session, value: service.publicName },
    { label: planWords.with, value: plan.practitioner.name },
    { label: planWords.how, value: methodFor("client", plan.method, place) },
    ...(place === undefined ? [] : [{ label: planWords.where, value: methodDetail(plan.method, place) }]),
    { label: planWords.package, value: plan.held.frozen.name },
    ...(time === ""
      ? []
      : [{ label: planWords.rhythm, value: rhythmName(rhythm.everyWeeks, days, zoneName(reader.zone)) }]),
  ];
}

function dateFact(
  { wantedMs, startsAtMs, notFree, number }: PlannedDate,
  { plan, reader, otherZone }: PlanFacts,
): Fact {
  if (number === undefined) return { label: planWords.isLeftOut, value: dayTime(wantedMs, reader) };
  const label = planWords.numbered(number, plan.granted);
  if (startsAtMs === undefined) {
    const cause = notFree?.cause ?? { because: "several" };
    return { label, value: causeWords(cause, { startsAtMs: notFree?.startsAtMs ?? wantedMs, reader, side: "client" }) };
  }
  const endsAtMs = startsAtMs + plan.durationMinutes * minuteMs;
  return { label, value: timeInZones({ startsAtMs, endsAtMs }, reader, otherZone) };
}

function notes({ plan, reader }: PlanFacts): string[] {
  const { beyond, opensOn, dateless, limited } = plan;
  return [
    ...(limited === undefined ? [] : [planWords.limited(limitsName(plan.held.frozen.limits) ?? "")]),
    ...(opensOn === undefined
      ? []
      : [planWords.beyond(beyond.length, daysList(beyond, reader), dayOfDateName(opensOn, reader.locale))]),
    ...(dateless === 0 ? [] : [planWords.dateless(dateless)]),
  ];
}

/** A date whose time is not free: the nearest free times, or to leave it out. */
function insteadOf({ wantedMs, nearest }: PlannedDate, { reader }: PlanFacts): CardPart<PlanEvent> {
  const day = shortDay(wantedMs, reader);
  return {
    type: "buttons",
    role: "choices",
    label: nearest.length === 0 ? planWords.nothingNear(day) : planWords.instead(day),
    buttons: [
      ...nearest.map((ms) => button(dayTime(ms, reader), { type: "time.taken", wantedMs, startsAtMs: ms })),
      button(planWords.leaveOut(day), { type: "date.left", wantedMs }),
    ],
  };
}

function termsParts({ terms }: PlanFacts): CardPart<PlanEvent>[] {
  if (terms === undefined) return [];
  return [
    { type: "facts", facts: [{ label: planWords.terms, value: terms }] },
    { type: "hint", text: planWords.acceptTerms },
  ];
}

/** The button names the times it sends, which are exactly those on the card. */
function actions({ plan, isAuto }: PlanFacts, count: number, isOpen: boolean): CardPart<PlanEvent>[] {
  const starts = plan.dates.flatMap(({ startsAtMs }) => startsAtMs ?? []);
  const label = isAuto
    ? (isOpen ? planWords.bookOthers : planWords.book)(count)
    : isOpen
      ? planWords.sendOthers(count)
      : planWords.send;
  const buttons: Button<PlanEvent>[] = [
    ...(count === 0 ? [] : [button(label, { type: "plan.sent", starts }, "primary")]),
    ...(plan.dates.length === 0 ? [] : [button(planWords.change, { type: "change.wanted" })]),
  ];
  return buttons.length === 0 ? [] : [{ type: "buttons", role: "actions", buttons }];
}

/** Every date as a button. */
export function choosingDateView(facts: PlanFacts | undefined): Card<PlanEvent> {
  if (facts === undefined) return nothingView();
  const { plan, reader } = facts;
  return {
    summary: planWords.whichDate,
    title: planWords.whichDate,
    parts: [
      {
        type: "buttons",
        role: "choices",
        buttons: plan.dates.map(({ wantedMs, startsAtMs }) =>
          button(dayTime(startsAtMs ?? wantedMs, reader), { type: "date.opened", wantedMs }),
        ),
      },
      { type: "buttons", role: "navigation", buttons: [button(planWords.back, { type: "went.back" })] },
    ],
  };
}

/** Another time for one date, or the list without it. */
export function changingView({ wantedMs, isLeft, times, reader }: ChangingFacts): Card<PlanEvent> {
  const day = shortDay(wantedMs, reader);
  const title = planWords.changing(day);
  return {
    summary: title,
    title,
    parts: [
      { type: "text", text: times.length === 0 ? planWords.nothingNear(day) : planWords.nearOnes },
      ...(times.length === 0
        ? []
        : [
            {
              type: "buttons",
              role: "choices",
              buttons: times.map((ms) => button(dayTime(ms, reader), { type: "time.taken", wantedMs, startsAtMs: ms })),
            } as const,
          ]),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          isLeft
            ? button(planWords.putBack(day), { type: "date.kept", wantedMs })
            : button(planWords.leaveOut(day), { type: "date.left", wantedMs }, "danger"),
        ],
      },
      { type: "buttons", role: "navigation", buttons: [button(planWords.back, { type: "went.back" })] },
    ],
  };
}
