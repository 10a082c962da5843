import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { type AdaptiveCard, actionsOf, elementsOf, inputsOf } from "./adaptive-card.ts";

/** The official schema, from microsoft/AdaptiveCards (MIT): it stays outside the project and is used when it is at hand. */
const schemaFile = new URL("../../../../shared/teams/adaptive-card-1.5.0.json", import.meta.url);
let official: ((card: unknown) => readonly string[]) | undefined;

/** What phones and desktops show alike (T18). */
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

/** Whether cards are held against the official schema too. */
function hasOfficialSchema(): boolean {
  return existsSync(schemaFile);
}

/** Why a card cannot be sent, a line each. */
export type CardCheck = (card: unknown) => readonly string[];

/** Why Teams, or a person in Teams, could not do with this card; nothing when it is fine. */
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
  // Written for draft 6, whose words draft 7 kept but for the names.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  const check = ajv.compile(schema);
  return (card) =>
    check(card)
      ? []
      : (check.errors ?? []).slice(0, 3).map(({ instancePath, message }) => `schema 1.5: ${instancePath} ${message}`);
}
