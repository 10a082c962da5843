import type { SendMailOptions } from "nodemailer";
import type { Mail } from "../../src/ports/mailer.ts";
import { cleanLine, cleanText, isAddress } from "./clean.ts";
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
 * text. Refuses a recipient that is not exactly one address.
 */
export function composeMail(mail: Mail, from: MailFrom): ComposedMail | { readonly refusal: "address-invalid" } {
  if (!isAddress(mail.to.address)) return { refusal: "address-invalid" };
  const domain = domainOf(from.address);
  const subject = cleanLine(mail.subject, longest.subject);
  const text = `${cleanText(mail.text, longest.text)}\n`;
  const ics = mail.invitation === undefined ? undefined : icsOf(mail.invitation, { address: from.address, domain });
  const thread =
    mail.threadKey === undefined || mail.threadKey === mail.messageKey ? undefined : idOf(mail.threadKey, domain);
  const replyTo = mail.replyTo !== undefined && isAddress(mail.replyTo) ? mail.replyTo : undefined;
  const message: SendMailOptions = {
    from: { name: cleanLine(mail.from.name, longest.name) || from.name, address: from.address },
    to: { name: cleanLine(mail.to.name, longest.name), address: mail.to.address },
    // The envelope is built from validated addresses, so injected headers cannot add recipients.
    envelope: { from: from.address, to: [mail.to.address] },
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
    ...(ics === undefined
      ? {}
      : { icalEvent: { method: mail.invitation?.method, filename: "invite.ics", content: ics } }),
  };
  return { message, subject, text, ...(ics === undefined ? {} : { ics }) };
}

const longest = { subject: 200, name: 100, text: 20_000 };

/** The domain of an address: `example.com` for `desk@example.com`. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** A Message-ID may not contain colons, spaces or brackets. They are percent-encoded, so that different keys stay different. */
function idOf(key: string, domain: string): string {
  const safe = key.replace(/[^A-Za-z0-9_-]/gu, (character) => `%${(character.codePointAt(0) ?? 0).toString(16)}`);
  return `<${safe}@${domain}>`;
}
