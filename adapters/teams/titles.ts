import type { Button, Card } from "../../src/cards/card.ts";
import { teamsCardWords } from "../../src/words/teams-cards.ts";
import { cut, limits } from "./limits.ts";

/** Button titles by part and position. Each is unique on the card, and the selected choice is marked in words. */
export function buttonTitles(card: Card): readonly (readonly string[])[] {
  const groups = card.parts.map((part) =>
    part.type === "buttons"
      ? { label: part.label, buttons: part.buttons }
      : { label: undefined, buttons: part.type === "inputs" ? [part.submit] : [] },
  );
  const plain = groups.flatMap(({ buttons }) => buttons.map(plainTitle));
  const isTwice = (title: string) => plain.indexOf(title) !== plain.lastIndexOf(title);
  const taken = new Set<string>();

  function give(title: string): string {
    for (let turn = 1; ; turn++) {
      const one = turn === 1 ? title : `${cut(title, limits.title - 6)} (${turn})`;
      if (taken.has(one)) continue;
      taken.add(one);
      return one;
    }
  }

  return groups.map(({ label, buttons }) =>
    buttons.map((button) => {
      const title = plainTitle(button);
      return give(isTwice(title) ? cut(fullTitle(button, title, label), limits.title) : title);
    }),
  );
}

function plainTitle({ label, selected }: Button): string {
  const title = cut(label.trim(), limits.title - 20) || "…";
  return selected === true ? teamsCardWords.selected(title) : title;
}

function fullTitle({ spoken }: Button, title: string, group: string | undefined): string {
  if (spoken !== undefined && spoken.trim() !== "") return spoken.trim();
  return group === undefined ? title : `${title}, ${group}`;
}
