import { domainToASCII } from "node:url";
import type { SendMailOptions } from "nodemailer";
import { isEmailAddress } from "../../src/domain/email-address.ts";
import { given } from "../../src/given.ts";
import type { Invitation, Mail } from "../../src/ports/mailer.ts";
import { cleanLine, cleanText } from "./clean.ts";
import { htmlOf } from "./html.ts";
import { icsOf } from "./invitation.ts";

/** The sender, parsed from MAIL_FROM. */
export interface MailFrom {
  readonly name: string;
  readonly address: string;
}

/** A composed nodemailer message, with the fields that the tray stores. */
export interface ComposedMail {
  readonly message: SendMailOptions;
  readonly subject: string;
  readonly text: string;
  /** The .ics text, if the mail carries an invitation. */
  readonly ics?: string;
}

/**
 * Converts a neutral mail into a nodemailer message: one recipient; the practice's or practitioner's name with the desk's
 * own address; the same Message-ID on every attempt; the invitation as a calendar part whose MIME method matches its
 * text, from the booking's own organiser (V8). Refuses a recipient that is not exactly one address.
 */
export function composeMail(mail: Mail, from: MailFrom): ComposedMail | { readonly refusal: "address-invalid" } {
  const to = deliverable(mail.to.address);
  if (to === undefined) return { refusal: "address-invalid" };
  const sender = withAsciiDomain(from.address);
  const organizer = withAsciiDomain(mail.organizer ?? from.address);
  const domain = domainOf(organizer);
  const subject = cleanLine(mail.subject, longest.subject);
  const text = `${cleanText(mail.text, longest.text)}\n`;
  const invitation = mail.invitation && withAsciiAttendee(mail.invitation);
  const ics = invitation === undefined ? undefined : icsOf(invitation, { address: organizer, domain });
  const thread =
    mail.threadKey === undefined || mail.threadKey === mail.messageKey ? undefined : idOf(mail.threadKey, domain);
  const replyTo = mail.replyTo === undefined ? undefined : deliverable(mail.replyTo);
  const message: SendMailOptions = {
    from: { name: cleanLine(mail.from.name, longest.name) || from.name, address: sender },
    to: { name: cleanLine(mail.to.name, longest.name), address: to },
    // The envelope is built from validated addresses, so injected headers cannot add recipients.
    envelope: { from: sender, to: [to] },
    subject,
    text,
    html: htmlOf(text.trimEnd()),
    messageId: idOf(mail.messageKey, domain),
    // Stops auto-replies and out-of-office messages (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    ...(replyTo === undefined ? {} : { replyTo: { name: "", address: replyTo } }),
    ...(thread === undefined ? {} : { inReplyTo: thread, references: [thread] }),
    ...(ics === undefined ? {} : { icalEvent: { method: invitation?.method, filename: "invite.ics", content: ics } }),
  };
  return { message, subject, text, ...given({ ics }) };
}

const longest = { subject: 200, name: 100, text: 20_000 };

/** The address with its domain in ASCII, as SMTP servers without SMTPUTF8 need it; undefined for what is not one address. */
function deliverable(address: string): string | undefined {
  return isEmailAddress(address) ? withAsciiDomain(address) : undefined;
}

/** `info@münchen.example` → `info@xn--mnchen-3ya.example`; the local part stays as it is (RFC 5890, RFC 6531). */
function withAsciiDomain(address: string): string {
  const domain = domainOf(address);
  return `${address.slice(0, address.length - domain.length)}${domainToASCII(domain)}`;
}

function withAsciiAttendee(invitation: Invitation): Invitation {
  const { name, address } = invitation.attendee;
  return { ...invitation, attendee: { name, address: deliverable(address) ?? address } };
}

/** The domain of an address: `example.com` for `desk@example.com`. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** A Message-ID may not contain colons, spaces or brackets. They are percent-encoded, so that different keys stay different. */
function idOf(key: string, domain: string): string {
  const safe = key.replace(/[^A-Za-z0-9_-]/gu, (character) => `%${(character.codePointAt(0) ?? 0).toString(16)}`);
  return `<${safe}@${domain}>`;
}
