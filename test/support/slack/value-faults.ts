import { type Fields, fieldsOf } from "../../../adapters/slack/json-fields.ts";
import { isBlankText, lengthOf } from "../../../adapters/slack/limits.ts";

/** Rule violations, each with its path. */
export type Violations = readonly string[];

/** The messages whose condition is true. */
export function faults(...found: readonly (readonly [boolean, string])[]): Violations {
  return found.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** Checks a string of at most `most` characters. */
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

/** Checks an array with one to `most` items. */
export function countFaults(value: unknown, where: string, most: number): Violations {
  if (!Array.isArray(value)) return [`${where} is not a list`];
  return faults(
    [value.length === 0, `${where} is empty`],
    [value.length > most, `${where} has ${value.length}, at most ${most}`],
  );
}

/** Checks a text object's type and length. */
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

/** The desk's own text must not contain mentions, or links with a label (S21). */
export function commandFaults(text: string, where: string): Violations {
  return faults([/<([!@#]|[a-z]+:)/i.test(text), `${where} has a command of Slack's in it: ${text.slice(0, 60)}`]);
}

/** Slack rejects unknown fields. */
export function unknownFaults(fields: Fields, where: string, known: readonly string[]): Violations {
  return Object.keys(fields)
    .filter((name) => !known.includes(name))
    .map((name) => `${where} has an unknown field ${name}`);
}

/** Reports ids that occur more than once. */
export function repeatedFaults(ids: readonly unknown[], what: string): Violations {
  const given = ids.filter((id) => id !== undefined);
  const twice = new Set(given.filter((id, at) => given.indexOf(id) !== at));
  return [...twice].map((id) => `two have the ${what} ${String(id)}`);
}

/** Checks a URL that Slack opens. */
export function urlFaults(value: unknown, where: string, most: number): Violations {
  const found = textFaults(value, where, { most });
  if (found.length > 0) return found;
  return faults([!/^(https?|mailto|tel|slack):/i.test(String(value)), `${where} is no address`]);
}
