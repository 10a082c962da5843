import type { Talks } from "../../src/cards/talks.ts";
import { narrowsDay } from "../../src/conversation/answering.ts";
import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { isPureWish, sureQuestion } from "../../src/conversation/hear.ts";
import { fieldsOf, listIn } from "../../src/conversation/kept-context.ts";
import { dateOfDay } from "../../src/domain/local-date.ts";
import { localDayOf } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import { guessMeanings } from "../../src/language/intent/guess.ts";
import type { Reading } from "../../src/language/reading.ts";
import { homeFacts, strangerFacts } from "./facts.ts";
import { homeInput } from "./input.ts";
import { type HomeContext, type HomeEvent, type HomeOrder, homeContext, homeMachine } from "./machine.ts";
import { homeTab } from "./tab.ts";
import {
  helpView,
  menuView,
  notUnderstoodView,
  requestsView,
  strangerView,
  thankedView,
  todayView,
  tooLongView,
} from "./views.ts";

const commands: Commands<HomeOrder, HomeEvent> = {
  openHome: async ({ wanted }, turn) => {
    if (turn.actor.kind === "stranger") return meetStranger(turn);
    if (wanted === "help") return { type: "help.asked" };
    if (wanted === "thanks") return { type: "thanks.said" };
    if (wanted === "not-understood") {
      const decision = await bareDecision(turn);
      if (decision !== undefined) return decision;
      const role = turn.actor.kind === "practitioner" ? "practitioner" : "client";
      return { type: "words.not.understood", guesses: guessMeanings(turn.reading?.said ?? "", role) };
    }
    if (wanted === "too-long") return { type: "words.too.long" };
    if (wanted === "today") return { type: "today.asked" };
    if (wanted === "requests") return { type: "requests.asked" };
    if (wanted === "decision") return openDecision(turn);
    return { type: "menu.asked" };
  },
  startBooking: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "here" });
    return undefined;
  },
  showBookings: async (_order, turn) => {
    turn.begin({ flow: "bookings", input: { type: "bookings" }, where: "here" });
    return undefined;
  },
  showPackages: async (_order, turn) => {
    turn.begin({ flow: "packages", input: { type: "packages" }, where: "here" });
    return undefined;
  },
  startMove: async (_order, turn) => {
    turn.begin({ flow: "reschedule", input: { type: "reschedule.asked" }, where: "here" });
    return undefined;
  },
  startCancel: async (_order, turn) => {
    turn.begin({ flow: "cancel", input: { type: "cancel.asked" }, where: "here" });
    return undefined;
  },
  startTimeOff: async (_order, turn) => {
    turn.begin({ flow: "absence", input: { type: "absence.asked" }, where: "here" });
    return undefined;
  },
  writeMessage: async (_order, turn) => {
    turn.begin({ flow: "contact", input: { type: "contact" }, where: "here" });
    return undefined;
  },
  showClients: async (_order, turn) => {
    turn.begin({ flow: "people", input: { type: "clients" }, where: "here" });
    return undefined;
  },
  showRequest: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin({ flow: "review", input: { type: "review.asked", bookingId }, where: "here" });
    return undefined;
  },
  showChange: async ({ requestId, bookingId }, turn) => {
    if (requestId === undefined) return undefined;
    const input = { type: "change.asked", requestId, ...given({ bookingId }) } as const;
    turn.begin({ flow: "change", input, where: "here" });
    return undefined;
  },
};

/** A stranger with an open invitation sees it again (D7.3). */
async function meetStranger(turn: Turn): Promise<HomeEvent> {
  const invitations = await turn.books.invitations.listForAddress(turn.address);
  const open = invitations.find(({ expiresAtMs }) => expiresAtMs > turn.realNowMs);
  if (open !== undefined) {
    turn.begin({ flow: "activate", input: { type: "invited", invitationId: open.id }, where: "here" });
  }
  return { type: "stranger.met" };
}

/** A single open request or change request opens for its one tap. Several are listed. */
async function openDecision(turn: Turn): Promise<HomeEvent> {
  const facts = await homeFacts(undefined, turn);
  if (facts.role !== "practitioner") return { type: "menu.asked" };
  const [only, ...more] = [
    ...facts.requests.map(({ booking }) => ({ type: "request.opened", bookingId: booking.id }) as const),
    ...facts.changes.map(
      ({ id, booking }) => ({ type: "change.opened", requestId: id, bookingId: booking.id }) as const,
    ),
  ];
  return only === undefined || more.length > 0 ? { type: "requests.asked" } : only;
}

/** A bare yes or no while requests are open, and no card it could answer: shows what it may be about. */
async function bareDecision(turn: Turn): Promise<HomeEvent | undefined> {
  const answer = turn.reading?.answer;
  if (turn.actor.kind !== "practitioner" || answer?.isAlone !== true || answer.certainty < 0.9) return undefined;
  const facts = await homeFacts(undefined, turn);
  return facts.role === "practitioner" && facts.requests.length + facts.changes.length > 0
    ? openDecision(turn)
    : undefined;
}

function help(): Talks["home"] {
  return { type: "help" };
}

/** "Confirm Ana", if several requests fit, or none: shows the list. */
function openOnDecision(_act: Act, _reading: Reading, { actor }: Turn): Talks["home"] | undefined {
  return actor.kind === "practitioner" ? { type: "requests" } : undefined;
}

/** A practitioner's "today" shows the sessions of the day. */
function openOnToday(
  { names, when }: Pick<Reading, "names" | "when">,
  { actor, reader, nowMs }: Turn,
): Talks["home"] | undefined {
  if (actor.kind !== "practitioner" || names.length > 0) return undefined;
  const [day, ...more] = when?.want.days ?? [];
  const today = localDayOf(reader.zone, nowMs);
  const isToday =
    day?.from === dateOfDay(today) && day.to === dateOfDay(today + 1) && more.length === 0 && !narrowsDay(when?.want);
  return when === undefined || isToday ? { type: "today" } : undefined;
}

/** The menu, help, and the cards for unrecognised words and for strangers. */
export const homeFlow = defineFlow({
  name: "home",
  version: 2,
  roles: ["client", "practitioner", "stranger"],
  machine: homeMachine,
  context: homeContext,
  input: homeInput,
  begin: ({ type }) => ({ wanted: type }),
  again: () => ({ type: "menu" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(homeFacts, menuView),
    menu: scene(homeFacts, menuView),
    help: scene(homeFacts, helpView),
    notUnderstood: scene(
      async ({ guesses }: HomeContext, turn) => ({ facts: await homeFacts(undefined, turn), guesses: guesses ?? [] }),
      notUnderstoodView,
    ),
    tooLong: scene(homeFacts, tooLongView),
    thanked: scene(homeFacts, thankedView),
    requests: scene(homeFacts, requestsView),
    today: scene(homeFacts, todayView),
    stranger: scene(strangerFacts, strangerView),
  },
  opensOnQuestion: (reading, turn) => {
    const asked = sureQuestion(reading);
    return asked?.about === "day"
      ? openOnToday({ names: asked.names, ...given({ when: asked.when }) }, turn)
      : undefined;
  },
  opensOnWish: (reading, turn) =>
    reading.when !== undefined && isPureWish(reading) ? openOnToday(reading, turn) : undefined,
  opensOn: {
    menu: () => ({ type: "menu" }),
    help,
    // Requests about personal data are answered by a person, not by a button.
    "show data": help,
    "delete data": help,
    "list requests": openOnDecision,
    confirm: openOnDecision,
    accept: openOnDecision,
    decline: openOnDecision,
    propose: openOnDecision,
  },
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  tab: homeTab,
  migrate: {
    // Version 1 stored the guesses in one text.
    1: ({ state, context }) => {
      const { guesses, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...(guesses === undefined ? {} : { guesses: listIn(guesses) }) } };
    },
  },
});
