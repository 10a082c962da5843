import { createTransport } from "nodemailer";
import type { Mailer, MailOutcome } from "../../src/ports/mailer.ts";
import { composeMail, type MailFrom } from "./mail.ts";

/** Time limits in ms. A whole send ends within `total`. */
export interface SmtpTimeouts {
  readonly connect: number;
  readonly greeting: number;
  /** Longest silence during a session. */
  readonly silence: number;
  readonly total: number;
}

const defaultTimeouts: SmtpTimeouts = { connect: 10_000, greeting: 10_000, silence: 20_000, total: 45_000 };

/**
 * Sends mail to the server of `url` (`smtp://` or `smtps://`, with `user:password@`), one connection per mail. A 5xx reply
 * about the sender, the recipient or the message is permanent; a 4xx, a failed login and network errors are retryable.
 * Never throws.
 */
export function openSmtpMailer(options: {
  readonly url: string;
  readonly from: MailFrom;
  readonly timeouts?: Partial<SmtpTimeouts>;
}): Mailer {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const transport = createTransport({
    url: options.url,
    pool: false,
    connectionTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.silence,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      const composed = composeMail(mail, options.from);
      if ("refusal" in composed) return { ok: false, permanent: true, error: composed.refusal };
      try {
        await transport.sendMail({ ...composed.message, signal: AbortSignal.timeout(timeouts.total) });
        return { ok: true };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** The server's reply may quote the address, so only codes are kept: `EENVELOPE:550:5.1.1`. */
function outcomeOf(error: unknown): MailOutcome & { ok: false } {
  if (!(error instanceof Error)) return { ok: false, permanent: false, error: "unknown" };
  const { code, responseCode, response, permanent }: SmtpError = error;
  const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? "")?.[1];
  const aboutThisMail = code === "EENVELOPE" || code === "EMESSAGE";
  return {
    ok: false,
    permanent: permanent === true && aboutThisMail,
    error: [code ?? error.name, responseCode, detail].filter((part) => part !== undefined).join(":"),
  };
}

/** Fields that nodemailer adds to an error. */
type SmtpError = Error & { code?: string; responseCode?: number; response?: string; permanent?: boolean };
