import { buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { fitsView, nearestView, timesView } from "../../src/choosing/time-views.ts";
import type { Offer } from "../../src/desk/booking/offers.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { bookWords } from "../../src/words/book.ts";
import { duration, methodDetail, methodName } from "../../src/words/methods.ts";
import { money } from "../../src/words/money.ts";
import { creditsName, packageWords } from "../../src/words/packages.ts";
import type { BookEvent } from "./events.ts";
import type {
  choosingMethodFacts,
  choosingPractitionerFacts,
  choosingServiceFacts,
  contactFacts,
  noTimesFacts,
} from "./facts.ts";
import { wayOut } from "./ways.ts";

const button = buttonOf<BookEvent>();

/** What was understood so far, so that a misreading is seen before the times are (W7). */
export function askedForPart(askedFor: string): readonly CardPart<BookEvent>[] {
  return askedFor === "" ? [] : [{ type: "text", text: bookWords.askedFor(askedFor) }];
}

/** Shown while something is looked up. No talk stays in this state. */
export function momentView(): Card<BookEvent> {
  return { summary: bookWords.momentTitle, title: bookWords.momentTitle, tone: "waiting", parts: [wayOut] };
}

export function choosingServiceView({
  offers,
  narrowed,
  progress,
  locale,
  left,
  askedFor,
}: Awaited<ReturnType<typeof choosingServiceFacts>>): Card<BookEvent> {
  const title = narrowed ? bookWords.whichService : bookWords.chooseService;
  const groups = narrowed ? [{ offers }] : byCategory(offers);
  const value = ({ service }: Offer) =>
    [
      duration(service.durationMinutes),
      ...(left !== undefined
        ? [creditsName(left.get(service.id))]
        : service.price === undefined
          ? []
          : [money(service.price, locale)]),
      ...(service.description === undefined ? [] : [service.description]),
    ].join(" · ");
  return {
    summary: title,
    title,
    step: progress,
    parts: [
      ...askedForPart(askedFor),
      ...groups.flatMap(({ category, offers }): CardPart<BookEvent>[] => [
        ...(category === undefined ? [] : [{ type: "text", text: category } as const]),
        { type: "facts", facts: offers.map((offer) => ({ label: offer.service.publicName, value: value(offer) })) },
      ]),
      {
        type: "buttons",
        role: "choices",
        // One list in the order shown, so that typed numbers count across all categories.
        buttons: groups.flatMap(({ offers }) =>
          offers.map(({ service }) => button(service.publicName, { type: "service.chosen", serviceId: service.id })),
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

interface ServiceGroup {
  /** The heading; absent: the list has none. */
  readonly category?: string;
  readonly offers: readonly Offer[];
}

/**
 * The services under their categories, both in the practice's order. Services without a category come last. With fewer
 * than two categories there is one group without a heading.
 */
function byCategory(offers: readonly Offer[]): readonly ServiceGroup[] {
  const groups = Map.groupBy(offers, ({ service }) => service.category);
  const others = groups.get(undefined) ?? [];
  groups.delete(undefined);
  if (groups.size < 2) return [{ offers }];
  return [
    ...[...groups].map(([category = "", offers]) => ({ category, offers })),
    ...(others.length === 0 ? [] : [{ category: bookWords.otherServices, offers: others }]),
  ];
}

export function nothingOfferedView(facts: Awaited<ReturnType<typeof contactFacts>>): Card<BookEvent> {
  return {
    summary: bookWords.noService,
    title: bookWords.noService,
    parts: [
      { type: "text", text: `${bookWords.noServiceText(facts.practice)} ${whomToAsk(facts)}` },
      { type: "buttons", role: "navigation", buttons: [button(bookWords.back, { type: "went.back" })] },
    ],
  };
}

/** What a client with nothing to book may do, and whether the practice knows. */
function whomToAsk({ told, contact }: { readonly told: boolean; readonly contact: string }): string {
  return [...(told ? [bookWords.weToldThem] : []), bookWords.reachThem(contact)].join(" ");
}

export function choosingMethodView({
  offer,
  progress,
  askedFor,
}: Awaited<ReturnType<typeof choosingMethodFacts>>): Card<BookEvent> {
  const methods = (offer?.service.methods ?? []).map((method) => ({
    method,
    location: method.kind === "in_person" ? offer?.locations.get(method.locationId) : undefined,
  }));
  return {
    summary: bookWords.summaryOf(offer?.service.publicName ?? "", bookWords.chooseMethod),
    title: bookWords.chooseMethod,
    step: progress,
    parts: [
      ...askedForPart(askedFor),
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
  askedFor,
}: Awaited<ReturnType<typeof choosingPractitionerFacts>>): Card<BookEvent> {
  return {
    summary: bookWords.summaryOf(chosen.service?.publicName ?? "", bookWords.choosePractitioner),
    title: bookWords.choosePractitioner,
    step: progress,
    parts: [
      ...askedForPart(askedFor),
      {
        type: "buttons",
        role: "choices",
        buttons: [
          button(bookWords.anyone, { type: "practitioner.chosen", whom: { anyone: true } }),
          ...chosen.practitioners.map(({ id, name }) =>
            button(name, { type: "practitioner.chosen", whom: { practitionerId: id } }),
          ),
        ],
      },
      { type: "hint", text: bookWords.anyoneHint },
      wayOut,
    ],
  };
}

export function noTimesView(facts: Awaited<ReturnType<typeof noTimesFacts>>): Card<BookEvent> {
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
            : [button(packageWords.without, { type: "package.chosen", choice: { without: true } })]),
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

/** Free times by day. */
export const choosingTimeView = timesView(wayOut);

/** The nearest times, shown instead of one that is not free. */
export const offeringNearestView = nearestView(wayOut);

/** The free times that fit the client's words. */
export const offeringFitsView = fitsView(wayOut);
