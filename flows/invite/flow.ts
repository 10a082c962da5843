import type { Talks } from "../../src/cards/talks.ts";
import { type Commands, defineFlow, type Field, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { sureActs } from "../../src/conversation/hear.ts";
import { fieldsOf, jsonIn, textOr } from "../../src/conversation/kept-context.ts";
import { inviteClient } from "../../src/desk/people/invite.ts";
import { given } from "../../src/given.ts";
import type { Act } from "../../src/language/intent/act.ts";
import { emailIn, nameFrom } from "../../src/language/names/invitees.ts";
import type { Reading } from "../../src/language/reading.ts";
import { inviteWords } from "../../src/words/people.ts";
import { type GuestSeen, guestsIn, guestsSeen, mentioned, mostGuests } from "./guests.ts";
import { type Guest, inviteInput } from "./input.ts";
import { type InviteContext, type InviteEvent, type InviteOrder, inviteContext, inviteMachine } from "./machine.ts";
import { askingView, confirmingView, leftView, sentView } from "./views.ts";

const commands: Commands<InviteOrder, InviteEvent> = {
  openInvitation: async ({ guests }) =>
    guests === undefined ? { type: "guests.none" } : { type: "guests.read", guests },
  readGuests: async (_order, turn) => {
    const guests = await guestsIn(String(turn.values.who ?? ""), turn);
    const why = refusalOf(guests, turn);
    if (why === undefined) return { type: "guests.read", guests };
    turn.refuseInputs({ who: why });
    return undefined;
  },
  sendInvitations: async ({ guests }, turn) => sendInvitations(guests, turn),
  showClients: async (_order, turn) => {
    turn.begin({ flow: "people", input: { type: "clients" }, where: "here" });
    return undefined;
  },
};

/** Why these guests cannot be invited together. Undefined: they can. */
function refusalOf(guests: readonly Guest[], { address }: Turn): string | undefined {
  if (address.platform !== "slack" && guests.some((one) => "user" in one)) return inviteWords.mentionElsewhere;
  if (guests.length === 0) return inviteWords.noneFound;
  return guests.length > mostGuests ? inviteWords.tooMany(mostGuests) : undefined;
}

/** "Invite Jo, jo@mail.example": opens the list to check. */
async function openOnInvite(_act: Act, _reading: Reading, turn: Turn): Promise<Talks["invite"]> {
  const guests = await guestsIn(turn.said ?? "", turn);
  return { type: "invite", ...(refusalOf(guests, turn) === undefined && { guests }) };
}

/** Addresses, mentions, and clients by name. A message with another act is not only about guests. */
async function hearGuests(reading: Reading, _context: InviteContext, turn: Turn): Promise<Heard<InviteEvent>> {
  const { said } = turn;
  const isOther = sureActs(reading).some(({ verb }) => verb !== "invite");
  if (isOther || said === undefined || (await guestsIn(said, turn)).length === 0) return undefined;
  return { event: { type: "guests.given" }, values: { who: said } };
}

/** Words without an address or a known name: the card says what is missing. */
const guestsField: Field<InviteContext, InviteEvent> = {
  takes: (text) => ({ event: { type: "guests.given" }, values: { who: text } }),
};

/** The one address that is missing. */
async function takeAddress(text: string, { guests }: InviteContext, turn: Turn): Promise<Heard<InviteEvent>> {
  const email = emailIn(text);
  const open = (await guestsSeen(guests ?? [], turn)).flatMap((one, at) => (one.asksEmail ? [at] : []));
  const [only, ...more] = open;
  if (email === undefined || only === undefined || more.length > 0) return undefined;
  return { event: { type: "invitations.agreed" }, values: { [`email-${only}`]: email } };
}

/** Invites all guests or none. A missing name or address is asked for first. */
async function sendInvitations(guests: readonly Guest[], turn: Turn): Promise<InviteEvent | undefined> {
  const seen = await guestsSeen(guests, turn);
  const filled = seen.map((one, at) => ({ ...one, ...filledIn(one, at, turn) }));
  const errors = filled.flatMap(({ asksName, asksEmail, name, email, refusal }, at) => {
    if (refusal !== undefined) return [];
    return [
      ...(asksName && name === "" ? [[`name-${at}`, inviteWords.nameMissing(seen[at]?.who ?? "")] as const] : []),
      ...(asksEmail && email === undefined ? [[`email-${at}`, inviteWords.noneFound] as const] : []),
    ];
  });
  if (errors.length > 0) {
    turn.refuseInputs(Object.fromEntries(errors));
    return undefined;
  }
  let sent = 0;
  const outcome: string[] = [];
  for (const { guest, who, name, email } of filled) {
    const invited = await inviteClient(turn, turn.actor, {
      ...("clientId" in guest ? { clientId: guest.clientId } : {}),
      ...("user" in guest ? { at: mentioned(turn, guest.user) } : {}),
      ...("clientId" in guest ? {} : { name, ...given({ email }) }),
    });
    if (invited.ok) sent++;
    outcome.push(
      `${invited.ok ? invited.client.name : who}: ${invited.ok ? inviteWords.sent : inviteWords.refusals[invited.refusal]}`,
    );
  }
  return { type: "invitations.sent", sent, outcome };
}

function filledIn({ guest, suggested }: GuestSeen, at: number, { values }: Turn) {
  const name = String(values[`name-${at}`] ?? suggested)
    .trim()
    .slice(0, 100);
  const email = "email" in guest ? guest.email : emailIn(String(values[`email-${at}`] ?? ""));
  return { name: name === "" && email !== undefined ? nameFrom(email) : name, email };
}

/** A practitioner invites clients. */
export const inviteFlow = defineFlow({
  name: "invite",
  version: 2,
  roles: ["practitioner"],
  machine: inviteMachine,
  context: inviteContext,
  input: inviteInput,
  begin: ({ guests }) => ({ sent: 0, ...given({ guests }) }),
  again: () => ({ type: "invite" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene((_context: InviteContext, turn) => turn.address.platform === "slack", askingView),
    asking: scene((_context: InviteContext, turn) => turn.address.platform === "slack", askingView),
    confirming: scene(({ guests }: InviteContext, turn) => guestsSeen(guests ?? [], turn), confirmingView),
    sent: scene((context: InviteContext) => context, sentView),
    left: scene(() => undefined, leftView),
  },
  opensOn: { invite: openOnInvite },
  answers: {
    asking: { no: { type: "inviting.left" } },
    confirming: { yes: { event: { type: "invitations.agreed" }, to: "send" }, no: { type: "inviting.left" } },
  },
  hears: { asking: hearGuests },
  field: {
    asking: guestsField,
    confirming: { exactly: takeAddress, takes: takeAddress },
  },
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  migrate: {
    // Version 1 stored guests as JSON, and the results as lines of one text.
    1: ({ state, context }) => {
      const { guests, outcome, ...rest } = fieldsOf(context);
      const lines = textOr(outcome)?.split("\n");
      return { state, context: { ...rest, ...given({ guests: jsonIn(guests), outcome: lines }) } };
    },
  },
});
