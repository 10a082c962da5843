import type { Invitation } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import { markOf } from "../../cards/secret.ts";
import type { Client } from "../../domain/practice.ts";
import { newId } from "../../ids.ts";
import type { Mail } from "../../ports/mailer.ts";
import { invitationMailWords } from "../../words/people-mails.ts";
import type { Desk } from "../desk.ts";

/** Queues the invitation mail: a link, and a code for clients who are in the chat already. */
export async function mailInvitation(
  desk: Desk,
  asked: {
    readonly invitation: Invitation;
    readonly client: Client;
    readonly codeId: string;
    readonly code: SecretRef;
    readonly link: SecretRef;
  },
): Promise<void> {
  const { invitation, client, codeId, code, link } = asked;
  const { practiceId } = invitation;
  const practice = await desk.books.practices.get(practiceId);
  const practitioner = await desk.books.people.findPractitioner(practiceId, invitation.practitionerId);
  const { subject, text } = invitationMailWords({
    practice: practice.name,
    contact: practice.contact,
    client: client.name,
    practitioner: practitioner?.name ?? practice.name,
    code: markOf(code),
    link: markOf(link),
    untilMs: invitation.expiresAtMs,
    reader: { zone: client.timezone ?? practice.timezone, locale: practice.locale },
  });
  const mail: Mail = {
    practiceId,
    bookingId: "",
    invitationId: invitation.id,
    to: { name: client.name, address: client.email },
    from: { name: practice.name },
    subject,
    text,
    messageKey: `${invitation.id}.${codeId}`,
    secrets: [code, link],
  };
  await desk.books.outbox.add({
    id: newId("ob"),
    practiceId,
    kind: "mail",
    service: "mail",
    lane: `mail:${invitation.id}`,
    dedupeKey: `mail:invitation:${mail.messageKey}`,
    payload: JSON.stringify(mail),
    queuedAtMs: desk.realNowMs,
  });
}
