import { type Fields, fieldsOf, listOf } from "../../../adapters/slack/json-fields.ts";
import { limits } from "../../../adapters/slack/limits.ts";
import {
  countFaults,
  faults,
  repeatedFaults,
  textFaults,
  textObjectFaults,
  unknownFaults,
  urlFaults,
  type Violations,
} from "./value-faults.ts";

/** The elements that each block type accepts (docs.slack.dev, "Block elements"). */
const places: Readonly<Record<"actions" | "input" | "section", readonly string[]>> = {
  actions: [
    "button",
    "checkboxes",
    "datepicker",
    "multi_static_select",
    "overflow",
    "radio_buttons",
    "static_select",
    "timepicker",
  ],
  input: [
    "checkboxes",
    "datepicker",
    "email_text_input",
    "multi_static_select",
    "number_input",
    "plain_text_input",
    "radio_buttons",
    "static_select",
    "timepicker",
    "url_text_input",
  ],
  section: [
    "button",
    "checkboxes",
    "datepicker",
    "image",
    "multi_static_select",
    "overflow",
    "radio_buttons",
    "static_select",
    "timepicker",
  ],
};

/** The rule violations of a block element. */
export function elementFaults(value: unknown, where: string, place: keyof typeof places): Violations {
  const fields = fieldsOf(value);
  const type = String(fields.type);
  if (!places[place].includes(type)) return [`${where} is ${type}, which cannot stand in ${place}`];
  if (type === "image") return imageFaults(fields, where);
  return [
    // Optional in Slack, but the desk tells its actions apart by this id.
    ...textFaults(fields.action_id, `${where}.action_id`, { most: limits.id }),
    ...ownFaults(type, fields, where),
    ...confirmFaults(fields.confirm, `${where}.confirm`),
  ];
}

/** The rule violations of an image block or context image. */
export function imageFaults({ image_url, alt_text }: Fields, where: string): Violations {
  return [
    ...urlFaults(image_url, `${where}.image_url`, limits.url),
    ...textFaults(alt_text, `${where}.alt_text`, { most: limits.altText }),
  ];
}

const always = ["type", "action_id", "confirm", "focus_on_load"];

function ownFaults(type: string, fields: Fields, where: string): Violations {
  switch (type) {
    case "button":
      return buttonFaults(fields, where);
    case "static_select":
    case "multi_static_select":
      return selectFaults(fields, where);
    case "radio_buttons":
    case "checkboxes":
      return tickFaults(fields, where);
    case "overflow":
      return optionsFaults(fields.options, `${where}.options`, limits.overflowOptions);
    default:
      return fieldFaults(fields, where);
  }
}

function buttonFaults(fields: Fields, where: string): Violations {
  const { text, value, url, style, accessibility_label } = fields;
  return [
    ...textObjectFaults(text, `${where}.text`, { most: limits.buttonText }),
    ...textFaults(value, `${where}.value`, { most: limits.buttonValue, optional: true }),
    ...(url === undefined ? [] : urlFaults(url, `${where}.url`, limits.url)),
    ...textFaults(accessibility_label, `${where}.accessibility_label`, { most: limits.buttonText, optional: true }),
    ...faults([
      style !== undefined && style !== "primary" && style !== "danger",
      `${where}.style is neither primary nor danger`,
    ]),
    ...unknownFaults(fields, where, [...always, "text", "value", "url", "style", "accessibility_label"]),
  ];
}

function selectFaults(fields: Fields, where: string): Violations {
  const { options, option_groups, initial_option, initial_options } = fields;
  const groups = listOf(option_groups).map(fieldsOf);
  const every = option_groups === undefined ? listOf(options) : groups.flatMap((group) => listOf(group.options));
  return [
    ...faults([(options === undefined) === (option_groups === undefined), `${where} needs options or option_groups`]),
    ...(options === undefined ? [] : optionsFaults(options, `${where}.options`, limits.selectOptions)),
    ...(option_groups === undefined ? [] : countFaults(option_groups, `${where}.option_groups`, limits.optionGroups)),
    ...groups.flatMap((group, at) => [
      ...textObjectFaults(group.label, `${where}.option_groups.${at}.label`, { most: limits.optionText }),
      ...optionsFaults(group.options, `${where}.option_groups.${at}.options`, limits.selectOptions),
    ]),
    ...initialFaults([initial_option, initial_options], every, where),
    ...textObjectFaults(fields.placeholder, `${where}.placeholder`, { most: limits.placeholder, optional: true }),
  ];
}

function tickFaults({ options, initial_option, initial_options }: Fields, where: string): Violations {
  return [
    ...optionsFaults(options, `${where}.options`, limits.tickOptions),
    ...initialFaults([initial_option, initial_options], listOf(options), where),
  ];
}

function optionsFaults(options: unknown, where: string, most: number): Violations {
  const every = listOf(options).map(fieldsOf);
  return [
    ...countFaults(options, where, most),
    ...every.flatMap(({ text, value, description }, at) => [
      ...textObjectFaults(text, `${where}.${at}.text`, { most: limits.optionText, kinds: ["plain_text", "mrkdwn"] }),
      ...textFaults(value, `${where}.${at}.value`, { most: limits.optionValue }),
      ...textObjectFaults(description, `${where}.${at}.description`, {
        most: limits.optionText,
        kinds: ["plain_text", "mrkdwn"],
        optional: true,
      }),
    ]),
    ...repeatedFaults(
      every.map(({ value }) => value),
      `value in ${where}`,
    ),
  ];
}

/** Initial options must be exact copies of an option. */
function initialFaults([one, several]: readonly unknown[], options: readonly unknown[], where: string): Violations {
  const known = new Set(options.map((option) => JSON.stringify(option)));
  const initial = [...(one === undefined ? [] : [one]), ...listOf(several)];
  return faults(
    [several !== undefined && listOf(several).length === 0, `${where}.initial_options is empty`],
    [initial.some((option) => !known.has(JSON.stringify(option))), `${where} begins with what is not an option`],
  );
}

/** Text inputs and pickers. */
function fieldFaults(fields: Fields, where: string): Violations {
  const { initial_value, initial_date, initial_time, min_length, max_length, placeholder, type } = fields;
  const most = limits.inputText;
  return [
    ...textObjectFaults(placeholder, `${where}.placeholder`, { most: limits.placeholder, optional: true }),
    ...(initial_value === "" ? [] : textFaults(initial_value, `${where}.initial_value`, { most, optional: true })),
    ...faults(
      [initial_date !== undefined && !isDate(initial_date), `${where}.initial_date is no date`],
      [initial_time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(String(initial_time)), `${where} is no time`],
      [Number(min_length ?? 0) > most || Number(min_length ?? 0) < 0, `${where}.min_length is out of range`],
      [Number(max_length ?? 1) > most || Number(max_length ?? 1) < 1, `${where}.max_length is out of range`],
      [type === "number_input" && fields.is_decimal_allowed === undefined, `${where}.is_decimal_allowed is missing`],
    ),
  ];
}

function isDate(value: unknown): boolean {
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

function confirmFaults(value: unknown, where: string): Violations {
  if (value === undefined) return [];
  const { title, text, confirm, deny } = fieldsOf(value);
  const most = limits.confirm;
  return [
    ...textObjectFaults(title, `${where}.title`, { most: most.title }),
    ...textObjectFaults(text, `${where}.text`, { most: most.text, kinds: ["plain_text", "mrkdwn"] }),
    ...textObjectFaults(confirm, `${where}.confirm`, { most: most.confirm }),
    ...textObjectFaults(deny, `${where}.deny`, { most: most.deny }),
  ];
}
