import type { Booking } from "../../domain/booking.ts";
import type { Money } from "../../domain/money.ts";
import { amountDue, type Payment } from "../../domain/payment.ts";
import { diaryWords } from "../../words/diary.ts";
import { questionWords } from "../../words/questions.ts";
import { costOf } from "../booking/attendance.ts";
import { findPayment } from "../payments/payments.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { clientMeant } from "./clients.ts";
import { methodsMeant } from "./service-terms.ts";
import { servicesMeant } from "./services.ts";
import { comingStatuses, diariesMeant, isMeant, otherSide, sessionPointedAt, sessionsIn } from "./sessions.ts";

/** How far back unpaid sessions are looked for. */
const backMs = 180 * 86_400_000;
/** A list of amounts is cut here. */
const mostLines = 12;
const unpaidStates: readonly Payment["state"][] = ["held", "link_sent", "failed", "lapsed"];
const owing = ["confirmed", "completed", "no_show", "late_cancelled"] as const;

/** A session with an amount that is not paid. */
interface Open {
  readonly booking: Booking;
  readonly amount: Money;
}

/** What a client has to pay: for the session or service on the card, else for all their sessions. */
export const answerOwed: Answerer = async (asker, asked) => {
  const { actor, practice } = asker;
  if (actor.kind !== "client") return answerUnpaid(asker, asked);
  const booking = await sessionPointedAt(asker, asked);
  if (booking !== undefined) return { sentences: [await duesOf(asker, booking)] };
  const open = await openAmounts(asker, asked);
  const [first] = open;
  if (first !== undefined) {
    const lines = open.map((one) => questionWords.oweLine(one.booking, one.amount, asker.reader));
    return {
      sentences: [questionWords.oweThese(lines.slice(0, mostLines), lines.length - mostLines)],
      next: { to: "session", bookingId: first.booking.id },
    };
  }
  const [service] = await servicesMeant(asker, asked);
  if (service !== undefined) {
    if (asked.services.length === 0 && asked.subject.clientPackageId !== undefined)
      return { sentences: [questionWords.payByPackage] };
    const amount = methodsMeant(service, asked)[0]?.price ?? service.price;
    const rule = asker.takesPayments !== true || service.payment === "none" ? "at_practice" : service.payment;
    return { sentences: [questionWords.payRule(amount, rule, practice.locale)] };
  }
  const coming = await sessionsIn(asker, asked, { fromMs: asker.nowMs, statuses: comingStatuses });
  const atPractice = coming.some((one) => one.clientPackageId === undefined && isPaidAtPractice(one));
  return { sentences: [questionWords.oweNothing, ...(atPractice ? [questionWords.restAtPractice] : [])] };
};

/** What is to be paid for one session, and when. */
async function duesOf({ books, practice }: Asker, booking: Booking): Promise<string> {
  const { frozen, clientPackageId } = booking;
  const { locale } = practice;
  const cost = await costOf(books, booking);
  if (cost?.kind === "fee") return questionWords.feeOpen(cost.amount, locale);
  if (clientPackageId !== undefined) return questionWords.payByPackage;
  if (isPaidAtPractice(booking)) return questionWords.payRule(frozen.price, "at_practice", locale);
  const payment = await findPayment(books, booking.id);
  const amount = payment && { minor: payment.amountMinor, currency: payment.currency };
  if (payment?.state === "paid" || payment?.state === "capturing") return questionWords.isPaid(amount, locale);
  if (payment?.state === "authorised") return questionWords.isAuthorised(amount, locale);
  return questionWords.payRule(amountDue(booking), frozen.payment ?? "at_practice", locale);
}

function isPaidAtPractice({ frozen }: Booking): boolean {
  return frozen.price !== undefined && (frozen.payment === undefined || frozen.payment === "at_practice");
}

/** How one pays here. */
export const answerHowToPay: Answerer = async (asker, asked) => {
  const { books, practice, takesPayments } = asker;
  const booking = await sessionPointedAt(asker, asked);
  if (asker.actor.kind === "client" && booking !== undefined && booking.status !== "held")
    return { sentences: [await duesOf(asker, booking)], next: { to: "session", bookingId: booking.id } };
  const meant = await servicesMeant(asker, asked);
  const all = meant.length > 0 ? meant : await books.catalogue.listServices(practice.id);
  const rules = new Set(
    all
      .filter(({ price, visibility }) => price !== undefined && visibility !== "archived")
      .map(({ payment }) => payment),
  );
  const byCard = takesPayments === true && (rules.has("at_request") || rules.has("after_approval"));
  if (!byCard) return { sentences: [questionWords.payAtPractice(practice.contact)] };
  return {
    sentences: [
      questionWords.payByCard(rules.has("at_request")),
      ...(rules.has("none") ? [questionWords.someAtPractice] : []),
    ],
  };
};

/** Who has not paid this practitioner, or as an admin the practice, as far as payments are kept here. */
export const answerUnpaid: Answerer = async (asker, asked) => {
  const { actor, books, practice } = asker;
  if (actor.kind !== "practitioner") return answerOwed(asker, asked);
  const isAboutClient = asked.clients.length > 0;
  const meant = isAboutClient ? await clientMeant(asker, asked) : undefined;
  if (meant?.ok === false) return meant.answer;
  const all = (await books.people.listPractitioners(practice.id)).map(({ id }) => id);
  const scope = actor.admin && asked.practitioners.length === 0 ? { ...asked, practitioners: all } : asked;
  if (diariesMeant(asker, scope) === undefined) return notYourDiary;
  const open = await openAmounts(asker, scope);
  const [first] = open;
  if (first === undefined) return { sentences: [questionWords.allPaid(meant?.client.name)] };
  const lines: string[] = [];
  for (const { booking, amount } of open.slice(0, mostLines))
    lines.push(questionWords.unpaidLine(await otherSide(asker, booking), booking, amount, asker.reader));
  return {
    sentences: [questionWords.oweThese(lines, open.length - lines.length)],
    next: { to: "session", bookingId: first.booking.id },
  };
};

const notYourDiary: Answer = { sentences: [diaryWords.notYourDiary] };

/** Card payments of confirmed sessions that are not made, and open late fees; the earliest first. */
async function openAmounts(asker: Asker, asked: Asked): Promise<readonly Open[]> {
  const { books, nowMs } = asker;
  const range = asked.span ?? { fromMs: nowMs - backMs };
  const open: Open[] = [];
  for (const booking of await sessionsIn(asker, asked, { ...range, statuses: owing })) {
    if (!isMeant(booking, asked)) continue;
    const mayBeDue = booking.status !== "late_cancelled" && amountDue(booking) !== undefined;
    const payment = mayBeDue ? await findPayment(books, booking.id) : undefined;
    if (payment !== undefined && unpaidStates.includes(payment.state))
      open.push({ booking, amount: { minor: payment.amountMinor, currency: payment.currency } });
    const cost = await costOf(books, booking);
    if (cost?.kind === "fee") open.push({ booking, amount: cost.amount });
  }
  return open;
}
