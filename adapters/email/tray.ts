import MailComposer from "nodemailer/lib/mail-composer";
import type { Mailer, MailTray } from "../../src/ports/mailer.ts";
import { composeMail, type MailFrom } from "./mail.ts";

/** A mailer without a server: what would have been sent is kept in the tray of the local page. */
export interface TrayMailerOptions {
  readonly tray: MailTray;
  readonly from: MailFrom;
  /** Epoch ms of the desk's clock. */
  readonly clock: { now(): number };
  /** Told after each mail is kept, so that an open page can show it. */
  readonly mailArrived: () => void;
}

/**
 * Keeps mails in the tray, under the outbox row's id: the same row twice is one mail. The MIME message is built as
 * for a server, so that what cannot be sent does not look sent here.
 */
export function openTrayMailer({ tray, from, clock, mailArrived }: TrayMailerOptions): Mailer {
  return {
    async send(mail, mailId) {
      const composed = composeMail(mail, from);
      if ("refusal" in composed) return { ok: false, permanent: true, error: composed.refusal };
      await new MailComposer(composed.message).compile().build();
      const { subject, text, ics } = composed;
      await tray.add({
        id: mailId,
        sentAtMs: clock.now(),
        to: mail.to.address,
        subject,
        text,
        ...(ics === undefined ? {} : { ics }),
      });
      mailArrived();
      return { ok: true };
    },
  };
}
