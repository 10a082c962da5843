/** An e-mail in neutral words; the adapter makes MIME of it. One recipient each. */
export interface Mail {
  /** Who it is about, for the tray and for telling the practitioner of a failure. */
  readonly practiceId: string;
  readonly bookingId: string;
  /** The invitation a mail asks somebody in by; such a mail is about no booking. */
  readonly invitationId?: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly from: { readonly name: string };
  /** Where answers go: the practice. */
  readonly replyTo?: string;
  readonly subject: string;
  /** Plain text, paragraphs separated by an empty line. */
  readonly text: string;
  /** Deterministic, per booking and sequence, without angle brackets or domain. */
  readonly messageKey: string;
  /** The key of the booking's first mail, for the thread. */
  readonly threadKey?: string;
  readonly invitation?: Invitation;
}

/** What becomes the .ics of a mail (RFC 5545, RFC 5546). Instants in epoch ms, written as UTC. */
export interface Invitation {
  readonly method: "REQUEST" | "CANCEL";
  /** `<booking id>`; the adapter adds the domain. The same for the booking's whole life. */
  readonly uid: string;
  readonly sequence: number;
  /** When this revision was made: DTSTAMP. */
  readonly revisedAtMs: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly title: string;
  readonly description: string;
  readonly location?: string;
  readonly organizerName: string;
  readonly attendee: { readonly name: string; readonly address: string };
}

export type MailOutcome =
  | { readonly ok: true }
  /** `permanent`: the address or the message is refused for good (SMTP 5xx); else try later. */
  | { readonly ok: false; readonly permanent: boolean; readonly error: string };

/** Sends mail; refusals are outcomes, never exceptions. */
export interface Mailer {
  /** `mailId` is the outbox row: sending the same again leaves one mail where the receiver can tell. */
  send(mail: Mail, mailId: string): Promise<MailOutcome>;
}

/** A mail as it went out, kept for the local page when no SMTP server is configured. */
export interface TrayMail {
  readonly id: string;
  readonly sentAtMs: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The .ics text, when the mail carries an invitation. */
  readonly ics?: string;
}

/** Where mails without a server go. Newest last. Adding the same id again changes nothing. */
export interface MailTray {
  add(mail: TrayMail): Promise<void>;
  list(): Promise<readonly TrayMail[]>;
}
