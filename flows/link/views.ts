import { button, type Card, type CardPart } from "../../src/cards/card.ts";
import { entryWords } from "../../src/words/entry.ts";
import type { choosingSelfFacts, linkedFacts } from "./facts.ts";

export function choosingSelfView(facts: Awaited<ReturnType<typeof choosingSelfFacts>>): Card {
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

export function linkedView({ practice, self }: Awaited<ReturnType<typeof linkedFacts>>): Card {
  return told(entryWords.linkedTitle(practice), [
    ...(self === undefined ? [] : [{ type: "text", text: entryWords.connectedAs(self) } as const]),
    { type: "text", text: entryWords.linkedText },
  ]);
}

export function showingCodeView(code: string): Card {
  return told(entryWords.ownCodeTitle, [
    { type: "text", text: entryWords.ownCodeText(code) },
    { type: "hint", text: entryWords.ownCodeHint },
  ]);
}

export function overView(): Card {
  return told(entryWords.linkGoneTitle, [{ type: "text", text: entryWords.linkGoneText }]);
}

function told(title: string, parts: readonly CardPart[]): Card {
  return { summary: title, title, parts };
}
