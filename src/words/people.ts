import type { Standing } from "../domain/people.ts";
import { moment, type Reader } from "./instants.ts";

/** Texts of the practitioner's client list and client card. */
export const peopleWords = {
  title: "Clients",
  none: "No clients yet. Type “invite” and an email address to invite someone.",
  hint: "Type a name to open it, or “invite ana@example.com” to invite someone.",
  invite: "Invite someone",
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
  revoke: "Withdraw invitation",
  deactivate: "Deactivate",
  reactivate: "Reactivate",
  message: "Send a message",
  invited: "The invitation is on its way.",
  revoked: "The invitation was withdrawn.",
  reactivated: "They can use the desk again, in the same chats as before.",
  linkTitle: (name: string) => `A link for ${name}`,
  linkText: (link: string) => `Give them this link yourself: ${link}`,
  linkHint: "Anyone with this link can sign in as this client. It is shown only now and works once.",
  done: "Done",
  deactivateTitle: (name: string) => `Deactivate ${name}?`,
  deactivateText: (name: string) =>
    `${name} will see only the practice's contact details. Their sessions stay in your list, and you can reactivate them.`,
  deactivateComing: "These sessions stay booked:",
  yesDeactivate: "Yes, deactivate",
  keep: "Leave as it is",
  deactivatedTitle: (name: string) => `${name} is deactivated`,
  joinedTitle: (name: string) => `${name} has joined`,
  joinedText: (name: string) => `${name} accepted your invitation and can now book sessions.`,
  declinedTitle: "An invitation reached the wrong person",
  declinedText: (name: string) => `The chat user you invited says they are not ${name}. The invitation was withdrawn.`,
  failedTitle: (name: string) => `The invitation for ${name} could not be delivered`,
  failedText: (name: string) =>
    `The mail server permanently refused our email to ${name}. Please check the address and invite them again, or give them a link.`,
  outTitle: (name: string) => `${name} was deactivated`,
  outText: (name: string) => `A colleague has deactivated ${name}. Their sessions with you stay in your list.`,
  unreachableTitle: (name: string) => `${name} cannot be reached in chat`,
  practitionerUnreachable: (name: string) =>
    `Messages to ${name} no longer arrive. We sent the waiting requests to ${name} by email. Please ask them to open the chat with the desk.`,
  clientUnreachable: (name: string) =>
    `Messages to ${name} no longer arrive. They have sessions with you, and still get emails.`,
  session: (service: string, startsAtMs: number, reader: Reader) => `${service}, ${moment(startsAtMs, reader)}`,
} as const;

/** A client's access status. */
export function standingWords(standing: Standing, reader: Reader): string {
  switch (standing.is) {
    case "not-invited":
      return "not invited";
    case "invited":
      return `invited, until ${moment(standing.untilMs, reader)}`;
    case "invitation-over":
      return "invitation expired";
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
  return standing.is === "invitation-over" ? "invitation expired" : standing.is.replace("-", " ");
}

/** Texts of the practitioner's invitation form. */
export const inviteWords = {
  whoTitle: "Who would you like to invite?",
  who: "Email addresses",
  whoHelp: "One or several, with commas between them.",
  whoHelpSlack: "One or several, with commas between them. You can also pick people with @.",
  next: "Next",
  noneFound: "Please write an email address, such as ana@example.com.",
  mentionElsewhere: "People can be picked with @ in Slack only. Please use their email address.",
  tooMany: (most: number) => `Please invite at most ${most} people at once.`,
  confirmTitle: (count: number) => (count === 1 ? "Send this invitation?" : `Send these ${count} invitations?`),
  known: "already your client",
  activated: "already active, nothing is sent",
  deactivated: "deactivated, nothing is sent",
  notYours: "another practitioner's client, nothing is sent",
  newClient: "new",
  inPerson: (user: string) => `@${user}`,
  byMail: "Each gets an email with a code that works once, for three days.",
  byChat: "Anyone you picked with @ gets a message here.",
  name: (who: string) => `Name of ${who}`,
  nameMissing: (who: string) => `Please write a name for ${who}.`,
  email: (who: string) => `Email of ${who}`,
  emailHelp: "Confirmations and calendar invitations go there.",
  send: "Send invitation",
  cancel: "Cancel",
  sentTitle: (count: number) => (count === 1 ? "Invitation sent" : `${count} invitations sent`),
  nothingTitle: "Nothing was sent",
  refusals: {
    "already-activated": "already active",
    deactivated: "deactivated: reactivate them first",
    "not-yours": "not yours to invite",
    "not-bound": "this workspace does not belong to your practice",
    "no-email": "no email address",
  },
  sent: "sent",
  clients: "Clients",
} as const;

/** Texts of messages between a client and a practitioner. */
export const contactWords = {
  open: "Message my practitioner",
  whomTitle: "Who would you like to write to?",
  writeTitle: (name: string) => `A message to ${name}`,
  message: "Message",
  help: "Please do not write about health.",
  how: (name: string) => `The desk passes it on to ${name} unchanged and does not read it.`,
  send: "Send",
  sendTo: (name: string) => `Send to ${name}`,
  booksThemselves: (name: string) =>
    `I cannot book for a client yet. You can ask ${name} to book: change the message as you like.`,
  pleaseBook: (what: string, when: string | undefined) =>
    `Would you like to book ${what}${when === undefined ? "" : ` on ${when}`}? You can do it in this chat.`,
  aSession: "a session",
  cancel: "Cancel",
  back: "Back",
  sentTitle: (name: string) => `Sent to ${name}`,
  sentText: "The answer comes to this chat.",
  leftTitle: "Nothing was sent",
  fromTitle: (name: string) => `Message from ${name}`,
  fromSummary: (name: string) => `${name} sent you a message`,
  notRead: "The desk has passed this on and has not read it.",
  healthToo: "Please do not write about health in your answer.",
  reply: "Reply",
  repliedTitle: (name: string) => `Your answer to ${name} was sent`,
  goneTitle: "This message is no longer kept",
  goneText: "Messages are kept for 30 days.",
  empty: "Please write a message.",
  tooLong: (most: number) => `Please keep it under ${most} characters.`,
  tooMany: (contact: string) =>
    `You have sent five messages within the hour. Please wait a little${contact === "" ? "" : `, or use: ${contact}`}.`,
  unreached: (contact: string) => `They cannot be reached in chat right now. Please use: ${contact}`,
  notYours: "You cannot write to this person here.",
  contact: (practice: string, contact: string) => `To reach ${practice} otherwise: ${contact}.`,
} as const;
