import type { Booking } from "../../domain/booking.ts";
import type { Money } from "../../domain/money.ts";
import { amountDue, type Payment } from "../../domain/payment.ts";
import { questionWords } from "../../words/questions.ts";
import { costOf } from "../booking/attendance.ts";
import { findPayment } from "../payments/payments.ts";
import type { Answerer, Asker } from "./asked.ts";
import { servicesMeant } from "./services.ts";
import { sessionMeant } from "./sessions.ts";

/** How far back unpaid sessions are looked for. */
const backMs = 180 * 86_400_000;
const mostBookings = 50;
const unpaidStates: readonly Payment["state"][] = ["held", "link_sent", "failed"];
const owing = ["requested", "proposed", "confirmed", "completed", "no_show", "late_cancelled"] as const;

/** A session with an amount that is not paid. */
interface Open {
  readonly booking: Booking;
  readonly amount: Money;
}

/** What a client has to pay: for the session on the card, else for all their sessions. */
export const answerOwed: Answerer = async (asker, asked) => {
  const { actor, books, practice } = asker;
  if (actor.kind !== "client") return answerUnpaid(asker, asked);
  const onCard = asked.subject.bookingId === undefined ? undefined : await sessionMeant(asker, asked);
  if (onCard?.status === "held") return { sentences: [questionWords.payRule(ruleOf(onCard), practice.locale)] };
  const [service] = await servicesMeant(asker, asked);
  if (service !== undefined && onCard === undefined) {
    const rule = service.payment === "none" ? ("at_practice" as const) : service.payment;
    const due = service.price === undefined ? undefined : { amount: service.price, rule };
    const covered = asked.subject.clientPackageId !== undefined;
    return { sentences: [covered ? questionWords.payByPackage : questionWords.payRule(due, practice.locale)] };
  }
  const filter = { statuses: owing, fromMs: asker.nowMs - backMs, order: "asc", limit: mostBookings } as const;
  const open = await openAmounts(asker, await books.bookings.listForClient(practice.id, actor.clientId, filter));
  if (open.length === 0) return { sentences: [questionWords.oweNothing] };
  const lines = open.map(({ booking, amount }) => questionWords.oweLine(booking, amount, asker.reader));
  const [first] = open;
  return {
    sentences: [[questionWords.oweThese, ...lines].join("\n")],
    ...(first === undefined ? {} : { next: { to: "session", bookingId: first.booking.id } as const }),
  };
};

/** How one pays here. */
export const answerHowToPay: Answerer = async (asker, asked) => {
  const [service] = await servicesMeant(asker, asked);
  const rules = new Set(
    (service === undefined ? await asker.books.catalogue.listServices(asker.practice.id) : [service])
      .filter(({ price, visibility }) => price !== undefined && visibility === "listed")
      .map(({ payment }) => payment),
  );
  const byCard = asker.takesPayments === true && (rules.has("at_request") || rules.has("after_approval"));
  const sentences = [
    ...(byCard ? [questionWords.payByCard(rules.has("at_request"))] : []),
    ...(!byCard || rules.has("none") ? [questionWords.payAtPractice(asker.practice.contact)] : []),
  ];
  return { sentences };
};

/** Who has not paid this practitioner, as far as payments are kept here. */
export const answerUnpaid: Answerer = async (asker) => {
  const { actor, books, practice } = asker;
  if (actor.kind !== "practitioner") return { sentences: [questionWords.oweNothing] };
  const filter = { statuses: owing, fromMs: asker.nowMs - backMs, order: "asc", limit: mostBookings } as const;
  const open = await openAmounts(
    asker,
    await books.bookings.listForPractitioner(practice.id, actor.practitionerId, filter),
  );
  if (open.length === 0) return { sentences: [questionWords.allPaid] };
  const clients = new Map((await books.people.listClients(practice.id)).map(({ id, name }) => [id, name]));
  const lines = open.map(({ booking, amount }) =>
    questionWords.unpaidLine(clients.get(booking.clientId) ?? "", booking, amount, asker.reader),
  );
  const [first] = open;
  return {
    sentences: [[questionWords.unpaidAre, ...lines].join("\n")],
    ...(first === undefined ? {} : { next: { to: "session", bookingId: first.booking.id } as const }),
  };
};

/** What a draft costs and when it is paid; undefined: nothing is due. */
function ruleOf(booking: Booking) {
  const amount = amountDue(booking) ?? (booking.clientPackageId === undefined ? booking.frozen.price : undefined);
  return amount === undefined ? undefined : { amount, rule: booking.frozen.payment ?? ("at_practice" as const) };
}

/** Unpaid card payments of confirmed sessions, and open late fees. */
async function openAmounts({ books }: Asker, bookings: readonly Booking[]): Promise<readonly Open[]> {
  const open: Open[] = [];
  for (const booking of bookings) {
    const payment = await findPayment(books, booking.id);
    const isDue = payment !== undefined && unpaidStates.includes(payment.state) && booking.status !== "late_cancelled";
    if (isDue) open.push({ booking, amount: { minor: payment.amountMinor, currency: payment.currency } });
    const cost = await costOf(books, booking);
    if (cost?.kind === "fee") open.push({ booking, amount: cost.amount });
  }
  return open;
}
