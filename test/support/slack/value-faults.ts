import { type Fields, fieldsOf } from "../../../adapters/slack/fields.ts";
import { isBlankText, lengthOf } from "../../../adapters/slack/limits.ts";

/** What is wrong, each with the place it is wrong at. */
export type Violations = readonly string[];

/** The first fault of those that are true. */
export function faults(...found: readonly (readonly [boolean, string])[]): Violations {
  return found.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** A string of so many characters; what may be absent is named so. */
export function textFaults(
  value: unknown,
  where: string,
  { most, optional = false }: { readonly most: number; readonly optional?: boolean },
): Violations {
  if (value === undefined) return optional ? [] : [`${where} is missing`];
  if (typeof value !== "string") return [`${where} is not a string`];
  return faults(
    [isBlankText(value), `${where} is empty`],
    [lengthOf(value) > most, `${where} has ${lengthOf(value)} characters, at most ${most}`],
  );
}

/** A list of at least one and at most so many. */
export function countFaults(value: unknown, where: string, most: number): Violations {
  if (!Array.isArray(value)) return [`${where} is not a list`];
  return faults(
    [value.length === 0, `${where} is empty`],
    [value.length > most, `${where} has ${value.length}, at most ${most}`],
  );
}

/** A text object: of which kinds, how long. */
export function textObjectFaults(
  value: unknown,
  where: string,
  rule: { readonly most: number; readonly kinds?: readonly string[]; readonly optional?: boolean },
): Violations {
  if (value === undefined) return rule.optional === true ? [] : [`${where} is missing`];
  const { kinds = ["plain_text"] } = rule;
  const { type, text, ...rest } = fieldsOf(value);
  const known = type === "mrkdwn" ? ["verbatim"] : ["emoji"];
  return [
    ...faults([!kinds.includes(String(type)), `${where} is ${String(type)}, not ${kinds.join(" or ")}`]),
    ...textFaults(text, where, { most: rule.most }),
    ...unknownFaults(rest, where, known),
    ...(type === "mrkdwn" && typeof text === "string" ? commandFaults(text, where) : []),
  ];
}

/** Text of our own never calls people together and never hides where a link goes (S21). */
export function commandFaults(text: string, where: string): Violations {
  return faults([/<([!@#]|[a-z]+:)/i.test(text), `${where} has a command of Slack's in it: ${text.slice(0, 60)}`]);
}

/** Fields Slack does not know are refused. */
export function unknownFaults(fields: Fields, where: string, known: readonly string[]): Violations {
  return Object.keys(fields)
    .filter((name) => !known.includes(name))
    .map((name) => `${where} has an unknown field ${name}`);
}

/** Things of one message that must differ. */
export function repeatedFaults(ids: readonly unknown[], what: string): Violations {
  const given = ids.filter((id) => id !== undefined);
  const twice = new Set(given.filter((id, at) => given.indexOf(id) !== at));
  return [...twice].map((id) => `two have the ${what} ${String(id)}`);
}

/** A web address Slack would open. */
export function urlFaults(value: unknown, where: string, most: number): Violations {
  const found = textFaults(value, where, { most });
  if (found.length > 0) return found;
  return faults([!/^(https?|mailto|tel|slack):/i.test(String(value)), `${where} is no address`]);
}
