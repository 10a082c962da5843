import type { SecretRef } from "../cards/card.ts";

/** A platform-neutral e-mail with one recipient. The adapter converts it to MIME. */
export interface Mail {
  /** The practice and booking the mail is about, for the tray and for failure notices. */
  readonly practiceId: string;
  readonly bookingId: string;
  /** Set on an invitation mail, which is about no booking. */
  readonly invitationId?: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly from: { readonly name: string };
  /** Reply address: the practice. */
  readonly replyTo?: string;
  readonly subject: string;
  /**
   * The desk's address when the booking was made: the organiser of its invitation, and the domain of its UID and of all
   * Message-IDs about it. Absent: the present sender's.
   */
  readonly organizer?: string;
  /** Plain text, paragraphs separated by an empty line. */
  readonly text: string;
  /** Deterministic per booking and sequence; without angle brackets and domain. */
  readonly messageKey: string;
  /** The key of the booking's first mail, which starts the mail thread. */
  readonly threadKey?: string;
  readonly invitation?: Invitation;
  /** Links and codes whose marks stand in the text and in the invitation's description, until the mail is sent (R9). */
  readonly secrets?: readonly SecretRef[];
}

/** Contents of the .ics attachment (RFC 5545, RFC 5546). Instants are epoch ms, written as UTC. */
export interface Invitation {
  readonly method: "REQUEST" | "CANCEL";
  /** `<booking id>`; the adapter appends the organiser's domain. Stable for the booking's lifetime. */
  readonly uid: string;
  readonly sequence: number;
  /** When this revision was created: DTSTAMP. */
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
  /** `permanent`: the address or message was rejected for good (SMTP 5xx). Otherwise a retry may succeed. */
  | { readonly ok: false; readonly permanent: boolean; readonly error: string };

/** Sends mail. Failures are outcomes, never exceptions. */
export interface Mailer {
  /** `mailId` is the outbox row's id. A repeated send reuses the Message-ID, so that receivers can deduplicate. */
  send(mail: Mail, mailId: string): Promise<MailOutcome>;
}

/** A mail stored for the local page when no SMTP server is configured. */
export interface TrayMail {
  readonly id: string;
  readonly sentAtMs: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The .ics text, if the mail carries an invitation. */
  readonly ics?: string;
}

/** Stores mails when no server is configured. Sorted by time, newest last. Adding an existing id changes nothing. */
export interface MailTray {
  add(mail: TrayMail): Promise<void>;
  list(): Promise<readonly TrayMail[]>;
}
