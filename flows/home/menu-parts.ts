import { type Button, buttonOf, type CardPart } from "../../src/cards/card.ts";
import type { PackageSeen } from "../../src/desk/packages/packages.ts";
import { homeWords } from "../../src/words/home.ts";
import { clockSpan, zoneName } from "../../src/words/instants.ts";
import { packageLine, packageNames, packageWords } from "../../src/words/packages.ts";
import { peopleWords } from "../../src/words/people.ts";
import { type ChangeSeen, type HomeFacts, mostRequests, type Named } from "./facts.ts";
import type { HomeEvent } from "./machine.ts";

const button = buttonOf<HomeEvent>();

const mostPackages = 3;

export type Client = HomeFacts & { readonly role: "client" };
export type Practitioner = HomeFacts & { readonly role: "practitioner" };

export function clientMenu({ practice, next, waiting, reader, packages, nowMs }: Client): CardPart<HomeEvent>[] {
  const coming = [
    ...next.map((booking) => ({ label: homeWords.next, booking })),
    ...waiting.map((booking) => ({
      label: booking.status === "proposed" ? homeWords.proposed : homeWords.waiting,
      booking,
    })),
  ];
  return [
    { type: "text", text: homeWords.clientText(practice) },
    ...(coming.length === 0
      ? []
      : [
          {
            type: "facts",
            facts: coming.map(({ label, booking }) => ({
              label,
              value: [
                homeWords.session(booking.frozen.publicName, booking.startsAtMs, reader),
                ...packages
                  .filter(({ held }) => held.id === booking.clientPackageId)
                  .map(({ held }) => held.frozen.name),
              ].join(" · "),
            })),
          } as const,
        ]),
    ...packageParts(packages, { locale: reader.locale, nowMs }),
    {
      type: "buttons",
      role: "actions",
      buttons: [
        button(homeWords.requestASession, { type: "book.wanted" }, "primary"),
        button(homeWords.myBookings, { type: "bookings.wanted" }),
        ...(packages.length === 0 ? [] : [button(packageWords.packages, { type: "packages.wanted" })]),
        button(homeWords.help, { type: "help.asked" }),
      ],
    },
  ];
}

/** The packages with sessions left, one line each. The others are in the list of packages. */
function packageParts(packages: readonly PackageSeen[], at: { locale: string; nowMs: number }): CardPart<HomeEvent>[] {
  const usable = packages.filter(({ problem }) => problem === undefined).slice(0, mostPackages);
  if (usable.length === 0) return [];
  const names = packageNames(
    usable.map(({ held }) => held),
    at,
  );
  return [
    {
      type: "facts",
      facts: usable.map(({ held, total }, place) => ({
        label: names[place] ?? "",
        value: packageLine(total, held, at),
      })),
    },
  ];
}

export function practitionerMenu(facts: Practitioner): CardPart<HomeEvent>[] {
  return [
    { type: "text", text: homeWords.practitionerText(facts.practice) },
    ...missingParts(facts),
    { type: "text", text: homeWords.requests(facts.requests.length) },
    ...requestParts(facts),
    todayPart(facts),
    ...zoneParts(facts, [...facts.requests, ...facts.changes, ...facts.today]),
    {
      type: "buttons",
      role: "navigation",
      buttons: [
        button(homeWords.sessions, { type: "bookings.wanted" }),
        button(peopleWords.title, { type: "clients.wanted" }),
        button(homeWords.help, { type: "help.asked" }),
      ],
    },
  ];
}

export function requestParts(facts: Practitioner): CardPart<HomeEvent>[] {
  const { requests, changes } = facts;
  return [
    ...(requests.length === 0 ? [] : [{ type: "buttons", role: "choices", buttons: requestButtons(facts) } as const]),
    ...moreRequests(requests),
    ...(changes.length === 0
      ? []
      : ([
          { type: "text", text: homeWords.wishes(changes.length) },
          { type: "buttons", role: "choices", label: homeWords.wishesLabel, buttons: changeButtons(facts) },
        ] as const)),
  ];
}

/** The practitioner's sessions of the day, or that there are none. */
export function todayPart({ today, reader }: Practitioner): CardPart<never> {
  if (today.length === 0) return { type: "text", text: homeWords.nothingToday };
  return {
    type: "facts",
    facts: today.map(({ booking, client }) => ({
      label: clockSpan(booking.startsAtMs, booking.endsAtMs, reader),
      value: `${client}, ${booking.frozen.publicName}`,
    })),
  };
}

/** The zone of the times above, if there are any. */
export function zoneParts({ reader }: Practitioner, shown: readonly Named[]): CardPart<HomeEvent>[] {
  return shown.length === 0 ? [] : [{ type: "hint", text: homeWords.timesIn(zoneName(reader.zone)) }];
}

function missingParts({ missing }: Practitioner): CardPart<HomeEvent>[] {
  return missing.map((lack) => ({
    type: "text",
    text: `${homeWords.missingTitle}. ${
      lack.what === "services"
        ? homeWords.missingServices
        : homeWords.missingHours(lack.practitioners.map((one) => one.name).join(", "))
    }`,
  }));
}

function requestButtons({ requests, reader }: Practitioner): Button<HomeEvent>[] {
  return requests
    .slice(0, mostRequests)
    .map(({ booking, client }: Named) =>
      button(homeWords.request(client, booking.startsAtMs, reader), { type: "request.opened", bookingId: booking.id }),
    );
}

/** The number of requests that are not shown. */
export function moreRequests(requests: readonly Named[]): readonly CardPart<never>[] {
  const more = requests.length - mostRequests;
  return more > 0 ? [{ type: "hint", text: homeWords.moreRequests(more) }] : [];
}

/** Clients' change requests, with a button each. */
function changeButtons({ changes, reader }: Practitioner): Button<HomeEvent>[] {
  return changes.map(({ id, kind, booking, client }: ChangeSeen) =>
    button(homeWords.wish(kind, client, booking.startsAtMs, reader), {
      type: "change.opened",
      requestId: id,
      bookingId: booking.id,
    }),
  );
}

export function doors(facts: Client | Practitioner): CardPart<HomeEvent> {
  return {
    type: "buttons",
    role: "navigation",
    buttons:
      facts.role === "client"
        ? [
            button(homeWords.requestASession, { type: "book.wanted" }, "primary"),
            button(homeWords.myBookings, { type: "bookings.wanted" }),
            button(homeWords.home, { type: "menu.asked" }),
          ]
        : [button(homeWords.sessions, { type: "bookings.wanted" }), button(homeWords.home, { type: "menu.asked" })],
  };
}
