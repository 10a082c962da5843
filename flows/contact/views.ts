import { buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { given } from "../../src/given.ts";
import { contactWords } from "../../src/words/people.ts";
import type { receivedFacts, refusedFacts, whomFacts, writingFacts } from "./facts.ts";
import type { ContactEvent } from "./machine.ts";

const button = buttonOf<ContactEvent>();

type Received = Awaited<ReturnType<typeof receivedFacts>>;
type Writing = Awaited<ReturnType<typeof writingFacts>>;

const cancel = button(contactWords.cancel, { type: "writing.left" });

export function choosingView({
  people,
  practice,
  contact,
  isClient,
}: Awaited<ReturnType<typeof whomFacts>>): Card<ContactEvent> {
  return told(contactWords.whomTitle, [
    ...(people.length === 0
      ? []
      : [
          {
            type: "buttons",
            role: "choices",
            label: contactWords.whomTitle,
            buttons: people.map(({ id, name }, at) => {
              const before = people.slice(0, at).filter((one) => one.name === name).length;
              return button(before === 0 ? name : `${name} (${before + 1})`, { type: "person.chosen", personId: id });
            }),
          } as const,
        ]),
    ...(isClient ? [{ type: "hint", text: contactWords.contact(practice, contact) } as const] : []),
    { type: "buttons", role: "navigation", buttons: [cancel] },
  ]);
}

export function writingView({ name, practice, contact, isClient, draft, isBooking }: Writing): Card<ContactEvent> {
  return {
    ...told(contactWords.writeTitle(name), [
      ...(isBooking ? [{ type: "text", text: contactWords.booksThemselves(name) } as const] : []),
      { type: "text", text: contactWords.how(name) },
      messageInput(name, draft),
      ...(isClient ? [{ type: "hint", text: contactWords.contact(practice, contact) } as const] : []),
      { type: "buttons", role: "navigation", buttons: [cancel] },
    ]),
    // The message is private to the two people, so a door must not store it.
    privateReply: true,
  };
}

/** The field for the message. With a draft in it, the button names the recipient. */
function messageInput(name: string, draft: string | undefined): CardPart<ContactEvent> {
  const label = draft === undefined ? contactWords.send : contactWords.sendTo(name);
  return {
    type: "inputs",
    inputs: [
      {
        id: "message",
        label: contactWords.message,
        kind: "long_text",
        required: true,
        help: contactWords.help,
        ...given({ value: draft }),
      },
    ],
    submit: button(label, { type: "message.given" }, "primary"),
  };
}

export function receivedView(facts: Received): Card<ContactEvent> {
  if (facts === undefined) return goneView();
  const { name, text } = facts;
  return {
    // A notification shows the summary, which must contain nothing of the message (D7.5).
    summary: contactWords.fromSummary(name),
    title: contactWords.fromTitle(name),
    parts: [
      { type: "text", text },
      { type: "hint", text: contactWords.notRead },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(contactWords.reply, { type: "reply.wanted" }, "primary")],
      },
    ],
  };
}

export function replyingView(facts: Received): Card<ContactEvent> {
  if (facts === undefined) return goneView();
  const back = button(contactWords.back, { type: "went.back" });
  return {
    summary: contactWords.writeTitle(facts.name),
    title: contactWords.fromTitle(facts.name),
    parts: [
      { type: "text", text: facts.text },
      { type: "hint", text: contactWords.healthToo },
      messageInput(facts.name, facts.draft),
      { type: "buttons", role: "navigation", buttons: [back] },
    ],
    privateReply: true,
  };
}

export function repliedView(facts: Received): Card<ContactEvent> {
  if (facts === undefined) return goneView();
  return {
    summary: contactWords.repliedTitle(facts.name),
    title: contactWords.fromTitle(facts.name),
    parts: [
      { type: "text", text: facts.text },
      { type: "text", text: contactWords.repliedTitle(facts.name) },
      { type: "buttons", role: "actions", buttons: [button(contactWords.reply, { type: "reply.wanted" })] },
    ],
  };
}

export function sentView({ name }: Writing): Card<ContactEvent> {
  return told(contactWords.sentTitle(name), [{ type: "text", text: contactWords.sentText }]);
}

export function refusedView({ refusal, contact, isClient }: ReturnType<typeof refusedFacts>): Card<ContactEvent> {
  const why =
    refusal === "too-many"
      ? contactWords.tooMany(isClient ? contact : "")
      : refusal === "unreached"
        ? contactWords.unreached(contact)
        : contactWords.notYours;
  return told(contactWords.leftTitle, [{ type: "text", text: why }]);
}

export function leftView(): Card<ContactEvent> {
  return told(contactWords.leftTitle, []);
}

export function goneView(): Card<ContactEvent> {
  return told(contactWords.goneTitle, [{ type: "text", text: contactWords.goneText }]);
}

function told(title: string, parts: readonly CardPart<ContactEvent>[]): Card<ContactEvent> {
  return { summary: title, title, parts };
}
