import MailComposer from "nodemailer/lib/mail-composer";
import { given } from "../../src/given.ts";
import type { Mailer, MailTray } from "../../src/ports/mailer.ts";
import { composeMail, type MailFrom } from "./mail.ts";

/** Options of the mailer without a server, which stores mails in the tray of the local page. */
export interface TrayMailerOptions {
  readonly tray: MailTray;
  readonly from: MailFrom;
  /** The desk's clock, epoch ms. */
  readonly clock: { now(): number };
  /** Called after each mail is stored, so that open pages show it. */
  readonly mailArrived: () => void;
}

/**
 * Stores mails in the tray under the outbox row's id, so that a repeated send stores one mail. The MIME message is built
 * as for a real server, so that a mail that could not be sent fails here too.
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
        ...given({ ics }),
      });
      mailArrived();
      return { ok: true };
    },
  };
}
