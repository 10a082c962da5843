import { type Button, button, type Card, type CardPart } from "../../src/cards/card.ts";
import type { PackageSeen } from "../../src/desk/packages.ts";
import { homeWords } from "../../src/words/home.ts";
import { clockSpan } from "../../src/words/instants.ts";
import { packageLine, packageNames, packageWords } from "../../src/words/packages.ts";
import type { HomeFacts, Named } from "./facts.ts";

const mostPackages = 3;

type Client = HomeFacts & { readonly role: "client" };
type Practitioner = HomeFacts & { readonly role: "practitioner" };

export function menuView(facts: HomeFacts): Card {
  if (facts.role === "stranger") return strangerView();
  const title = homeWords.hello(facts.name);
  return { summary: title, title, parts: facts.role === "client" ? clientMenu(facts) : practitionerMenu(facts) };
}

export function helpView(facts: HomeFacts): Card {
  if (facts.role === "stranger") return strangerView();
  return {
    summary: homeWords.helpTitle,
    title: homeWords.helpTitle,
    parts: [
      { type: "text", text: facts.role === "client" ? homeWords.helpClient : homeWords.helpPractitioner },
      { type: "text", text: facts.role === "client" ? homeWords.helpTyping : homeWords.helpTypingPractitioner },
      {
        type: "hint",
        text:
          facts.role === "client"
            ? `${homeWords.contact(facts.practice, facts.contact)} ${homeWords.privacy}`
            : homeWords.privacyPractitioner,
      },
      doors(facts),
    ],
  };
}

export function notUnderstoodView(facts: HomeFacts): Card {
  const isTheirs = facts.role === "practitioner";
  const text = isTheirs ? homeWords.notUnderstoodTextPractitioner : homeWords.notUnderstoodText;
  return lost(facts, homeWords.notUnderstoodTitle, text);
}

export function tooLongView(facts: HomeFacts): Card {
  return lost(facts, homeWords.tooLongTitle, homeWords.tooLongText);
}

/** What waits for the practitioner, one tap each. */
export function requestsView(facts: HomeFacts): Card {
  if (facts.role !== "practitioner") return menuView(facts);
  const title = homeWords.requests(facts.requests.length);
  return { summary: title, title, parts: [...requestParts(facts), doors(facts)] };
}

/** The practitioner's day. */
export function todayView(facts: HomeFacts): Card {
  if (facts.role !== "practitioner") return menuView(facts);
  return { summary: homeWords.today, title: homeWords.today, parts: [todayPart(facts), doors(facts)] };
}

/** All that somebody no practice knows is ever shown. */
export function strangerView(): Card {
  return {
    summary: homeWords.strangerTitle,
    title: homeWords.strangerTitle,
    parts: [{ type: "text", text: homeWords.strangerText }],
  };
}

function lost(facts: HomeFacts, title: string, text: string): Card {
  if (facts.role === "stranger") return strangerView();
  return { summary: title, title, parts: [{ type: "text", text }, doors(facts)] };
}

function clientMenu({ practice, next, waiting, reader, packages, nowMs }: Client): CardPart[] {
  const coming = [
    ...next.map((booking) => ({ label: homeWords.next, booking })),
    ...waiting.map((booking) => ({ label: homeWords.waiting, booking })),
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

/** The packages sessions can be booked from, a line each; the others are in their list. */
function packageParts(packages: readonly PackageSeen[], at: { locale: string; nowMs: number }): CardPart[] {
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

function practitionerMenu(facts: Practitioner): CardPart[] {
  return [
    { type: "text", text: homeWords.practitionerText(facts.practice) },
    ...missingParts(facts),
    { type: "text", text: homeWords.requests(facts.requests.length) },
    ...requestParts(facts),
    todayPart(facts),
    {
      type: "buttons",
      role: "navigation",
      buttons: [
        button(homeWords.sessions, { type: "bookings.wanted" }),
        button(homeWords.help, { type: "help.asked" }),
      ],
    },
  ];
}

function requestParts(facts: Practitioner): CardPart[] {
  if (facts.requests.length === 0) return [];
  return [{ type: "buttons", role: "choices", buttons: requestButtons(facts) }];
}

/** The practitioner's sessions of the day, or that there is none. */
export function todayPart({ today, reader }: Practitioner): CardPart {
  if (today.length === 0) return { type: "text", text: homeWords.nothingToday };
  return {
    type: "facts",
    facts: today.map(({ booking, client }) => ({
      label: clockSpan(booking.startsAtMs, booking.endsAtMs, reader),
      value: `${client}, ${booking.frozen.publicName}`,
    })),
  };
}

function missingParts({ missing }: Practitioner): CardPart[] {
  return missing.map((lack) => ({
    type: "text",
    text: `${homeWords.missingTitle}. ${
      lack.what === "services"
        ? homeWords.missingServices
        : homeWords.missingHours(lack.practitioners.map((one) => one.name).join(", "))
    }`,
  }));
}

function requestButtons({ requests, reader }: Practitioner): Button[] {
  return requests.map(({ booking, client }: Named) =>
    button(homeWords.request(client, booking.startsAtMs, reader), { type: "request.opened", bookingId: booking.id }),
  );
}

function doors(facts: Client | Practitioner): CardPart {
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
