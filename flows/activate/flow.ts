import { type Commands, defineFlow, type Field, scene, type Turn } from "../../src/conversation/flow.ts";
import {
  declineInvited,
  isAskedIn,
  joinInvited,
  type Redeemed,
  type RedeemRefusal,
  redeemCode,
} from "../../src/desk/people/activate.ts";
import { resendToItsAddress } from "../../src/desk/people/invite.ts";
import { given } from "../../src/given.ts";
import { emailIn } from "../../src/language/names/invitees.ts";
import { entryWords } from "../../src/words/entry.ts";
import { invitedFacts, welcomeFacts } from "./facts.ts";
import { activateInput } from "./input.ts";
import {
  type ActivateContext,
  type ActivateEvent,
  type ActivateOrder,
  activateContext,
  activateMachine,
} from "./machine.ts";
import {
  askingEmailView,
  connectedView,
  declinedView,
  invitedView,
  leftView,
  refusedView,
  resentView,
  welcomedView,
} from "./views.ts";

const commands: Commands<ActivateOrder, ActivateEvent> = {
  openEntry: async ({ wanted, invitationId }, turn) => {
    if (wanted === "welcome") return { type: "welcome.due" };
    if (wanted === "connected") return { type: "chat.connected" };
    if (wanted === "resend") return { type: "mail.wanted" };
    if (invitationId !== undefined) return meetInvitation(turn, invitationId);
    const code = turn.reading?.code;
    if (code === undefined) return { type: "mail.wanted" };
    return goOn(turn, await redeemCode(turn, turn.actor, turn.address, code));
  },
  joinPractice: async ({ invitationId }, turn) =>
    invitationId === undefined
      ? refused("unknown")
      : goOn(turn, await joinInvited(turn, turn.actor, turn.address, invitationId)),
  declineInvitation: async ({ invitationId }, turn) => {
    if (invitationId !== undefined) await declineInvited(turn, turn.actor, turn.address, invitationId);
    return undefined;
  },
  sendAgain: async ({ invitationId }, turn) => {
    if (invitationId === undefined) return refused("unknown");
    const sent = await resendToItsAddress(turn, turn.address, { invitationId });
    return sent ? { type: "mail.sent" } : limited;
  },
  sendToEmail: async (_order, turn) => {
    const email = emailIn(String(turn.values.email ?? ""));
    if (email === undefined) {
      turn.refuseInputs({ email: entryWords.notAnEmail });
      return undefined;
    }
    const sent = await resendToItsAddress(turn, turn.address, { email });
    return sent ? { type: "mail.sent" } : limited;
  },
  startBooking: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

const limited = { type: "code.refused", refusal: "limited" } as const;

async function meetInvitation(turn: Turn, invitationId: string): Promise<ActivateEvent> {
  const invitation = await turn.books.invitations.find(invitationId);
  const isTheirs = invitation !== undefined && isAskedIn(invitation, turn.address);
  if (!isTheirs || invitation.state === "accepted") return refused("unknown");
  if (invitation.state === "revoked") return refused("revoked");
  return invitation.expiresAtMs <= turn.realNowMs ? refused("expired", invitationId) : { type: "invitation.met" };
}

function refused(refusal: RedeemRefusal, invitationId?: string): ActivateEvent {
  return { type: "code.refused", refusal, ...given({ invitationId }) };
}

/** The talk continues as the person who was just activated. */
function goOn(turn: Turn, redeemed: Redeemed): ActivateEvent | undefined {
  if (!redeemed.ok) return refused(redeemed.refusal, redeemed.invitationId);
  const { practiceId, opened } = redeemed;
  if (opened === "workspace") {
    const as = { practiceId, role: redeemed.as ?? ("stranger" as const) };
    turn.begin({ flow: "link", input: { type: "linked", codeId: redeemed.codeId }, where: "here", as });
    return undefined;
  }
  const type = opened === "chat" ? ("connected" as const) : ("welcome" as const);
  turn.begin({ flow: "activate", input: { type }, where: "here", as: { practiceId, role: redeemed.role } });
  return undefined;
}

const emailField: Field<ActivateContext, ActivateEvent> = {
  exactly: (text) => {
    const email = emailIn(text);
    return email === undefined ? undefined : { event: { type: "email.given" }, values: { email } };
  },
  takes: () => ({ hint: entryWords.notAnEmail }),
};

/** Activation: codes, invitations, and requests to send one again. */
export const activateFlow = defineFlow({
  name: "activate",
  version: 2,
  roles: ["client", "practitioner", "stranger"],
  machine: activateMachine,
  context: activateContext,
  input: activateInput,
  begin: (input) => ({
    wanted: input.type,
    ...(input.type === "invited" ? { invitationId: input.invitationId } : {}),
  }),
  again: () => ({ type: "resend" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(() => undefined, askingEmailView),
    welcomed: scene(welcomeFacts, welcomedView),
    connected: scene(welcomeFacts, connectedView),
    invited: scene(invitedFacts, invitedView),
    refused: scene((context: ActivateContext) => context, refusedView),
    askingEmail: scene(() => undefined, askingEmailView),
    declined: scene(() => undefined, declinedView),
    resent: scene(() => undefined, resentView),
    left: scene(() => undefined, leftView),
  },
  opensOn: {
    "resend invitation": (_act, _reading, { actor }) => (actor.kind === "stranger" ? { type: "resend" } : undefined),
  },
  opensOnCode: () => ({ type: "code" }),
  answers: { invited: { yes: { event: { type: "invitation.taken" }, to: "accept" }, no: { type: "invitation.left" } } },
  field: { askingEmail: emailField },
  isLoud: () => false,
  passing: true,
  // The context kept its form. Only the values of `wanted` and `refusal` were renamed.
  migrate: { 1: (old) => old },
});
