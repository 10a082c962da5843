import { type Json, lengthOf, record, records, text } from "./shape.ts";

/** Slack's validation errors for a text object. */
export function textProblems(given: unknown, at: string, { most, plain = false }: { most: number; plain?: boolean }) {
  const { type, text: words, emoji } = record(given);
  if (type !== "plain_text" && (plain || type !== "mrkdwn"))
    return [`must be of type ${plain ? "plain_text" : "plain_text or mrkdwn"} [json-pointer:${at}]`];
  if (typeof words !== "string" || words === "") return [`must be more than 0 characters [json-pointer:${at}/text]`];
  return [
    ...(type === "mrkdwn" && emoji !== undefined
      ? [`invalid additional property: emoji [json-pointer:${at}/emoji]`]
      : []),
    ...tooLong(words, `${at}/text`, most),
  ];
}

type Place = "actions" | "section" | "input";

const places: Readonly<Record<string, readonly Place[]>> = {
  button: ["actions", "section"],
  overflow: ["actions", "section"],
  image: ["section"],
  static_select: ["actions", "section", "input"],
  multi_static_select: ["section", "input"],
  radio_buttons: ["actions", "section", "input"],
  checkboxes: ["actions", "section", "input"],
  datepicker: ["actions", "section", "input"],
  timepicker: ["actions", "section", "input"],
  plain_text_input: ["input"],
  number_input: ["input"],
  email_text_input: ["input"],
  url_text_input: ["input"],
};

const mostOptions: Readonly<Record<string, number>> = {
  overflow: 5,
  radio_buttons: 10,
  checkboxes: 10,
  static_select: 100,
  multi_static_select: 100,
};

/** Slack's validation errors for an interactive element in a block of this type. */
export function elementProblems(element: Json, at: string, place: Place): readonly string[] {
  const type = text(element.type);
  if (places[type]?.includes(place) !== true) return [`unsupported type: ${type} [json-pointer:${at}]`];
  return [
    ...tooLong(text(element.action_id), `${at}/action_id`, 255),
    ...(element.placeholder === undefined
      ? []
      : textProblems(element.placeholder, `${at}/placeholder`, { most: 150, plain: true })),
    ...(element.confirm === undefined ? [] : confirmProblems(record(element.confirm), `${at}/confirm`)),
    ...(type === "button" ? buttonProblems(element, at) : []),
    ...(type in mostOptions ? choiceProblems(element, at, mostOptions[type] ?? 0) : []),
    ...(type.endsWith("_input") || type === "number_input" ? inputProblems(element, at) : []),
    ...(element.initial_date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(text(element.initial_date))
      ? [`must be a date [json-pointer:${at}/initial_date]`]
      : []),
  ];
}

function buttonProblems(button: Json, at: string): readonly string[] {
  return [
    ...textProblems(button.text, `${at}/text`, { most: 75, plain: true }),
    ...tooLong(text(button.value), `${at}/value`, 2000),
    ...tooLong(text(button.url), `${at}/url`, 3000),
    ...tooLong(text(button.accessibility_label), `${at}/accessibility_label`, 75),
    ...(button.style === undefined || button.style === "primary" || button.style === "danger"
      ? []
      : [`must be a valid enum value [json-pointer:${at}/style]`]),
    ...(button.url === undefined || URL.canParse(text(button.url)) ? [] : [`invalid url [json-pointer:${at}/url]`]),
  ];
}

function choiceProblems(element: Json, at: string, most: number): readonly string[] {
  const groups = records(element.option_groups);
  const options = groups.length > 0 ? groups.flatMap((group) => records(group.options)) : records(element.options);
  const initial = [
    ...(element.initial_option === undefined ? [] : [element.initial_option]),
    ...records(element.initial_options),
  ];
  const values = options.map((option) => text(option.value));
  const told = options.map(sameness);
  return [
    ...(options.length === 0 ? [`no fewer than 1 items allowed [json-pointer:${at}/options]`] : []),
    ...(options.length > most ? [`no more than ${most} items allowed [json-pointer:${at}/options]`] : []),
    ...(new Set(values).size < values.length ? [`duplicate option value [json-pointer:${at}/options]`] : []),
    ...initial.flatMap((one) =>
      told.includes(sameness(record(one))) ? [] : [`initial option is none of the options [json-pointer:${at}]`],
    ),
    ...options.flatMap((option, i) => [
      ...textProblems(option.text, `${at}/options/${i}/text`, { most: 75 }),
      ...(option.description === undefined
        ? []
        : textProblems(option.description, `${at}/options/${i}/description`, { most: 75 })),
      ...(text(option.value) === ""
        ? [`must be more than 0 characters [json-pointer:${at}/options/${i}/value]`]
        : tooLong(text(option.value), `${at}/options/${i}/value`, 150)),
    ]),
  ];
}

function sameness(option: Json): string {
  return JSON.stringify([record(option.text).text, option.value]);
}

function inputProblems(element: Json, at: string): readonly string[] {
  const most = typeof element.max_length === "number" ? element.max_length : 3000;
  return [
    ...(most < 1 || most > 3000 ? [`must be between 1 and 3000 [json-pointer:${at}/max_length]`] : []),
    ...tooLong(text(element.initial_value), `${at}/initial_value`, Math.min(most, 3000)),
    ...(element.type === "number_input" && element.is_decimal_allowed === undefined
      ? [`missing required field: is_decimal_allowed [json-pointer:${at}]`]
      : []),
  ];
}

function confirmProblems(confirm: Json, at: string): readonly string[] {
  return [
    ...textProblems(confirm.title, `${at}/title`, { most: 100, plain: true }),
    ...textProblems(confirm.text, `${at}/text`, { most: 300 }),
    ...(confirm.confirm === undefined ? [] : textProblems(confirm.confirm, `${at}/confirm`, { most: 30, plain: true })),
    ...(confirm.deny === undefined ? [] : textProblems(confirm.deny, `${at}/deny`, { most: 30, plain: true })),
  ];
}

function tooLong(value: string, at: string, most: number): readonly string[] {
  return lengthOf(value) > most ? [`must be less than ${most + 1} characters [json-pointer:${at}]`] : [];
}
