import { buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { secretText } from "../../src/cards/secret.ts";
import { entryWords } from "../../src/words/entry.ts";
import type { choosingSelfFacts, linkedFacts } from "./facts.ts";
import type { LinkEvent } from "./machine.ts";

const button = buttonOf<LinkEvent>();

export function choosingSelfView(facts: Awaited<ReturnType<typeof choosingSelfFacts>>): Card<LinkEvent> {
  if (facts === undefined) return overView();
  const { practice, practitioners, hasMore, page } = facts;
  return told(entryWords.linkedTitle(practice), [
    { type: "text", text: entryWords.whoAreYou },
    {
      type: "buttons",
      role: "choices",
      label: entryWords.whoAreYou,
      buttons: practitioners.map(({ id, name }, at) => {
        const before = practitioners.slice(0, at).filter((one) => one.name === name).length;
        const label = before === 0 ? name : `${name} (${before + 1})`;
        return button(label, { type: "practitioner.chosen", practitionerId: id });
      }),
    },
    { type: "hint", text: entryWords.whoHint },
    {
      type: "buttons",
      role: "navigation",
      buttons: [
        ...(hasMore ? [button(entryWords.more, { type: "list.paged", page: page + 1 })] : []),
        button(entryWords.justConnect, { type: "workspace.only" }),
      ],
    },
  ]);
}

export function linkedView({ practice, self }: Awaited<ReturnType<typeof linkedFacts>>): Card<LinkEvent> {
  return told(entryWords.linkedTitle(practice), [
    ...(self === undefined ? [] : [{ type: "text", text: entryWords.connectedAs(self) } as const]),
    { type: "text", text: entryWords.linkedText },
  ]);
}

export function showingCodeView(code: string): Card<LinkEvent> {
  return told(entryWords.ownCodeTitle, [
    secretText("code", code, entryWords.ownCodeText),
    { type: "hint", text: entryWords.ownCodeHint },
  ]);
}

export function overView(): Card<LinkEvent> {
  return told(entryWords.linkGoneTitle, [{ type: "text", text: entryWords.linkGoneText }]);
}

function told(title: string, parts: readonly CardPart<LinkEvent>[]): Card<LinkEvent> {
  return { summary: title, title, parts };
}
