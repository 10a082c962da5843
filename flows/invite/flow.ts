import { type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, textOr } from "../../src/conversation/kept-context.ts";
import { inviteClient } from "../../src/desk/people/invite.ts";
import { given } from "../../src/given.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { emailIn, nameFrom } from "../../src/language/names/invitees.ts";
import { inviteWords } from "../../src/words/people.ts";
import { type GuestSeen, guestsIn, guestsSeen, mentioned, mostGuests } from "./guests.ts";
import { inviteInput } from "./input.ts";
import {
  type Guest,
  type InviteContext,
  type InviteEvent,
  type InviteOrder,
  inviteContext,
  inviteMachine,
} from "./machine.ts";
import { askingView, confirmingView, leftView, sentView } from "./views.ts";

const commands: Commands<InviteOrder, InviteEvent> = {
  readGuests: async ({ asked }, turn) => {
    const text = asked ? String(turn.values.who ?? "") : (turn.said ?? "");
    const guests = await guestsIn(text, turn);
    const isElsewhere = turn.address.platform !== "slack" && guests.some((one) => "user" in one);
    if (guests.length > 0 && guests.length <= mostGuests && !isElsewhere) {
      return { type: "guests.read", guests };
    }
    if (!asked) return { type: "guests.none" };
    const why = isElsewhere
      ? inviteWords.mentionElsewhere
      : guests.length === 0
        ? inviteWords.noneFound
        : inviteWords.tooMany(mostGuests);
    turn.refuseInputs({ who: why });
    return undefined;
  },
  sendInvitations: async ({ guests }, turn) => sendInvitations(guests, turn),
  showClients: async (_order, turn) => {
    turn.begin({ flow: "people", input: { type: "clients" }, where: "here" });
    return undefined;
  },
};

/** Invites all guests or none: a missing name or address is asked for first. */
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

async function listenForGuests(text: string): Promise<Heard<InviteEvent>> {
  if (isNo(text)) return { event: { type: "inviting.left" } };
  return { event: { type: "guests.given" }, values: { who: text } };
}

/** A clear yes sends, a no does not; the one address that is missing may be typed. */
async function listenForYes(text: string, { guests }: InviteContext, turn: Turn): Promise<Heard<InviteEvent>> {
  const email = emailIn(text);
  const open = (await guestsSeen(guests ?? [], turn)).flatMap((one, at) => (one.asksEmail ? [at] : []));
  const [only, ...more] = open;
  if (email !== undefined && only !== undefined && more.length === 0) {
    return { event: { type: "invitations.agreed" }, values: { [`email-${only}`]: email } };
  }
  if (understand(text, { pending: "confirm" }).intent === "affirm") return { event: { type: "invitations.agreed" } };
  return isNo(text) ? { event: { type: "inviting.left" } } : undefined;
}

function isNo(text: string): boolean {
  const { intent } = understand(text, { pending: "confirm" });
  return intent === "negate" || intent === "abort" || /^cancel$/i.test(text.trim());
}

/** A practitioner asks clients in. */
export const inviteFlow = defineFlow({
  name: "invite",
  version: 2,
  roles: ["practitioner"],
  machine: inviteMachine,
  context: inviteContext,
  input: inviteInput,
  begin: () => ({ sent: 0 }),
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
  listen: { asking: listenForGuests, confirming: listenForYes },
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  migrate: {
    // Version 1 kept guests as JSON and the outcome as lines of one text.
    1: ({ state, context }) => {
      const { guests, outcome, ...rest } = fieldsOf(context);
      const lines = textOr(outcome)?.split("\n");
      return { state, context: { ...rest, ...given({ guests: jsonIn(guests), outcome: lines }) } };
    },
  },
});
