import { elementProblems, textProblems } from "./element-limits.ts";
import { type Json, lengthOf, record, records, text } from "./shape.ts";

/** The surface of the blocks. */
export type Surface = "message" | "modal" | "home";

/** Slack's validation errors for blocks, each with its JSON pointer; empty if valid. */
export function blockProblems(surface: Surface, given: unknown): readonly string[] {
  if (!Array.isArray(given)) return ["must be an array [json-pointer:/blocks]"];
  const blocks = records(given);
  const most = surface === "message" ? 50 : 100;
  const ids = blocks.map((block) => text(block.block_id)).filter((id) => id !== "");
  return [
    ...(blocks.length > most ? [`no more than ${most} items allowed [json-pointer:/blocks]`] : []),
    ...(new Set(ids).size < ids.length ? ["block_id already exists [json-pointer:/blocks]"] : []),
    ...blocks.flatMap((block, at) => problemsOf(block, `/blocks/${at}`)),
  ];
}

/** Like `blockProblems`, for a whole modal or Home tab. */
export function viewProblems(view: Json): readonly string[] {
  const isModal = view.type === "modal";
  if (!isModal && view.type !== "home") return ["unsupported type [json-pointer:/type]"];
  const words = (name: string, required: boolean) =>
    view[name] === undefined
      ? required
        ? [`missing required field: ${name} [json-pointer:/view]`]
        : []
      : isModal
        ? textProblems(view[name], `/${name}`, { most: 24, plain: true })
        : [`invalid additional property: ${name} [json-pointer:/view]`];
  const asks = records(view.blocks).some((block) => block.type === "input");
  return [
    ...words("title", isModal),
    ...words("submit", isModal && asks),
    ...words("close", false),
    ...tooLong(view.private_metadata, "/private_metadata", 3000),
    ...tooLong(view.callback_id, "/callback_id", 255),
    ...unknownKeys(view, "/view", viewKeys),
    ...blockProblems(isModal ? "modal" : "home", view.blocks),
  ];
}

const viewKeys =
  "type title submit close blocks private_metadata callback_id clear_on_close notify_on_close external_id submit_disabled";

const keysOf: Readonly<Record<string, string>> = {
  section: "text fields accessory expand",
  header: "text",
  divider: "",
  context: "elements",
  actions: "elements",
  input: "label element hint optional dispatch_action",
  image: "image_url alt_text title slack_file",
  rich_text: "elements",
};

function problemsOf(block: Json, at: string): readonly string[] {
  const keys = keysOf[text(block.type)];
  if (keys === undefined) return [`unsupported type: ${text(block.type)} [json-pointer:${at}/type]`];
  const own = contentProblems(block, at);
  return [
    ...own,
    ...unknownKeys(block, at, `type block_id ${keys}`),
    ...tooLong(block.block_id, `${at}/block_id`, 255),
  ];
}

function contentProblems(block: Json, at: string): readonly string[] {
  const elements = records(block.elements);
  switch (block.type) {
    case "section":
      return sectionProblems(block, at);
    case "header":
      return textProblems(block.text, `${at}/text`, { most: 150, plain: true });
    case "context":
      return [
        ...counted(elements.length, 10, `${at}/elements`),
        ...elements.flatMap((element, i) =>
          element.type === "image" ? [] : textProblems(element, `${at}/elements/${i}`, { most: 2000 }),
        ),
      ];
    case "actions": {
      const ids = elements.map(({ action_id }) => text(action_id)).filter((id) => id !== "");
      return [
        ...counted(elements.length, 25, `${at}/elements`),
        ...(new Set(ids).size < ids.length ? [`action_id already exists [json-pointer:${at}/elements]`] : []),
        ...elements.flatMap((element, i) => elementProblems(element, `${at}/elements/${i}`, "actions")),
      ];
    }
    case "input":
      return [
        ...textProblems(block.label, `${at}/label`, { most: 2000, plain: true }),
        ...(block.hint === undefined ? [] : textProblems(block.hint, `${at}/hint`, { most: 2000, plain: true })),
        ...elementProblems(record(block.element), `${at}/element`, "input"),
      ];
    case "image":
      return text(block.alt_text) === "" ? [`missing required field: alt_text [json-pointer:${at}]`] : [];
    default:
      return [];
  }
}

function sectionProblems(block: Json, at: string): readonly string[] {
  const fields = records(block.fields);
  if (block.text === undefined && fields.length === 0)
    return [`must define either \`text\` or \`fields\` [json-pointer:${at}]`];
  return [
    ...(block.text === undefined ? [] : textProblems(block.text, `${at}/text`, { most: 3000 })),
    ...(block.fields === undefined ? [] : counted(fields.length, 10, `${at}/fields`)),
    ...fields.flatMap((field, i) => textProblems(field, `${at}/fields/${i}`, { most: 2000 })),
    ...(block.accessory === undefined ? [] : elementProblems(record(block.accessory), `${at}/accessory`, "section")),
  ];
}

function counted(count: number, most: number, at: string): readonly string[] {
  if (count === 0) return [`no fewer than 1 items allowed [json-pointer:${at}]`];
  return count > most ? [`no more than ${most} items allowed [json-pointer:${at}]`] : [];
}

function tooLong(value: unknown, at: string, most: number): readonly string[] {
  return lengthOf(text(value)) > most ? [`must be less than ${most + 1} characters [json-pointer:${at}]`] : [];
}

function unknownKeys(value: Json, at: string, known: string): readonly string[] {
  const allowed = new Set(known.split(" "));
  const strange = Object.keys(value).filter((key) => !allowed.has(key));
  return strange.map((key) => `invalid additional property: ${key} [json-pointer:${at}]`);
}
