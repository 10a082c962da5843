import { type Button, buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { type AskEvent, askEvent, type NewTalk } from "../../src/cards/talks.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { given } from "../../src/given.ts";
import { statusNames } from "../../src/words/bookings.ts";
import { homeWords } from "../../src/words/home.ts";
import { zoneName } from "../../src/words/instants.ts";
import { packageLine, packageWords } from "../../src/words/packages.ts";
import { type HomeFacts, homeFacts, mostRequests } from "./facts.ts";
import { moreRequests, todayPart } from "./menu-parts.ts";
import { strangerView } from "./views.ts";

const button = buttonOf<AskEvent>();

/**
 * The app's standing page: coming sessions and open requests, with a button each. Its buttons begin talks in the chat.
 */
export async function homeTab(turn: Turn): Promise<Card<AskEvent>> {
  return tabView(await homeFacts(undefined, turn));
}

/** The page as a card, for this person. */
function tabView(facts: HomeFacts): Card<AskEvent> {
  if (facts.role === "stranger") return strangerView(facts);
  const title = homeWords.hello(facts.name);
  const zone: CardPart<never> = { type: "hint", text: homeWords.timesIn(zoneName(facts.reader.zone)) };
  return { summary: title, title, parts: [...(facts.role === "client" ? clientTab(facts) : theirTab(facts)), zone] };
}

function clientTab(facts: HomeFacts & { readonly role: "client" }): CardPart<AskEvent>[] {
  const { practice, coming, packages, reader, nowMs } = facts;
  const sessions = coming.flatMap((booking): CardPart<AskEvent>[] => {
    const { id: bookingId, status } = booking;
    const named = homeWords.session(booking.frozen.publicName, booking.startsAtMs, reader);
    const does = (label: string, ask: NewTalk) => spoken(label, ask, `${label}: ${named}`);
    return [
      { type: "text", text: named },
      ...(status === "confirmed" ? [] : [{ type: "hint", text: statusNames[status] } as const]),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          does(homeWords.open, { flow: "bookings", input: { type: "booking.opened", bookingId } }),
          ...(status === "confirmed"
            ? [
                does(homeWords.reschedule, { flow: "reschedule", input: { type: "reschedule.asked", bookingId } }),
                does(homeWords.cancel, { flow: "cancel", input: { type: "cancel.asked", bookingId } }),
              ]
            : []),
        ],
      },
    ];
  });
  return [
    { type: "text", text: homeWords.clientText(practice) },
    {
      type: "buttons",
      role: "actions",
      buttons: [
        button(homeWords.requestASession, askEvent({ flow: "book", input: { type: "book" } }), "primary"),
        button(homeWords.myBookings, askEvent({ flow: "bookings", input: { type: "bookings" } })),
        button(homeWords.help, askEvent({ flow: "home", input: { type: "help" } })),
      ],
    },
    { type: "text", text: coming.length === 0 ? homeWords.nothingComing : homeWords.comingTitle },
    ...sessions,
    ...(packages.length === 0
      ? []
      : [
          {
            type: "facts",
            facts: packages.map(({ held, total }) => ({
              label: held.frozen.name,
              value: packageLine(total, held, { locale: reader.locale, nowMs }),
            })),
          } as const,
          {
            type: "buttons",
            role: "actions",
            buttons: [button(packageWords.packages, askEvent({ flow: "packages", input: { type: "packages" } }))],
          } as const,
        ]),
  ];
}

function theirTab(facts: HomeFacts & { readonly role: "practitioner" }): CardPart<AskEvent>[] {
  const { practice, requests, changes, reader } = facts;
  return [
    { type: "text", text: homeWords.practitionerText(practice) },
    { type: "text", text: homeWords.requests(requests.length) },
    ...(requests.length === 0
      ? []
      : [
          {
            type: "buttons",
            role: "choices",
            buttons: requests.slice(0, mostRequests).map(({ booking, client }) =>
              spoken(homeWords.request(client, booking.startsAtMs, reader), {
                flow: "review",
                input: { type: "review.asked", bookingId: booking.id },
              }),
            ),
          } as const,
          ...moreRequests(requests),
        ]),
    ...(changes.length === 0
      ? []
      : ([
          { type: "text", text: homeWords.wishes(changes.length) },
          {
            type: "buttons",
            role: "choices",
            buttons: changes.map(({ id, kind, booking, client }) =>
              spoken(homeWords.wish(kind, client, booking.startsAtMs, reader), {
                flow: "change",
                input: { type: "change.asked", requestId: id, bookingId: booking.id },
              }),
            ),
          },
        ] as const)),
    { type: "text", text: homeWords.today },
    todayPart(facts),
    {
      type: "buttons",
      role: "navigation",
      buttons: [
        button(homeWords.sessions, askEvent({ flow: "bookings", input: { type: "bookings" } })),
        button(homeWords.help, askEvent({ flow: "home", input: { type: "help" } })),
      ],
    },
  ];
}

function spoken(label: string, ask: NewTalk, words?: string): Button<AskEvent> {
  return { ...button(label, askEvent(ask)), ...given({ spoken: words }) };
}
