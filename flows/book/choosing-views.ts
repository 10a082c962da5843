import { button, type Card } from "../../src/cards/card.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { bookWords } from "../../src/words/book.ts";
import { clockTime, moment, shortDay, zoneName } from "../../src/words/instants.ts";
import { duration, methodDetail, methodName } from "../../src/words/methods.ts";
import { money } from "../../src/words/money.ts";
import { creditsName, packageWords } from "../../src/words/packages.ts";
import { someTimes, timeButtons, wayOut } from "./card-parts.ts";
import type {
  choosingMethodFacts,
  choosingPractitionerFacts,
  choosingServiceFacts,
  contactFacts,
  noTimesFacts,
} from "./facts.ts";
import { withoutPackage } from "./packages.ts";
import type { offeringFitsFacts, offeringNearestFacts, TimesFacts } from "./time-facts.ts";

/** Shown for as long as it takes to look something up; a talk never rests there. */
export function momentView(): Card {
  return { summary: bookWords.momentTitle, title: bookWords.momentTitle, tone: "waiting", parts: [wayOut] };
}

export function choosingServiceView({
  offers,
  narrowed,
  progress,
  locale,
  left,
}: Awaited<ReturnType<typeof choosingServiceFacts>>): Card {
  const title = narrowed ? bookWords.whichService : bookWords.chooseService;
  return {
    summary: title,
    title,
    step: progress,
    parts: [
      {
        type: "facts",
        facts: offers.map(({ service }) => ({
          label: service.publicName,
          value: [
            duration(service.durationMinutes),
            ...(left !== undefined
              ? [creditsName(left.get(service.id))]
              : service.price === undefined
                ? []
                : [money(service.price, locale)]),
            ...(service.description === undefined ? [] : [service.description]),
          ].join(" · "),
        })),
      },
      {
        type: "buttons",
        role: "choices",
        buttons: offers.map(({ service }) =>
          button(service.publicName, { type: "service.chosen", serviceId: service.id }),
        ),
      },
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          ...(narrowed ? [button(bookWords.allServices, { type: "services.wanted" })] : []),
          button(bookWords.back, { type: "went.back" }),
        ],
      },
    ],
  };
}

export function nothingOfferedView(facts: Awaited<ReturnType<typeof contactFacts>>): Card {
  return {
    summary: bookWords.noService,
    title: bookWords.noService,
    parts: [
      { type: "text", text: `${bookWords.noServiceText(facts.practice)} ${whomToAsk(facts)}` },
      { type: "buttons", role: "navigation", buttons: [button(bookWords.back, { type: "went.back" })] },
    ],
  };
}

/** What a client without anything to choose may do, and whether the practice knows. */
function whomToAsk({ told, contact }: { readonly told: boolean; readonly contact: string }): string {
  return [...(told ? [bookWords.weToldThem] : []), bookWords.reachThem(contact)].join(" ");
}

export function choosingMethodView({ offer, progress }: Awaited<ReturnType<typeof choosingMethodFacts>>): Card {
  const methods = (offer?.service.methods ?? []).map((method) => ({
    method,
    location: method.kind === "in_person" ? offer?.locations.get(method.locationId) : undefined,
  }));
  return {
    summary: bookWords.summaryOf(offer?.service.publicName ?? "", bookWords.chooseMethod),
    title: bookWords.chooseMethod,
    step: progress,
    parts: [
      {
        type: "facts",
        facts: methods.map(({ method, location }) => ({
          label: methodName(method, location),
          value: methodDetail(method, location),
        })),
      },
      {
        type: "buttons",
        role: "choices",
        buttons: methods.map(({ method, location }) =>
          button(methodName(method, location), { type: "method.chosen", methodKey: methodKey(method) }),
        ),
      },
      wayOut,
    ],
  };
}

export function choosingPractitionerView({
  chosen,
  progress,
}: Awaited<ReturnType<typeof choosingPractitionerFacts>>): Card {
  return {
    summary: bookWords.summaryOf(chosen.service?.publicName ?? "", bookWords.choosePractitioner),
    title: bookWords.choosePractitioner,
    step: progress,
    parts: [
      {
        type: "buttons",
        role: "choices",
        buttons: [
          button(bookWords.anyone, { type: "practitioner.chosen", who: "anyone" }),
          ...chosen.practitioners.map(({ id, name }) => button(name, { type: "practitioner.chosen", who: id })),
        ],
      },
      { type: "hint", text: bookWords.anyoneHint },
      wayOut,
    ],
  };
}

export function choosingTimeView(facts: TimesFacts): Card {
  const { reader, times, days, otherZone } = facts;
  const shown = days.find((day) => day.shown);
  const dayName = shortDay(shown?.firstMs ?? 0, reader);
  const [first] = times;
  const other =
    otherZone === undefined || otherZone === reader.zone || first === undefined
      ? undefined
      : { zone: otherZone, ...{ locale: reader.locale } };
  return {
    summary: bookWords.summaryOf(facts.service, bookWords.chooseTime),
    title: bookWords.chooseTime,
    step: facts.progress,
    parts: [
      ...(facts.away === undefined ? [] : [{ type: "text", text: facts.away } as const]),
      ...(facts.nextFreeMs === undefined
        ? []
        : [{ type: "text", text: bookWords.nextFree(moment(facts.nextFreeMs, reader)) } as const]),
      {
        type: "buttons",
        role: "switch",
        label: bookWords.days,
        buttons: [
          ...(facts.earlierDay === undefined
            ? []
            : [button(bookWords.earlierDays, { type: "day.chosen", day: facts.earlierDay })]),
          ...days.map(({ day, firstMs, shown: selected }) => ({
            ...button(shortDay(firstMs, reader), { type: "day.chosen", day }),
            ...(selected ? { selected: true as const } : {}),
          })),
          ...(facts.laterDay === undefined
            ? []
            : [button(bookWords.laterDays, { type: "day.chosen", day: facts.laterDay })]),
        ],
      },
      { type: "buttons", role: "choices", label: bookWords.times(dayName), buttons: timeButtons(times, reader) },
      ...(facts.page === 0 && !facts.hasMore
        ? []
        : [
            {
              type: "buttons",
              role: "navigation",
              buttons: [
                ...(facts.page === 0
                  ? []
                  : [button(bookWords.earlierTimes, { type: "times.paged", page: facts.page - 1 })]),
                ...(facts.hasMore ? [button(bookWords.moreTimes, { type: "times.paged", page: facts.page + 1 })] : []),
              ],
            } as const,
          ]),
      {
        type: "hint",
        text: [
          bookWords.timesIn(zoneName(reader.zone)),
          ...(other === undefined || first === undefined
            ? []
            : [bookWords.alsoIn(zoneName(other.zone), clockTime(first, other))]),
          bookWords.typeTime,
        ].join(" "),
      },
      wayOut,
    ],
  };
}

export function noTimesView(facts: Awaited<ReturnType<typeof noTimesFacts>>): Card {
  return {
    summary: bookWords.noTimes,
    title: bookWords.noTimes,
    parts: [
      { type: "text", text: `${noTimesText(facts)} ${whomToAsk(facts)}` },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(bookWords.lookAgain, { type: "times.wanted" }),
          ...(facts.packageName === undefined
            ? []
            : [button(packageWords.without, { type: "package.chosen", packageId: withoutPackage })]),
        ],
      },
      wayOut,
    ],
  };
}

function noTimesText({ service, days, practice, packageName }: Awaited<ReturnType<typeof noTimesFacts>>): string {
  return packageName === undefined
    ? bookWords.noTimesText(service, days, practice)
    : packageWords.noTimes(service, packageName);
}

export function offeringNearestView(facts: Awaited<ReturnType<typeof offeringNearestFacts>>): Card {
  const { times, reader } = facts;
  const when = moment(facts.wantedMs, reader);
  const [title, why] = facts.notFree
    ? [bookWords.notFree, bookWords.notFreeText]
    : facts.tooSoon
      ? [bookWords.tooSoon, bookWords.tooSoonText(when)]
      : [bookWords.taken, bookWords.takenText(when)];
  return {
    summary: bookWords.summaryOf(facts.service, title),
    title,
    tone: "bad",
    parts: [
      {
        type: "text",
        text: `${why} ${times.length === 0 ? bookWords.noNearest : facts.notFree ? bookWords.nearestFree : bookWords.nearest}`,
      },
      ...someTimes(times, reader),
      { type: "hint", text: bookWords.timesIn(zoneName(reader.zone)) },
      wayOut,
    ],
  };
}

/** What fits the client's words: a few times with their days, one tap each. */
export function offeringFitsView(facts: Awaited<ReturnType<typeof offeringFitsFacts>>): Card {
  const { times, reader } = facts;
  const title = facts.ambiguous ? bookWords.whichTime : bookWords.fitting;
  return {
    summary: bookWords.summaryOf(facts.service, title),
    title,
    step: facts.progress,
    parts: [
      ...someTimes(times, reader),
      {
        type: "hint",
        text: [bookWords.timesIn(zoneName(reader.zone)), ...(facts.more ? [bookWords.moreFit] : [])].join(" "),
      },
      wayOut,
    ],
  };
}
