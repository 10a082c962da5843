import { moment, type Reader } from "./instants.ts";

/** What the mail that asks a client in may speak of. */
export interface InvitationMatter {
  readonly practice: string;
  readonly contact: string;
  readonly client: string;
  readonly practitioner: string;
  readonly code: string;
  readonly link: string;
  readonly untilMs: number;
  readonly reader: Reader;
}

/** Subject and text of an invitation (D7.1): how to come in, and until when. */
export function invitationMailWords(matter: InvitationMatter): { subject: string; text: string } {
  const { practice, contact, client, practitioner, code, link, untilMs, reader } = matter;
  return {
    subject: `${practice} invites you to book in chat`,
    text: [
      `Hello ${client},`,
      `${practitioner} invites you to ask for your sessions at ${practice} in chat.`,
      `Open the chat with the desk and type this code: ${code}`,
      `Or open this page, which tells you how: ${link}`,
      `The code works once, until ${moment(untilMs, reader)}. It is yours alone: please pass it on to nobody.`,
      `If you did not expect this, you need not do anything. Questions? Reach ${practice} at ${contact}.`,
    ].join("\n\n"),
  };
}
