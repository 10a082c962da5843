import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { type AdaptiveCard, actionsOf, elementsOf, inputsOf } from "./adaptive-card.ts";

/** The official schema from microsoft/AdaptiveCards (MIT). It is not part of the repository and is checked only if present. */
const schemaFile = new URL("../../../../shared/teams/adaptive-card-1.5.0.json", import.meta.url);
let official: ((card: unknown) => readonly string[]) | undefined;

/** Elements that render the same on phones and desktops (T18). */
const usedTypes = [
  "TextBlock",
  "FactSet",
  "ColumnSet",
  "Column",
  "Container",
  "ActionSet",
  "Input.Text",
  "Input.Number",
  "Input.Date",
  "Input.Time",
  "Input.Toggle",
  "Input.ChoiceSet",
];
const usedActions = ["Action.Execute", "Action.Submit", "Action.OpenUrl"];

/** Whether cards are also validated against the official schema. */
function hasOfficialSchema(): boolean {
  return existsSync(schemaFile);
}

/** Returns the reasons why a card cannot be sent, one line each. */
export type CardCheck = (card: unknown) => readonly string[];

/** The reasons why Teams or its users could not handle this card; empty for a valid one. */
export function cardFaults(card: AdaptiveCard): readonly string[] {
  const titles = actionsOf(card).map(({ title }) => title);
  const ids = inputsOf(card).map(({ id }) => id);
  return [
    ...(card.type === "AdaptiveCard" && card.version === "1.5" ? [] : [`a ${card.type} of version ${card.version}`]),
    ...elementsOf(card).flatMap(({ type }) => (usedTypes.includes(type) ? [] : [`an element of type ${type}`])),
    ...actionsOf(card).flatMap(({ type }) => (usedActions.includes(type) ? [] : [`an action of type ${type}`])),
    ...(titles.includes(undefined) ? ["a button without a title"] : []),
    ...twice(titles).map((title) => `two buttons say “${title}”`),
    ...twice(ids).map((id) => `two inputs have the id ${id}`),
    ...schemaFaults(card),
  ];
}

function twice<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}

function schemaFaults(card: AdaptiveCard): readonly string[] {
  if (!hasOfficialSchema()) return [];
  official ??= officialCheck();
  return official(card);
}

function officialCheck(): (card: unknown) => readonly string[] {
  // The schema is written for draft 6, which differs from draft 7 only in these keywords.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  const check = ajv.compile(schema);
  return (card) =>
    check(card)
      ? []
      : (check.errors ?? []).slice(0, 3).map(({ instancePath, message }) => `schema 1.5: ${instancePath} ${message}`);
}
