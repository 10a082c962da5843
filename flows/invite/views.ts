import { buttonOf, type Card, type CardPart, type Fact, type Input } from "../../src/cards/card.ts";
import { inviteWords } from "../../src/words/people.ts";
import type { GuestSeen } from "./guests.ts";
import type { InviteContext, InviteEvent } from "./machine.ts";

const button = buttonOf<InviteEvent>();

const cancel = button(inviteWords.cancel, { type: "inviting.left" });

export function askingView(inSlack: boolean): Card<InviteEvent> {
  return titled(inviteWords.whoTitle, [
    {
      type: "inputs",
      inputs: [
        {
          id: "who",
          label: inviteWords.who,
          kind: "short_text",
          required: true,
          help: inSlack ? inviteWords.whoHelpSlack : inviteWords.whoHelp,
        },
      ],
      submit: button(inviteWords.next, { type: "guests.given" }, "primary"),
    },
    { type: "buttons", role: "navigation", buttons: [cancel] },
  ]);
}

/** Lists every guest, with what an invitation does for them, before anything is sent. */
export function confirmingView(guests: readonly GuestSeen[]): Card<InviteEvent> {
  const going = guests.filter(({ refusal }) => refusal === undefined);
  if (going.length === 0)
    return titled(inviteWords.nothingTitle, [
      facts(guests),
      { type: "buttons", role: "navigation", buttons: [cancel] },
    ]);
  const inputs = guests.flatMap(inputsOf);
  const send = button(inviteWords.send, { type: "invitations.agreed" }, "primary");
  const how = [
    ...(going.some(({ guest }) => !("user" in guest)) ? [inviteWords.byMail] : []),
    ...(going.some(({ guest }) => "user" in guest) ? [inviteWords.byChat] : []),
  ];
  return titled(inviteWords.confirmTitle(going.length), [
    facts(guests),
    { type: "hint", text: how.join(" ") },
    ...(inputs.length === 0
      ? [{ type: "buttons", role: "actions", buttons: [send, cancel] } as const]
      : [
          { type: "inputs", inputs, submit: send } as const,
          { type: "buttons", role: "navigation", buttons: [cancel] } as const,
        ]),
  ]);
}

function facts(guests: readonly GuestSeen[]): CardPart<InviteEvent> {
  return { type: "facts", facts: guests.map(factOf) };
}

function factOf({ guest, who, client, refusal }: GuestSeen): Fact {
  const value =
    refusal === "already-activated"
      ? inviteWords.activated
      : refusal === "deactivated"
        ? inviteWords.deactivated
        : refusal === "not-yours"
          ? inviteWords.notYours
          : refusal === "not-bound"
            ? inviteWords.refusals["not-bound"]
            : client === undefined
              ? inviteWords.newClient
              : `${client.email}, ${inviteWords.known}`;
  return { label: "user" in guest && who !== `@${guest.user}` ? `${who} (@${guest.user})` : who, value };
}

function inputsOf({ who, asksName, asksEmail, suggested, refusal }: GuestSeen, at: number): readonly Input[] {
  if (refusal !== undefined) return [];
  return [
    ...(asksName
      ? [
          {
            id: `name-${at}`,
            label: inviteWords.name(who),
            kind: "short_text",
            required: true,
            value: suggested,
          } as const,
        ]
      : []),
    ...(asksEmail
      ? [
          {
            id: `email-${at}`,
            label: inviteWords.email(who),
            kind: "short_text",
            required: true,
            help: inviteWords.emailHelp,
          } as const,
        ]
      : []),
  ];
}

export function sentView({ sent, outcome }: InviteContext): Card<InviteEvent> {
  const title = sent === 0 ? inviteWords.nothingTitle : inviteWords.sentTitle(sent);
  return titled(title, [
    { type: "text", text: (outcome ?? []).join("\n") },
    { type: "buttons", role: "navigation", buttons: [button(inviteWords.clients, { type: "clients.wanted" })] },
  ]);
}

export function leftView(): Card<InviteEvent> {
  return titled(inviteWords.nothingTitle, []);
}

function titled(title: string, parts: readonly CardPart<InviteEvent>[]): Card<InviteEvent> {
  return { summary: title, title, parts };
}
