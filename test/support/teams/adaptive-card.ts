/** An Adaptive Card as received. All fields are optional, because a bot may send anything. */
export interface AdaptiveCard {
  readonly type: string;
  readonly version?: string;
  readonly body?: readonly Element[];
  readonly actions?: readonly Action[];
}

export interface Element {
  readonly type: string;
  readonly id?: string;
  readonly isVisible?: boolean;
  readonly text?: string;
  readonly title?: string;
  readonly facts?: readonly { readonly title: string; readonly value: string }[];
  readonly items?: readonly Element[];
  readonly columns?: readonly Element[];
  readonly actions?: readonly Action[];
  readonly selectAction?: Action;
  readonly label?: string;
  readonly errorMessage?: string;
  readonly isRequired?: boolean;
  readonly regex?: string;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly maxLength?: number;
  readonly value?: string | number;
  readonly isMultiSelect?: boolean;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
  readonly valueOn?: string;
  readonly valueOff?: string;
}

export interface Action {
  readonly type: string;
  readonly title?: string;
  readonly id?: string;
  readonly verb?: string;
  readonly data?: unknown;
  readonly url?: string;
  readonly associatedInputs?: "auto" | "none";
}

/** All visible elements, in reading order; containers precede their contents. */
export function elementsOf(card: AdaptiveCard): readonly Element[] {
  return (card.body ?? []).flatMap(within);
}

function within(element: Element): readonly Element[] {
  if (element.isVisible === false) return [];
  return [element, ...[...(element.items ?? []), ...(element.columns ?? [])].flatMap(within)];
}

/** All actions of a card, in reading order. */
export function actionsOf(card: AdaptiveCard): readonly Action[] {
  const inBody = elementsOf(card).flatMap(({ actions = [], selectAction }) =>
    selectAction === undefined ? actions : [selectAction, ...actions],
  );
  return [...inBody, ...(card.actions ?? [])];
}

/** All inputs of a card. */
export function inputsOf(card: AdaptiveCard): readonly Element[] {
  return elementsOf(card).filter(({ type }) => type.startsWith("Input."));
}

/** A card's visible lines: texts, `label: value` facts, inputs as `label: ____`, a line of `[titles]`. */
export function cardLines(card: AdaptiveCard): readonly string[] {
  return [...(card.body ?? []).flatMap(elementLines), ...actionLines(card.actions)];
}

function elementLines(element: Element): readonly string[] {
  if (element.isVisible === false) return [];
  const { type, text = "", facts = [], items = [], columns = [], label, value } = element;
  if (type === "TextBlock") return [asShown(text)];
  if (type === "FactSet") return facts.map((fact) => `${asShown(fact.title)}: ${asShown(fact.value)}`);
  if (type === "ActionSet") return actionLines(element.actions);
  if (type === "ColumnSet") return [columns.map((column) => elementLines(column).join(" ")).join("  ")];
  if (type === "Input.Toggle")
    return [`${label ?? element.title ?? ""}: ${value === (element.valueOn ?? "true") ? "on" : "off"}`];
  if (type.startsWith("Input.")) return [`${label ?? ""}: ${value ?? "____"}`];
  return items.flatMap(elementLines);
}

function actionLines(actions: readonly Action[] = []): readonly string[] {
  return actions.length === 0 ? [] : [actions.map(({ title = "" }) => `[${title}]`).join(" ")];
}

/** Rendered Markdown: without emphasis marks and escapes, links as their text. */
export function asShown(markdown: string): string {
  return markdown.replace(
    /\\([^A-Za-z0-9\s])|\*\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|\[([^\]]*)\]\([^)]*\)/g,
    (_, escaped: string | undefined, link: string | undefined) => escaped ?? link ?? "",
  );
}
