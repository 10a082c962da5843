import { type Button, buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { bookWords } from "../../src/words/book.ts";
import { clockTime, zoneName } from "../../src/words/instants.ts";
import { methodFor } from "../../src/words/methods.ts";
import { packageLine, packageNames, packageWords } from "../../src/words/packages.ts";
import { daysAtName, planWords } from "../../src/words/plan.ts";
import type { ChoosingFacts, TimeFacts } from "./facts.ts";
import type { PlanEvent } from "./machine.ts";

const button = buttonOf<PlanEvent>();

const home: CardPart<PlanEvent> = {
  type: "buttons",
  role: "navigation",
  buttons: [button(planWords.home, { type: "home.wanted" })],
};

function question(
  title: string,
  choices: readonly Button<PlanEvent>[],
  ...others: readonly CardPart<PlanEvent>[]
): Card<PlanEvent> {
  return {
    summary: title,
    title,
    parts: [
      ...others.filter(({ type }) => type === "facts"),
      ...(choices.length === 0 ? [] : [{ type: "buttons", role: "choices", buttons: choices } as const]),
      ...others.filter(({ type }) => type !== "facts"),
      home,
    ],
  };
}

export function momentView(): Card<PlanEvent> {
  return { summary: planWords.chooseRhythm, title: planWords.chooseRhythm, parts: [home] };
}

export function choosingPackageView({ packages, locale, nowMs }: ChoosingFacts): Card<PlanEvent> {
  const at = { locale, nowMs };
  const names = packageNames(
    packages.map(({ held }) => held),
    at,
  );
  return question(
    planWords.choosePackage,
    packages.map(({ held }, place) => button(names[place] ?? "", { type: "plan.said", said: { packageId: held.id } })),
    {
      type: "facts",
      facts: packages.map(({ total, held }, place) => ({
        label: names[place] ?? "",
        value: packageLine(total, held, at),
      })),
    },
  );
}

export function choosingServiceView({ services }: ChoosingFacts): Card<PlanEvent> {
  return question(
    planWords.chooseService,
    services.map(({ id, name, left }) => button(`${name} (${left})`, { type: "plan.said", said: { serviceId: id } })),
  );
}

export function choosingMethodView({ chosen }: ChoosingFacts): Card<PlanEvent> {
  const { service, locations } = chosen.offer ?? { service: { methods: [] }, locations: new Map() };
  return question(
    planWords.chooseMethod,
    service.methods.map((method) => {
      const place = method.kind === "in_person" ? locations.get(method.locationId) : undefined;
      const name = methodFor("client", method, place);
      const label = place === undefined ? name : `${name}: ${place.name}`;
      return button(label.slice(0, 70), { type: "plan.said", said: { methodKey: methodKey(method) } });
    }),
  );
}

export function choosingPractitionerView({ chosen }: ChoosingFacts): Card<PlanEvent> {
  const people = chosen.offer?.practitioners ?? [];
  return question(
    planWords.choosePractitioner,
    people.map(({ id, name }) => button(name, { type: "plan.said", said: { practitionerId: id } })),
  );
}

export function choosingRhythmView(): Card<PlanEvent> {
  return question(
    planWords.chooseRhythm,
    [
      button(planWords.everyWeek, { type: "plan.said", said: { everyWeeks: 1 } }),
      button(planWords.everyOtherWeek, { type: "plan.said", said: { everyWeeks: 2 } }),
    ],
    { type: "hint", text: planWords.rhythmHint },
  );
}

export function choosingTimeView({ times, reader }: TimeFacts): Card<PlanEvent> {
  return question(
    planWords.chooseTime,
    times.map(({ weekday, minutes, startsAtMs }) =>
      button(daysAtName([weekday], clockTime(startsAtMs, reader)), {
        type: "plan.said",
        said: { weekdays: [weekday], minutes },
      }),
    ),
    { type: "hint", text: times.length === 0 ? planWords.noTimes : planWords.timeHint },
    { type: "hint", text: bookWords.timesIn(zoneName(reader.zone)) },
    {
      type: "buttons",
      role: "actions",
      buttons: [button(planWords.otherRhythm, { type: "rhythm.wanted" })],
    },
  );
}

export function formFirstView({ chosen }: ChoosingFacts): Card<PlanEvent> {
  return {
    summary: planWords.formTitle,
    title: planWords.formTitle,
    parts: [
      { type: "text", text: planWords.formText(chosen.offer?.service.publicName ?? planWords.session) },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(planWords.bookFirst, { type: "first.wanted" }, "primary")],
      },
      home,
    ],
  };
}

export function nothingView(): Card<PlanEvent> {
  return {
    summary: planWords.nothingTitle,
    title: planWords.nothingTitle,
    parts: [
      { type: "text", text: planWords.nothingText },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(packageWords.bookSession, { type: "first.wanted" }, "primary")],
      },
      home,
    ],
  };
}
