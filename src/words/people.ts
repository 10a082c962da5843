import type { Standing } from "../domain/people.ts";
import { moment, type Reader } from "./instants.ts";

/** What a practitioner reads about their clients and those they invite. */
export const peopleWords = {
  title: "Clients",
  none: "There is no client yet. Type “invite” and an email address to ask somebody in.",
  hint: "Type a name to open it, or “invite ana@example.com” to ask somebody in.",
  invite: "Invite somebody",
  more: "More",
  first: "Back to the first",
  back: "Back",
  home: "Home",
  gone: "This client is not in your list.",
  email: "Email",
  status: "Status",
  chats: "Chats",
  noChat: "none yet",
  coming: "Upcoming sessions",
  noneComing: "none",
  unreachable: "cannot be reached",
  sendInvitation: "Send an invitation",
  sendAgain: "Send it again",
  copyLink: "Copy a link",
  revoke: "Take it back",
  deactivate: "Deactivate",
  reactivate: "Let in again",
  message: "Send a message",
  invited: "The invitation is on its way.",
  revoked: "The invitation was taken back.",
  reactivated: "They can use the desk again, in the chats they had.",
  linkTitle: (name: string) => `A link for ${name}`,
  linkText: (link: string) => `Hand this to them yourself: ${link}`,
  linkHint: "Whoever has it can come in as this client: it is shown this once, and works once.",
  done: "Done",
  deactivateTitle: (name: string) => `Deactivate ${name}?`,
  deactivateText: (name: string) =>
    `${name} will see nothing but the practice's contact. Their sessions stay in your list, and you can let them in again.`,
  deactivateComing: "These sessions stay booked:",
  yesDeactivate: "Yes, deactivate",
  keep: "Leave it as it is",
  deactivatedTitle: (name: string) => `${name} is deactivated`,
  joinedTitle: (name: string) => `${name} has joined`,
  joinedText: (name: string) => `${name} took up your invitation and can ask for sessions now.`,
  declinedTitle: "An invitation was for somebody else",
  declinedText: (name: string) =>
    `The chat user you asked in says they are not ${name}. The invitation was taken back.`,
  failedTitle: (name: string) => `The invitation for ${name} could not be delivered`,
  failedText: (name: string) =>
    `The mail server refused our email to ${name} for good. Please check the address and invite them again, or hand them a link.`,
  outTitle: (name: string) => `${name} was deactivated`,
  outText: (name: string) => `A colleague has deactivated ${name}. Their sessions with you stay in your list.`,
  unreachableTitle: (name: string) => `${name} cannot be reached in chat`,
  practitionerUnreachable: (name: string) =>
    `Messages to ${name} do not arrive any more. Requests that wait for ${name} were sent by email. Please ask them to open the chat with the desk.`,
  clientUnreachable: (name: string) =>
    `Messages to ${name} do not arrive any more. They have sessions with you, and get emails as before.`,
  session: (service: string, startsAtMs: number, reader: Reader) => `${service}, ${moment(startsAtMs, reader)}`,
} as const;

/** How far a client has come in. */
export function standingWords(standing: Standing, reader: Reader): string {
  switch (standing.is) {
    case "not-invited":
      return "not invited";
    case "invited":
      return `invited, until ${moment(standing.untilMs, reader)}`;
    case "invitation-over":
      return "invited, not taken up in time";
    case "activated":
      return standing.lastActiveMs === undefined
        ? "activated"
        : `activated, last active ${moment(standing.lastActiveMs, reader)}`;
    case "deactivated":
      return "deactivated";
    default:
      return standing satisfies never;
  }
}

/** The same in a word, for a button. */
export function standingName(standing: Standing): string {
  return standing.is === "invitation-over" ? "not taken up" : standing.is.replace("-", " ");
}

/** What a practitioner reads who asks people in. */
export const inviteWords = {
  whoTitle: "Whom would you like to invite?",
  who: "Email addresses",
  whoHelp: "One or several, with commas between them.",
  whoHelpSlack: "One or several, with commas between them. You can also pick people with @.",
  next: "Next",
  noneFound: "Please write an email address, such as ana@example.com.",
  mentionElsewhere: "People can be picked with @ in Slack only. Please use their email address.",
  tooMany: (most: number) => `Please invite at most ${most} people at once.`,
  confirmTitle: (count: number) => (count === 1 ? "Send this invitation?" : `Send these ${count} invitations?`),
  known: "your client already",
  activated: "in already, nothing is sent",
  deactivated: "deactivated, nothing is sent",
  notYours: "another practitioner's client, nothing is sent",
  newClient: "new",
  inPerson: (user: string) => `@${user}`,
  byMail: "Each gets an email with a code that works once, for three days.",
  byChat: "Whoever you picked with @ gets a message here.",
  name: (who: string) => `Name of ${who}`,
  nameMissing: (who: string) => `Please write a name for ${who}.`,
  email: (who: string) => `Email of ${who}`,
  emailHelp: "Confirmations and calendar invitations go there.",
  send: "Send invitation",
  cancel: "Cancel",
  sentTitle: (count: number) => (count === 1 ? "Invitation sent" : `${count} invitations sent`),
  nothingTitle: "Nothing was sent",
  refusals: {
    "already-activated": "in already",
    deactivated: "deactivated: let them in again first",
    "not-yours": "not yours to invite",
    "not-bound": "this workspace does not belong to your practice",
    "no-email": "no email address",
  },
  sent: "sent",
  clients: "Clients",
} as const;

/** What is read about messages between a client and a practitioner. */
export const contactWords = {
  open: "Message my practitioner",
  whomTitle: "Whom would you like to write to?",
  writeTitle: (name: string) => `A message to ${name}`,
  message: "Message",
  help: "Please write nothing about health.",
  how: (name: string) => `The desk passes it on to ${name} as it is, and does not read it.`,
  send: "Send",
  cancel: "Cancel",
  back: "Back",
  sentTitle: (name: string) => `Sent to ${name}`,
  sentText: "The answer comes to this chat.",
  leftTitle: "Nothing was sent",
  fromTitle: (name: string) => `Message from ${name}`,
  fromSummary: (name: string) => `${name} sent you a message`,
  notRead: "The desk has passed this on and has not read it.",
  healthToo: "Please write nothing about health in your answer.",
  reply: "Reply",
  repliedTitle: (name: string) => `Your answer to ${name} was sent`,
  goneTitle: "This message is no longer kept",
  goneText: "Messages are kept for 30 days.",
  empty: "Please write a message.",
  tooLong: (most: number) => `Please keep it under ${most} characters.`,
  tooMany: (contact: string) =>
    `You have sent five messages within the hour. Please wait a little${contact === "" ? "" : `, or use: ${contact}`}.`,
  unreached: (contact: string) => `They have no chat that can be reached now. Please use: ${contact}`,
  notYours: "You cannot write to this person here.",
  contact: (practice: string, contact: string) => `To reach ${practice} otherwise: ${contact}.`,
} as const;
