import { domainToASCII } from "node:url";
import type { SendMailOptions } from "nodemailer";
import { isEmailAddress } from "../../src/domain/email-address.ts";
import type { Invitation, Mail } from "../../src/ports/mailer.ts";
import { cleanLine, cleanText } from "./clean.ts";
import { htmlOf } from "./html.ts";
import { icsOf } from "./invitation.ts";

/** Who the desk writes as: MAIL_FROM in its two halves. */
export interface MailFrom {
  readonly name: string;
  readonly address: string;
}

/** A mail ready for nodemailer, with the parts the tray keeps. */
export interface ComposedMail {
  readonly message: SendMailOptions;
  readonly subject: string;
  readonly text: string;
  /** The .ics text, when the mail carries an invitation. */
  readonly ics?: string;
}

/**
 * Makes a nodemailer message of a neutral mail: one recipient; the practice's or practitioner's name on the desk's
 * own address; a Message-ID that is the same at each attempt; the invitation as a calendar part whose MIME method
 * is that of its text. Refuses an address that is not exactly one.
 */
export function composeMail(mail: Mail, from: MailFrom): ComposedMail | { readonly refusal: "address-invalid" } {
  const to = deliverable(mail.to.address);
  if (to === undefined) return { refusal: "address-invalid" };
  const sender = withAsciiDomain(from.address);
  const domain = domainOf(sender);
  const subject = cleanLine(mail.subject, longest.subject);
  const text = `${cleanText(mail.text, longest.text)}\n`;
  const invitation = mail.invitation && withAsciiAttendee(mail.invitation);
  const ics = invitation === undefined ? undefined : icsOf(invitation, { address: sender, domain });
  const thread =
    mail.threadKey === undefined || mail.threadKey === mail.messageKey ? undefined : idOf(mail.threadKey, domain);
  const replyTo = mail.replyTo === undefined ? undefined : deliverable(mail.replyTo);
  const message: SendMailOptions = {
    from: { name: cleanLine(mail.from.name, longest.name) || from.name, address: sender },
    to: { name: cleanLine(mail.to.name, longest.name), address: to },
    // An explicit envelope: recipients that slip into a header get no copy.
    envelope: { from: sender, to: [to] },
    subject,
    text,
    html: htmlOf(text.trimEnd()),
    messageId: idOf(mail.messageKey, domain),
    // Mail programs and out-of-office robots answer no automatic mail (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    ...(replyTo === undefined ? {} : { replyTo: { name: "", address: replyTo } }),
    ...(thread === undefined ? {} : { inReplyTo: thread, references: [thread] }),
    ...(ics === undefined ? {} : { icalEvent: { method: invitation?.method, filename: "invite.ics", content: ics } }),
  };
  return { message, subject, text, ...(ics === undefined ? {} : { ics }) };
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

/** The domain of an address: `example.com` of `desk@example.com`. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** A Message-ID holds no colon, space or bracket: such characters are written as their code, so two keys never meet. */
function idOf(key: string, domain: string): string {
  const safe = key.replace(/[^A-Za-z0-9_-]/gu, (character) => `%${(character.codePointAt(0) ?? 0).toString(16)}`);
  return `<${safe}@${domain}>`;
}
