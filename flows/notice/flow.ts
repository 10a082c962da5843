import type { Card } from "../../src/cards/card.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn } from "../../src/conversation/kept-context.ts";
import { waiveCost } from "../../src/desk/booking/attendance.ts";
import { findMissing } from "../../src/desk/booking/offers.ts";
import { resolveLocal } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import { spanWords } from "../../src/words/absence.ts";
import { deadlineWords } from "../../src/words/deadlines.ts";
import { homeWords } from "../../src/words/home.ts";
import { moment } from "../../src/words/instants.ts";
import { noticeWords } from "../../src/words/notice.ts";
import { noticeInput } from "./input.ts";
import { type NoticeContext, type NoticeEvent, type NoticeOrder, noticeContext, noticeMachine } from "./machine.ts";
import { sessionNews } from "./session-facts.ts";
import { sessionNewsView } from "./session-views.ts";

type NoticeFacts =
  | { readonly kind: "time"; readonly title: string; readonly text: string; readonly when: string }
  | { readonly kind: "practice.not-ready"; readonly lacks: readonly string[] }
  | {
      readonly kind: "failed";
      readonly title: string;
      readonly text: string;
      readonly session: string;
      readonly when: string;
    };

async function toldFacts({ kind, bookingId, own, step, byId, spans }: NoticeContext, turn: Turn): Promise<NoticeFacts> {
  const { books, practice, reader } = turn;
  if (kind === "practice.not-ready") {
    const missing = await findMissing(books, practice.id);
    const lacks = missing.map((lack) =>
      lack.what === "services"
        ? homeWords.missingServices
        : homeWords.missingHours(lack.practitioners.map((one) => one.name).join(", ")),
    );
    return { kind, lacks };
  }
  if (kind === "time.kept" || kind === "time.opened") return timeFacts(kind, { byId, spans }, turn);
  const booking = bookingId === undefined ? undefined : await books.bookings.find(practice.id, bookingId);
  const client = booking === undefined ? undefined : await books.people.findClient(practice.id, booking.clientId);
  const mailText =
    own === true
      ? noticeWords.mailToYouFailedText
      : noticeWords.mailFailedText(client?.name ?? "", client?.email ?? "");
  const isDeadline = kind === "deadline.failed";
  return {
    kind: "failed",
    title: isDeadline ? deadlineWords.title : noticeWords.mailFailedTitle,
    text: isDeadline ? deadlineWords.text(step ?? "") : mailText,
    session: booking?.frozen.publicName ?? "",
    when: booking === undefined ? "" : moment(booking.startsAtMs, reader),
  };
}

/** What an admin did to the reader's own time off. */
async function timeFacts(
  kind: "time.kept" | "time.opened",
  { byId, spans = [] }: Pick<NoticeContext, "byId" | "spans">,
  { books, practice, reader }: Turn,
): Promise<NoticeFacts> {
  const colleague = byId === undefined ? undefined : await books.people.findPractitioner(practice.id, byId);
  const who = colleague?.name ?? practice.name;
  const when = spans.map(({ from, to }) => {
    const startsAtMs = resolveLocal(reader.zone, from, "start");
    return spanWords({ from, to, startsAtMs, endsAtMs: resolveLocal(reader.zone, to, "end") }, reader);
  });
  const isKept = kind === "time.kept";
  return {
    kind: "time",
    title: (isKept ? noticeWords.timeKeptTitle : noticeWords.timeOpenedTitle)(who),
    text: isKept ? noticeWords.timeKeptText : noticeWords.timeOpenedText,
    when: when.join(" · "),
  };
}

function toldView(facts: NoticeFacts): Card<NoticeEvent> {
  if (facts.kind === "time") {
    return {
      summary: `${facts.title}: ${facts.when}`,
      title: facts.title,
      parts: [
        { type: "facts", facts: [{ label: noticeWords.when, value: facts.when }] },
        { type: "text", text: facts.text },
        { type: "hint", text: noticeWords.timeHint },
      ],
    };
  }
  if (facts.kind === "practice.not-ready") {
    const lacks = facts.lacks.length === 0 ? [noticeWords.readyNow] : facts.lacks;
    return {
      summary: noticeWords.notReadyTitle,
      title: noticeWords.notReadyTitle,
      tone: "bad",
      parts: [noticeWords.notReadyText, ...lacks].map((text) => ({ type: "text", text }) as const),
    };
  }
  return {
    summary: facts.title,
    title: facts.title,
    tone: "bad",
    parts: [
      { type: "text", text: facts.text },
      {
        type: "facts",
        facts: [
          { label: noticeWords.session, value: facts.session },
          { label: noticeWords.when, value: facts.when },
        ],
      },
    ],
  };
}

const commands: Commands<NoticeOrder, NoticeEvent> = {
  look: async ({ kind }) => ({ type: isOfDesk(kind) ? "notice.plain" : "notice.live" }),
  showSession: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin({ flow: "bookings", input: { type: "booking.opened", bookingId }, where: "below" });
    return undefined;
  },
  startBooking: async ({ bookingId }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    const input = { type: "book", ...given({ serviceId: booking?.serviceId }) } as const;
    turn.begin({ flow: "book", input, where: "below" });
    return undefined;
  },
  waiveCost: async ({ bookingId }, turn) => {
    if (bookingId !== undefined) await waiveCost(turn, turn.actor, bookingId);
    return undefined;
  },
};

const plainKinds: readonly NoticeContext["kind"][] = [
  "practice.not-ready",
  "mail.failed",
  "deadline.failed",
  "time.kept",
  "time.opened",
];

/** Notices without a decision: about the desk itself, and about one's own time. */
function isOfDesk(kind: NoticeContext["kind"]): boolean {
  return plainKinds.some((one) => one === kind);
}

/** Tells a person what happened without them: to a practice, a mail, or one of their sessions. */
export const noticeFlow = defineFlow({
  name: "notice",
  version: 2,
  roles: ["client", "practitioner"],
  machine: noticeMachine,
  context: noticeContext,
  input: noticeInput,
  begin: ({ type, ...about }) => ({ kind: type, ...about }),
  // A notice shows what happened then. Other cards show the session's present status.
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(toldFacts, toldView),
    leading: scene(sessionNews, sessionNewsView),
    told: scene(toldFacts, toldView),
  },
  isLoud: () => false,
  migrate: {
    // Version 1 stored the ranges as JSON.
    1: ({ state, context }) => {
      const { spans, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...given({ spans: jsonIn(spans) }) } };
    },
  },
});
