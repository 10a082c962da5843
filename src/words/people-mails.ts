import { moment, type Reader } from "./instants.ts";

/** The data of an invitation mail. */
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

/** Subject and text of an invitation (D7.1): how to join, and until when. */
export function invitationMailWords(matter: InvitationMatter): { subject: string; text: string } {
  const { practice, contact, client, practitioner, code, link, untilMs, reader } = matter;
  return {
    subject: `${practice} invites you to book in chat`,
    text: [
      `Hello ${client},`,
      `${practitioner} invites you to book your sessions at ${practice} in chat.`,
      `Open the chat with the desk and type this code: ${code}`,
      `Or open this page for instructions: ${link}`,
      `The code works once, until ${moment(untilMs, reader)}. It is for you only, so please do not share it.`,
      `If you did not expect this, you can ignore it. Questions? Reach ${practice} at ${contact}.`,
    ].join("\n\n"),
  };
}
