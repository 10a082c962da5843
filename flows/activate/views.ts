import { buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { entryWords } from "../../src/words/entry.ts";
import type { invitedFacts, welcomeFacts } from "./facts.ts";
import type { ActivateContext, ActivateEvent } from "./machine.ts";

const button = buttonOf<ActivateEvent>();

type Welcome = Awaited<ReturnType<typeof welcomeFacts>>;

export function welcomedView(facts: Welcome): Card<ActivateEvent> {
  return told(entryWords.hello(facts.name), [
    { type: "text", text: entryWords.welcomeText(facts.practice) },
    { type: "hint", text: entryWords.privacy },
    onward(facts),
  ]);
}

export function connectedView(facts: Welcome): Card<ActivateEvent> {
  return told(entryWords.connectedTitle, [
    { type: "text", text: entryWords.connectedText(facts.practice) },
    onward(facts),
  ]);
}

function onward({ isClient }: Welcome): CardPart<ActivateEvent> {
  const home = button(entryWords.home, { type: "home.wanted" });
  const book = button(entryWords.requestASession, { type: "book.wanted" }, "primary");
  return { type: "buttons", role: "actions", buttons: isClient ? [book, home] : [home] };
}

export function invitedView(facts: Awaited<ReturnType<typeof invitedFacts>>): Card<ActivateEvent> {
  if (facts === undefined) return refusedView({ wanted: "invited", refusal: "unknown" });
  return told(entryWords.invitedTitle(facts.practice), [
    { type: "text", text: entryWords.invitedText(facts.practitioner, facts.name) },
    {
      type: "buttons",
      role: "actions",
      buttons: [
        button(entryWords.join, { type: "invitation.taken" }, "primary"),
        button(entryWords.notMe, { type: "invitation.left" }),
      ],
    },
  ]);
}

/** Why a code gave no access, and what can be done about it. */
export function refusedView({ refusal, invitationId }: ActivateContext): Card<ActivateEvent> {
  const why = entryWords[refusal ?? "unknown"];
  const again: readonly CardPart<ActivateEvent>[] = [
    { type: "hint", text: entryWords.sendAgainHint },
    {
      type: "buttons",
      role: "actions",
      buttons: [button(entryWords.sendAgain, { type: "again.wanted" }, "primary")],
    },
  ];
  const mayAsk = refusal === "expired" && invitationId !== undefined;
  const help: readonly CardPart<ActivateEvent>[] =
    refusal === "limited" ? [] : [{ type: "text", text: entryWords.stillHelp }];
  return told(entryWords.codeTitle, [{ type: "text", text: why }, ...(mayAsk ? again : help)]);
}

export function askingEmailView(): Card<ActivateEvent> {
  return told(entryWords.askEmailTitle, [
    { type: "text", text: entryWords.sendAgainHint },
    {
      type: "inputs",
      inputs: [{ id: "email", label: entryWords.askEmail, kind: "short_text", required: true }],
      submit: button(entryWords.askEmailSubmit, { type: "email.given" }, "primary"),
    },
    { type: "buttons", role: "navigation", buttons: [button(entryWords.cancel, { type: "asking.left" })] },
  ]);
}

export function declinedView(): Card<ActivateEvent> {
  return told(entryWords.declinedTitle, [{ type: "text", text: entryWords.declinedText }]);
}

export function resentView(): Card<ActivateEvent> {
  return told(entryWords.resentTitle, [{ type: "text", text: entryWords.resentText }]);
}

export function leftView(): Card<ActivateEvent> {
  return told(entryWords.leftTitle, []);
}

function told(title: string, parts: readonly CardPart<ActivateEvent>[]): Card<ActivateEvent> {
  return { summary: title, title, parts };
}
