import type { Card } from "../../src/cards/card.ts";
import { seeSession } from "../../src/choosing/session.ts";
import { type Command, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { waiveCost } from "../../src/desk/booking/attendance.ts";
import { findMissing } from "../../src/desk/booking/offers.ts";
import type { WallStretch } from "../../src/domain/out-of-office.ts";
import { resolveLocal } from "../../src/domain/zone.ts";
import { spanWords } from "../../src/words/absence.ts";
import { homeWords } from "../../src/words/home.ts";
import { moment } from "../../src/words/instants.ts";
import { noticeWords } from "../../src/words/notice.ts";
import { type NoticeContext, type NoticeOrders, noticeContext, noticeKinds, noticeMachine } from "./machine.ts";
import { sessionNews } from "./session-facts.ts";
import { sessionNewsView } from "./session-views.ts";

type NoticeFacts =
  | { readonly kind: "time"; readonly title: string; readonly text: string; readonly when: string }
  | { readonly kind: "practice.not-ready"; readonly lacks: readonly string[] }
  | {
      readonly kind: "mail.failed";
      readonly text: string;
      readonly session: string;
      readonly when: string;
    };

async function toldFacts({ kind, bookingId, own, byId, spans }: NoticeContext, turn: Turn): Promise<NoticeFacts> {
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
  const booking = await books.bookings.find(practice.id, bookingId ?? "");
  const client = booking === undefined ? undefined : await books.people.findClient(practice.id, booking.clientId);
  return {
    kind: "mail.failed",
    text:
      own === true
        ? noticeWords.mailToYouFailedText
        : noticeWords.mailFailedText(client?.name ?? "", client?.email ?? ""),
    session: booking?.frozen.publicName ?? "",
    when: booking === undefined ? "" : moment(booking.startsAtMs, reader),
  };
}

/** What an admin did to the reader's own time. */
async function timeFacts(
  kind: "time.kept" | "time.opened",
  { byId, spans }: Pick<NoticeContext, "byId" | "spans">,
  { books, practice, reader }: Turn,
): Promise<NoticeFacts> {
  const who = (await books.people.findPractitioner(practice.id, byId ?? ""))?.name ?? practice.name;
  const stretches = JSON.parse(spans ?? "[]") as readonly WallStretch[]; // written by desk/absences.ts
  const when = stretches.map(({ from, to }) => {
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

function toldView(facts: NoticeFacts): Card {
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
    summary: noticeWords.mailFailedTitle,
    title: noticeWords.mailFailedTitle,
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

type Commands = { readonly [Type in keyof NoticeOrders]: Command<NoticeOrders[Type]> };

const commands: Commands = {
  look: async ({ kind }) => ({ type: isOfDesk(kind) ? "notice.plain" : "notice.live" }),
  showSession: async ({ bookingId }, turn) => {
    turn.begin({ flow: "bookings", input: { type: "booking.opened", bookingId }, where: "below" });
    return undefined;
  },
  startBooking: async ({ bookingId }, turn) => {
    const booking = (await seeSession(bookingId, turn))?.booking;
    const asked = booking === undefined ? {} : { serviceId: booking.serviceId };
    turn.begin({ flow: "book", input: { type: "book", ...asked }, where: "below" });
    return undefined;
  },
  waiveCost: async ({ bookingId }, turn) => {
    await waiveCost(turn, turn.actor, bookingId);
    return undefined;
  },
};

const plainKinds: readonly NoticeContext["kind"][] = ["practice.not-ready", "mail.failed", "time.kept", "time.opened"];

/** What is only to be read: of the desk itself, and of one's own time. */
function isOfDesk(kind: NoticeContext["kind"]): boolean {
  return plainKinds.some((one) => one === kind);
}

/** Tells somebody what happened without them: to a practice, a mail, or a session of theirs. */
export const noticeFlow = defineFlow<NoticeContext>({
  name: "notice",
  version: 1,
  roles: ["client", "practitioner"],
  machine: noticeMachine,
  context: noticeContext,
  begin: ({ type, bookingId, own, requestId, beforeMs, minutes, words, byId, spans }) => ({
    kind: noticeKinds.find((kind) => kind === type) ?? "practice.not-ready",
    ...(typeof bookingId === "string" ? { bookingId } : {}),
    ...(own === true ? { own } : {}),
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(typeof beforeMs === "number" ? { beforeMs } : {}),
    ...(typeof minutes === "number" ? { minutes } : {}),
    ...(typeof words === "string" && words !== "" ? { words } : {}),
    ...(typeof spans === "string" ? { spans } : {}),
    ...(typeof byId === "string" ? { byId } : {}),
  }),
  // It says what happened then; what became of the session since is told by others.
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(toldFacts, toldView),
    leading: scene(sessionNews, sessionNewsView),
    told: scene(toldFacts, toldView),
  },
  listen: {},
  isLoud: () => false,
  // Version 1 told of the desk only.
});
