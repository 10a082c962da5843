import { type Fields, fieldsOf, listOf } from "../../../adapters/slack/json-fields.ts";
import { lengthOf, limits } from "../../../adapters/slack/limits.ts";
import { elementFaults, imageFaults } from "./element-faults.ts";
import {
  commandFaults,
  countFaults,
  faults,
  repeatedFaults,
  textFaults,
  textObjectFaults,
  unknownFaults,
  type Violations,
} from "./value-faults.ts";

/** The surface of the blocks: a message, or a view (form or Home tab). */
type Surface = "message" | "view";

/**
 * The rule violations of a message's blocks, a message with its `text`, or a view; empty for a valid one. Stricter than
 * Slack where its reference is silent.
 */
export function violations(given: unknown): readonly string[] {
  if (Array.isArray(given)) return blocksFaults(given, "message");
  const fields = fieldsOf(given);
  return fields.type === undefined ? messageFaults(fields) : viewFaults(fields);
}

function messageFaults({ text, blocks }: Fields): Violations {
  return [
    ...textFaults(text, "text", { most: limits.messageText, optional: blocks !== undefined }),
    ...(typeof text === "string" ? commandFaults(text, "text") : []),
    ...(blocks === undefined ? [] : blocksFaults(blocks, "message")),
  ];
}

function viewFaults(view: Fields): Violations {
  const { type, title, submit, close, callback_id, private_metadata, blocks } = view;
  const isModal = type === "modal";
  const needsSubmit = listOf(blocks).some((block) => fieldsOf(block).type === "input");
  const most = limits.viewTitle;
  return [
    ...faults(
      [!isModal && type !== "home", `a view is not ${String(type)}`],
      [!isModal && (title ?? submit ?? close) !== undefined, "the Home tab has no title and nothing to submit"],
      [isModal && needsSubmit && submit === undefined, "submit is missing"],
    ),
    ...textObjectFaults(title, "title", { most, optional: !isModal }),
    ...textObjectFaults(submit, "submit", { most, optional: true }),
    ...textObjectFaults(close, "close", { most, optional: true }),
    ...textFaults(callback_id, "callback_id", { most: limits.id, optional: true }),
    ...textFaults(private_metadata, "private_metadata", { most: limits.privateMetadata, optional: true }),
    ...blocksFaults(blocks, "view"),
  ];
}

function blocksFaults(blocks: unknown, surface: Surface): Violations {
  const every = listOf(blocks).map(fieldsOf);
  const most = surface === "message" ? limits.messageBlocks : limits.viewBlocks;
  const size = lengthOf(JSON.stringify(blocks) ?? "");
  return [
    ...countFaults(blocks, "blocks", most),
    ...faults([surface === "message" && size > limits.blocksJson, `blocks are ${size} characters of JSON`]),
    ...repeatedFaults(
      every.map(({ block_id }) => block_id),
      "block_id",
    ),
    ...every.flatMap((block, at) => blockFaults(block, `blocks.${at}`)),
    // Listeners are registered by prefix, so an action is identified by its id alone (S16).
    ...repeatedFaults(
      every.filter(({ type }) => type === "actions").flatMap((block) => actionIds(block)),
      "action_id",
    ),
  ];
}

function actionIds({ elements }: Fields): readonly unknown[] {
  return listOf(elements).map((element) => fieldsOf(element).action_id);
}

function blockFaults(block: Fields, where: string): Violations {
  return [
    ...textFaults(block.block_id, `${where}.block_id`, { most: limits.id, optional: true }),
    ...ownFaults(block, where),
  ];
}

function ownFaults(block: Fields, where: string): Violations {
  switch (block.type) {
    case "section":
      return sectionFaults(block, where);
    case "header":
      return [
        ...textObjectFaults(block.text, `${where}.text`, { most: limits.headerText }),
        ...unknownFaults(block, where, ["type", "block_id", "text", "level"]),
      ];
    case "context":
      return [
        ...countFaults(block.elements, `${where}.elements`, limits.contextElements),
        ...listOf(block.elements).flatMap((element, at) => contextFaults(element, `${where}.elements.${at}`)),
      ];
    case "actions":
      return [
        ...countFaults(block.elements, `${where}.elements`, limits.actionElements),
        ...listOf(block.elements).flatMap((one, at) => elementFaults(one, `${where}.elements.${at}`, "actions")),
        ...unknownFaults(block, where, ["type", "block_id", "elements"]),
      ];
    case "input":
      return inputFaults(block, where);
    case "image":
      return imageFaults(block, where);
    case "divider":
      return unknownFaults(block, where, ["type", "block_id"]);
    default:
      return [`${where} is ${String(block.type)}, which the desk does not send`];
  }
}

function sectionFaults(block: Fields, where: string): Violations {
  const { text, fields, accessory } = block;
  const kinds = ["plain_text", "mrkdwn"];
  return [
    ...faults([text === undefined && fields === undefined, `${where} has neither text nor fields`]),
    ...textObjectFaults(text, `${where}.text`, { most: limits.sectionText, kinds, optional: true }),
    ...(fields === undefined ? [] : countFaults(fields, `${where}.fields`, limits.fields)),
    ...listOf(fields).flatMap((field, at) =>
      textObjectFaults(field, `${where}.fields.${at}`, { most: limits.fieldText, kinds }),
    ),
    ...(accessory === undefined ? [] : elementFaults(accessory, `${where}.accessory`, "section")),
    ...unknownFaults(block, where, ["type", "block_id", "text", "fields", "accessory", "expand"]),
  ];
}

function contextFaults(element: unknown, where: string): Violations {
  const fields = fieldsOf(element);
  if (fields.type === "image") return imageFaults(fields, where);
  return textObjectFaults(element, where, { most: limits.contextText, kinds: ["plain_text", "mrkdwn"] });
}

function inputFaults(block: Fields, where: string): Violations {
  return [
    ...textObjectFaults(block.label, `${where}.label`, { most: limits.inputLabel }),
    ...textObjectFaults(block.hint, `${where}.hint`, { most: limits.inputHint, optional: true }),
    ...elementFaults(block.element, `${where}.element`, "input"),
    ...unknownFaults(block, where, ["type", "block_id", "label", "hint", "element", "optional", "dispatch_action"]),
  ];
}
