import type { View } from "@slack/types";
import { elementHtml } from "./draw-elements.ts";
import { escapeHtml, plainHtml, textHtml } from "./draw-text.ts";
import { type Fields, fieldsOf, listOf } from "./json-fields.ts";

/** A message as posted, or a view. */
export type Drawable = { readonly text?: string; readonly blocks: readonly unknown[] } | View;

/**
 * Draws a message, form or Home tab as static HTML that looks as in Slack; needs `slackCss`. Nothing in it is interactive
 * or needs a script, and all text is escaped.
 */
export function drawSlack(shown: Drawable): string {
  const fields = fieldsOf(shown);
  const blocks = listOf(fields.blocks).map((block) => blockHtml(fieldsOf(block)));
  const body =
    blocks.length > 0 ? blocks.join("") : `<p class="slack-section">${textHtml(String(fields.text ?? ""))}</p>`;
  if (fields.type === "modal") return modalHtml(fields, body);
  if (fields.type === "home") return `<div class="slack slack-home">${body}</div>`;
  return `<div class="slack slack-message"><span class="slack-face" aria-hidden="true">F</span><div class="slack-body"><p class="slack-author">Frontdesk <span class="slack-app">APP</span></p>${body}</div></div>`;
}

function modalHtml({ title, close, submit }: Fields, body: string): string {
  const action = (text: unknown, kind: string) =>
    text === undefined ? "" : `<span class="slack-button ${kind}">${plainHtml(text)}</span>`;
  return `<div class="slack slack-modal"><p class="slack-title">${plainHtml(title)}</p><div class="slack-fields">${body}</div><div class="slack-foot">${action(close, "")}${action(submit, "slack-primary")}</div></div>`;
}

function blockHtml(block: Fields): string {
  switch (block.type) {
    case "header":
      return `<p class="slack-header">${plainHtml(block.text)}</p>`;
    case "section":
      return sectionHtml(block);
    case "context":
      return `<div class="slack-context">${listOf(block.elements).map(textObject).join("")}</div>`;
    case "actions":
      return `<div class="slack-actions">${listOf(block.elements).map(elementHtml).join("")}</div>`;
    case "input":
      return inputHtml(block);
    case "divider":
      return `<hr class="slack-divider">`;
    case "image":
      return `<p class="slack-context">${escapeHtml(String(block.alt_text ?? ""))}</p>`;
    default:
      return "";
  }
}

function sectionHtml({ text, fields, accessory }: Fields): string {
  const parts = [
    text === undefined ? "" : `<div class="slack-text">${textObject(text)}</div>`,
    fields === undefined ? "" : `<div class="slack-two">${listOf(fields).map(fieldHtml).join("")}</div>`,
    accessory === undefined ? "" : elementHtml(accessory),
  ];
  return `<div class="slack-section">${parts.join("")}</div>`;
}

function fieldHtml(field: unknown): string {
  return `<div class="slack-field">${textObject(field)}</div>`;
}

function inputHtml({ label, hint, element, optional }: Fields): string {
  const aside = optional === true ? ` <span class="slack-optional">(optional)</span>` : "";
  const below = hint === undefined ? "" : `<p class="slack-hint">${plainHtml(hint)}</p>`;
  return `<div class="slack-input"><p class="slack-label">${plainHtml(label)}${aside}</p>${elementHtml(element)}${below}</div>`;
}

function textObject(value: unknown): string {
  const { type, text } = fieldsOf(value);
  return `<p>${type === "mrkdwn" ? textHtml(String(text ?? "")) : plainHtml(value)}</p>`;
}
