import { type Button, buttonOf, type Card, type Tone } from "../../src/cards/card.ts";
import { sessionFacts } from "../../src/choosing/session.ts";
import { bookingsWords } from "../../src/words/bookings.ts";
import { changeWords } from "../../src/words/changes.ts";
import { moment } from "../../src/words/instants.ts";
import { money } from "../../src/words/money.ts";
import { noticeWords } from "../../src/words/notice.ts";
import type { NoticeEvent } from "./machine.ts";
import type { SessionNews } from "./session-facts.ts";

const button = buttonOf<NoticeEvent>();

/** What happened to a session, for the side that did not do it, with navigation. */
export function sessionNewsView(news: SessionNews | undefined): Card<NoticeEvent> {
  if (news === undefined)
    return {
      summary: bookingsWords.gone,
      title: noticeWords.session,
      parts: [{ type: "text", text: bookingsWords.gone }],
    };
  const { title, tone, texts } = said(news);
  return {
    summary: `${title}: ${moment(news.booking.startsAtMs, news.reader)}`,
    title,
    tone,
    parts: [
      { type: "facts", facts: sessionFacts(news) },
      ...texts.map((text) => ({ type: "text", text }) as const),
      { type: "buttons", role: "actions", buttons: waysOn(news) },
    ],
  };
}

interface Said {
  readonly title: string;
  readonly tone: Tone;
  readonly texts: readonly string[];
}

function said(news: SessionNews): Said {
  const { booking, other, by, role, reader, request, contact } = news;
  const why = news.words ?? booking.reason;
  // If a colleague allowed it, the reason is still the client's.
  const writer = news.kind === "session.cancelled" && booking.cancelledBy === "client" ? news.client : by;
  const reason = why === undefined ? [] : [changeWords.writes(writer, why)];
  switch (news.kind) {
    case "session.cancelled":
      return {
        title: noticeWords.cancelledTitle,
        tone: "bad",
        texts: [
          noticeWords.cancelledText(by),
          ...reason,
          ...(role === "client" ? creditBack(news) : [...lateTexts(news), noticeWords.timeIsFree]),
        ],
      };
    case "session.moved": {
      const before = news.beforeMs === undefined ? [] : [noticeWords.movedFrom(moment(news.beforeMs, reader))];
      const mail = role === "client" ? [noticeWords.movedMail] : [];
      return {
        title: noticeWords.movedTitle,
        tone: "waiting",
        texts: [noticeWords.movedText(by), ...before, ...reason, ...mail],
      };
    }
    case "change.approved":
      return request?.kind === "cancel"
        ? {
            title: noticeWords.exceptionTitle,
            tone: "good",
            texts: [noticeWords.exceptionText(other), ...creditBack(news)],
          }
        : {
            title: noticeWords.approvedTitle,
            tone: "good",
            texts: [noticeWords.approvedText(other), noticeWords.movedMail],
          };
    case "change.refused":
      return {
        title: noticeWords.staysTitle,
        tone: "plain",
        texts: [
          request?.kind === "cancel" ? noticeWords.exceptionRefused(other) : noticeWords.moveRefused(other),
          noticeWords.reach(contact),
        ],
      };
    case "change.expired":
      return {
        title: noticeWords.staysTitle,
        tone: "plain",
        texts: [noticeWords.notAnswered(other), noticeWords.reach(contact)],
      };
    case "cost.waived":
      return { title: noticeWords.waivedTitle, tone: "good", texts: [noticeWords.waivedText(other)] };
    case "running.late":
      return {
        title: noticeWords.lateTitle(other),
        tone: "waiting",
        texts: [noticeWords.lateText(other, news.minutes ?? 0)],
      };
    case "refund.failed":
      return {
        title: noticeWords.refundFailedTitle,
        tone: "bad",
        texts: news.refund === undefined ? [] : [noticeWords.refundFailedText(other, money(news.refund, news.locale))],
      };
    case "practice.not-ready":
    case "mail.failed":
    case "deadline.failed":
    case "time.kept":
    case "time.opened":
      return { title: noticeWords.session, tone: "plain", texts: [] };
    default:
      return news.kind satisfies never;
  }
}

function creditBack({ fromPackage, packageIsOver }: SessionNews): string[] {
  if (fromPackage === undefined) return [];
  return [packageIsOver ? changeWords.creditExpired(fromPackage.name) : changeWords.creditBack(fromPackage.name)];
}

/** What a late cancellation cost, for the practitioner, who may waive it (case 20). */
function lateTexts({ booking, cost }: SessionNews): string[] {
  if (booking.status !== "late_cancelled") return [];
  return [changeWords.lateNoted, ...(cost === undefined ? [] : [cost.text])];
}

function waysOn(news: SessionNews): Button<NoticeEvent>[] {
  const { role, cost, kind, request } = news;
  const open = button(noticeWords.openSession, { type: "session.wanted" });
  const isCancelled = kind === "session.cancelled" || (kind === "change.approved" && request?.kind === "cancel");
  if (role === "client")
    return isCancelled ? [button(noticeWords.bookAgain, { type: "again.wanted" }, "primary")] : [open];
  return [...(cost === undefined || !isCancelled ? [] : [button(cost.waive, { type: "cost.waived" })]), open];
}
