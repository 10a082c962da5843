import type { SendMailOptions } from "nodemailer";
import type { Mail } from "../../src/ports/mailer.ts";
import { cleanLine, cleanText, isAddress } from "./clean.ts";
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
    // The envelope is ours, whatever the headers hold: nobody else gets a copy.
    envelope: { from: from.address, to: [mail.to.address] },
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
    ...(ics === undefined
      ? {}
      : { icalEvent: { method: mail.invitation?.method, filename: "invite.ics", content: ics } }),
  };
  return { message, subject, text, ...(ics === undefined ? {} : { ics }) };
}

const longest = { subject: 200, name: 100, text: 20_000 };

/** `Frontdesk <desk@example.com>` is at home in `example.com`. */
function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** A Message-ID holds no colon, space or bracket: such characters are written as their code, so two keys never meet. */
function idOf(key: string, domain: string): string {
  const safe = key.replace(/[^A-Za-z0-9_-]/gu, (character) => `%${(character.codePointAt(0) ?? 0).toString(16)}`);
  return `<${safe}@${domain}>`;
}
