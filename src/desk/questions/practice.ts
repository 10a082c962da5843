import { absencesOf } from "../../domain/out-of-office.ts";
import type { HoursRule, Practitioner, Schedule } from "../../domain/practice.ts";
import { workingDays } from "../../domain/working-hours.ts";
import { localDateOf } from "../../domain/zone.ts";
import { questionWords } from "../../words/questions.ts";
import { findMethod } from "../booking/offers.ts";
import { findSlots } from "../booking/slots.ts";
import { withAbsences } from "../practice/absences.ts";
import type { Answerer, Asked, Asker } from "./asked.ts";
import { offersFor, servicesMeant } from "./services.ts";

const mostDays = 3;
const mostTimesADay = 4;

/** When the practice is open, or one of its practitioners is in; on the days asked about, else by the week. */
export const answerOpeningHours: Answerer = async (asker, asked) => {
  const people = await peopleMeant(asker, asked);
  if (asked.span === undefined) {
    const lines = people.map(({ name, schedule }) =>
      questionWords.weekOf(name, schedule.hours.map(plainRule), schedule.timezone),
    );
    return { sentences: [lines.join("\n")], ...bookNext(asker) };
  }
  const { fromMs, toMs } = asked.span;
  const lines = people.map(({ name, schedule }) =>
    questionWords.openOn(name, openIn(schedule, asker, fromMs, toMs), asked.span, asker.reader),
  );
  return { sentences: [lines.join("\n")], ...bookNext(asker) };
};

/** The windows [startsAtMs, endsAtMs) of a schedule in a stretch of time, without time off. */
export function openIn(
  schedule: Schedule,
  { practice }: Pick<Asker, "practice">,
  fromMs: number,
  toMs: number,
): readonly { readonly startsAtMs: number; readonly endsAtMs: number }[] {
  const plain = {
    ...schedule,
    hours: schedule.hours.map(plainRule),
    overrides: schedule.overrides.map(({ date, hours }) => ({
      date,
      hours: hours.map(({ from, to }) => ({ from, to })),
    })),
  };
  const offering = { serviceId: "", methodKind: "video" } as const;
  let windows = [
    ...workingDays({ schedule: plain, weekStartsOn: practice.weekStartsOn, offering }, fromMs, toMs),
  ].flatMap((day) => day.windows);
  for (const away of absencesOf(schedule)) {
    windows = windows
      .flatMap(({ startsAtMs, endsAtMs }) =>
        [
          { startsAtMs, endsAtMs: Math.min(endsAtMs, away.startsAtMs) },
          { startsAtMs: Math.max(startsAtMs, away.endsAtMs), endsAtMs },
        ].filter((part) => part.startsAtMs < part.endsAtMs),
      )
      .filter(
        ({ startsAtMs, endsAtMs }, place, all) =>
          all.findIndex((one) => one.startsAtMs === startsAtMs && one.endsAtMs === endsAtMs) === place,
      );
  }
  return windows
    .map(({ startsAtMs, endsAtMs }) => ({
      startsAtMs: Math.max(startsAtMs, fromMs),
      endsAtMs: Math.min(endsAtMs, toMs),
    }))
    .filter(({ startsAtMs, endsAtMs }) => startsAtMs < endsAtMs);
}

/** Hours without the methods, services and places they are limited to. */
function plainRule({ days, everyWeeks, since, from, to }: HoursRule): HoursRule {
  return { days, everyWeeks, from, to, ...(since === undefined ? {} : { since }) };
}

async function peopleMeant(asker: Asker, asked: Asked): Promise<readonly Practitioner[]> {
  const all = await asker.books.people.listPractitioners(asker.practice.id);
  const named = all.filter(({ id }) => asked.practitioners.includes(id));
  const own = asker.actor.kind === "practitioner" ? asker.actor.practitionerId : undefined;
  const meant = named.length > 0 ? named : own === undefined ? all : all.filter(({ id }) => id === own);
  return withAbsences(asker.books, meant, asker.nowMs);
}

/** The next free times of the service on the card or named, else of the first one that can be booked. */
export const answerFreeTimes: Answerer = async (asker, asked) => {
  const { actor, books, practice, reader, nowMs } = asker;
  const offers = await offersFor(asker);
  const meant = new Set((await servicesMeant(asker, asked)).map(({ id }) => id));
  const offer = offers.find(({ service }) => meant.has(service.id)) ?? (meant.size === 0 ? offers[0] : undefined);
  if (offer === undefined || actor.kind !== "client") return { sentences: [questionWords.nothingFree] };
  const { service } = offer;
  const kind = asked.methods[0];
  const method =
    (asked.subject.methodKey === undefined ? undefined : findMethod(service, asked.subject.methodKey)) ??
    service.methods.find((one) => one.kind === kind) ??
    service.methods[0];
  if (method === undefined) return { sentences: [questionWords.nothingFree] };
  const wanted =
    asked.practitioners.length > 0
      ? asked.practitioners
      : asked.subject.practitionerId === undefined
        ? []
        : [asked.subject.practitionerId];
  const practitioners = offer.practitioners.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const free = await findSlots(books, { practice, service, method, practitioners, clientId: actor.clientId, nowMs });
  const { span } = asked;
  const fitting = free
    .map(({ startsAtMs }) => startsAtMs)
    .filter((ms) => (span === undefined || (ms >= span.fromMs && ms < span.toMs)) && (asked.fits?.(ms) ?? true));
  const days = new Map<string, number[]>();
  for (const ms of fitting) {
    const date = localDateOf(reader.zone, ms);
    const times = days.get(date) ?? [];
    if (days.size >= mostDays && !days.has(date)) break;
    if (times.length < mostTimesADay) times.push(ms);
    days.set(date, times);
  }
  if (days.size === 0) {
    const nearest = free[0]?.startsAtMs;
    return {
      sentences: [
        nearest === undefined
          ? questionWords.nothingFree
          : questionWords.nothingFreeThen(service.publicName, nearest, reader),
      ],
      next: { to: "book", serviceId: service.id },
    };
  }
  return {
    sentences: [questionWords.freeFor(service.publicName, [...days.values()], reader)],
    next: { to: "book", serviceId: service.id },
  };
};

/** How to reach a person. */
export const answerReachPerson: Answerer = async ({ practice }) => ({
  sentences: [questionWords.reach(practice.name, practice.contact)],
  next: { to: "message" },
});

/** That this is a program. */
export const answerMachine: Answerer = async ({ practice }) => ({
  sentences: [questionWords.machine(practice.name)],
  next: { to: "message" },
});

/** Which data is kept. */
export const answerWhatIsKept: Answerer = async ({ practice }) => ({
  sentences: [questionWords.kept, questionWords.keptContact(practice.name, practice.contact)],
});

function bookNext({ actor }: Asker) {
  return actor.kind === "client" ? ({ next: { to: "book" } } as const) : {};
}
