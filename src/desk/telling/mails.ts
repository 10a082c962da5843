import type { ChangeRequest } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import { markOf } from "../../cards/secret.ts";
import type { Booking } from "../../domain/booking.ts";
import { isEmailAddress } from "../../domain/email-address.ts";
import type { Money } from "../../domain/money.ts";
import { amountDue } from "../../domain/payment.ts";
import type { Client, Practice, Practitioner } from "../../domain/practice.ts";
import { given } from "../../given.ts";
import { newId } from "../../ids.ts";
import type { Invitation, Mail } from "../../ports/mailer.ts";
import { type MailKind, type MailMatter, mailWords } from "../../words/mails.ts";
import { planMailWords, practitionerPlanMailWords } from "../../words/plan.ts";
import { type PractitionerNews, practitionerMailWords, practitionerNewsWords } from "../../words/practitioner-mails.ts";
import { joinLink } from "../booking/join-url.ts";
import type { Desk } from "../desk.ts";
import { findPayment, payLink } from "../payments/payments.ts";
import { clientZone } from "../people/zones.ts";

/**
 * Queues the client's mail about a booking; `which` separates several of a kind, `change` is the change request it is
 * about. Contains no form answer, price or private service name.
 */
export async function mailClient(
  desk: Desk,
  booking: Booking,
  kind: MailKind,
  which = "",
  change?: ChangeRequest,
): Promise<void> {
  const { practice, practitioner, client } = await matterOf(desk, booking);
  const zone = await clientZone(desk.books, practice, client);
  const proposed = kind === "proposed" ? await desk.books.changes.listProposals(booking.id, "open") : undefined;
  const due = kind === "confirmed" || kind === "moved" ? await dueFor(desk, booking) : undefined;
  const pay = due && { amount: due.amount, url: markOf(due.link) };
  const join = booking.joinUrl === undefined ? undefined : joinLink(booking);
  const secrets = [join, due?.link].filter((one) => one !== undefined);
  const matter: MailMatter = {
    // The words show the mark of the link, which the sender replaces.
    booking: join === undefined ? booking : { ...booking, joinUrl: markOf(join) },
    practice,
    practitioner,
    client,
    zone,
    ...given({ proposed, pay }),
    ...(change === undefined ? {} : { wish: { ...change, isExpired: change.state === "expired" } }),
  };
  const { subject, text } = mailWords(kind, matter);
  const mail: Mail = {
    practiceId: practice.id,
    bookingId: booking.id,
    to: { name: client.name, address: client.email },
    from: { name: practice.name },
    subject,
    text,
    ...replyTo(practice),
    messageKey: [booking.id, kind, booking.sequence, ...(which === "" ? [] : [which])].join("."),
    // An automatically confirmed session had no earlier mail.
    ...(kind === "requested" || booking.frozen.confirmation === "auto"
      ? {}
      : { threadKey: `${booking.planId ?? booking.id}.requested.0` }),
    ...organizerOf(booking),
    ...invitationFor(desk, kind, matter),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
  await queueMail(desk, kind, mail);
  await keepInvitedAddresses(desk, kind, mail);
}

/**
 * Remembers who has an invitation, and sends its cancellation also to addresses the client had before (V8): their calendars
 * would keep the session otherwise.
 */
async function keepInvitedAddresses(desk: Desk, kind: MailKind, mail: Mail): Promise<void> {
  const { practiceId, bookingId, invitation } = mail;
  if (invitation === undefined) return;
  if (invitation.method === "REQUEST")
    return desk.books.invitedAddresses.add(practiceId, bookingId, invitation.attendee.address);
  const invited = await desk.books.invitedAddresses.list(practiceId, bookingId);
  for (const [at, address] of invited.filter((one) => one !== mail.to.address).entries()) {
    await queueMail(desk, kind, {
      ...mail,
      to: { ...mail.to, address },
      messageKey: `${mail.messageKey}.earlier-address-${at}`,
      invitation: { ...invitation, attendee: { ...invitation.attendee, address } },
    });
  }
}

function organizerOf({ organizer }: Booking): Pick<Mail, "organizer"> {
  return given({ organizer });
}

/** Queues the client's single mail about the requested sessions of a plan. */
export async function mailPlan(desk: Desk, bookings: readonly Booking[], planId: string): Promise<void> {
  const [first] = bookings;
  if (first === undefined) return;
  const { practice, practitioner, client } = await matterOf(desk, first);
  const zone = await clientZone(desk.books, practice, client);
  await queueMail(desk, "requested", {
    practiceId: practice.id,
    bookingId: first.id,
    to: { name: client.name, address: client.email },
    from: { name: practice.name },
    ...planMailWords({ bookings, practice, practitioner, client, zone }),
    ...replyTo(practice),
    messageKey: `${planId}.requested.0`,
    ...organizerOf(first),
  });
}

/**
 * Queues the practitioner's mail about a waiting request or an automatically confirmed session, when chat did not reach
 * them.
 */
export async function mailPractitioner(desk: Desk, booking: Booking): Promise<void> {
  const { practice, practitioner, client } = await matterOf(desk, booking);
  const matter = { practice, practitioner, client, zone: practitioner.schedule.timezone };
  const { planId } = booking;
  const planned = planId === undefined ? [] : await desk.books.bookings.listOfPlan(practice.id, planId);
  const alike = planned.filter(({ status }) => status === booking.status);
  const { subject, text } =
    alike.length > 1
      ? practitionerPlanMailWords({ ...matter, bookings: alike })
      : practitionerMailWords({ ...matter, booking });
  await queueMail(desk, "unanswered", {
    practiceId: practice.id,
    bookingId: booking.id,
    to: { name: practitioner.name, address: practitioner.email },
    from: { name: practice.name },
    subject,
    text,
    messageKey: `${booking.id}.unanswered.${booking.version}`,
    ...organizerOf(booking),
  });
}

/** Queues the practitioner's mail about what `by` did to their session, when chat does not reach them. */
export async function mailPractitionerNews(
  desk: Desk,
  booking: Booking,
  news: PractitionerNews,
  by: string,
): Promise<void> {
  const { practice, practitioner, client } = await matterOf(desk, booking);
  const zone = practitioner.schedule.timezone;
  await queueMail(desk, "news", {
    practiceId: practice.id,
    bookingId: booking.id,
    to: { name: practitioner.name, address: practitioner.email },
    from: { name: practice.name },
    ...practitionerNewsWords(news, by, { booking, practice, practitioner, client, zone }),
    messageKey: `${booking.id}.${news.kind}.${booking.version}.${desk.nowMs}`,
    ...organizerOf(booking),
  });
}

/** Queues a mail; mails with the same `about` are sent in order, others do not wait for them. */
export async function queueMail(desk: Desk, kind: string, mail: Mail, about = mail.bookingId): Promise<void> {
  const dedupeKey = `mail:${kind}:${mail.messageKey}`;
  await desk.books.outbox.add({
    id: newId("ob"),
    practiceId: mail.practiceId,
    kind: "mail",
    service: "mail",
    lane: `mail:${about}:${mail.to.address}`,
    ...(mail.bookingId === "" ? {} : { bookingId: mail.bookingId }),
    dedupeKey,
    payload: JSON.stringify(mail),
    queuedAtMs: desk.realNowMs,
  });
}

async function matterOf(
  desk: Desk,
  booking: Booking,
): Promise<{ practice: Practice; practitioner: Practitioner; client: Client }> {
  const practice = await desk.books.practices.get(booking.practiceId);
  const practitioner = await desk.books.people.findPractitioner(practice.id, booking.practitionerId);
  const client = await desk.books.people.findClient(practice.id, booking.clientId);
  if (practitioner === undefined || client === undefined)
    throw new Error("booking refers to an unknown client or practitioner");
  return { practice, practitioner, client };
}

/** The open amount of a confirmed session and its pay link; undefined: nothing is due. */
async function dueFor(
  desk: Desk,
  booking: Booking,
): Promise<{ readonly amount: Money; readonly link: SecretRef } | undefined> {
  const amount = amountDue(booking);
  const payment = await findPayment(desk.books, booking.id);
  if (amount === undefined || payment === undefined || booking.frozen.payment !== "after_approval") return undefined;
  const link = await payLink(desk.books, booking);
  return link === undefined || payment.state === "paid" ? undefined : { amount, link };
}

/** Replies to a mail go to the practice where its contact is an e-mail address. */
export function replyTo(practice: Practice): { replyTo?: string } {
  return isEmailAddress(practice.contact) ? { replyTo: practice.contact } : {};
}

/** The invitation or its cancellation, for the mails that change a calendar. */
function invitationFor(desk: Desk, kind: MailKind, matter: MailMatter): { invitation?: Invitation } {
  if (kind === "cancelled") return { invitation: { ...invitationOf(desk, matter), method: "CANCEL" } };
  return kind === "confirmed" || kind === "moved" ? { invitation: invitationOf(desk, matter) } : {};
}

function invitationOf(desk: Desk, { booking, practitioner, client }: MailMatter): Invitation {
  const { location, publicName } = booking.frozen;
  return {
    method: "REQUEST",
    uid: booking.id,
    sequence: booking.sequence,
    revisedAtMs: desk.nowMs,
    startsAtMs: booking.startsAtMs,
    endsAtMs: booking.endsAtMs,
    title: `${publicName} with ${practitioner.name}`,
    description: booking.joinUrl === undefined ? "" : `Join: ${booking.joinUrl}`,
    ...(location === undefined ? {} : { location: `${location.name}, ${location.address}` }),
    organizerName: practitioner.name,
    attendee: { name: client.name, address: client.email },
  };
}
