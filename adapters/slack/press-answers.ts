import type { ViewResponseAction } from "@slack/bolt";
import type { Block, KnownBlock, ModalView } from "@slack/types";
import type { Card, CardPart, InputValues } from "../../src/cards/card.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { given } from "../../src/given.ts";
import { slackWords } from "../../src/words/slack.ts";
import { cut, limits } from "./limits.ts";
import { fieldErrors } from "./modal.ts";
import { escapeMrkdwn } from "./mrkdwn.ts";
import type { Action } from "./receive.ts";
import { toBlocks } from "./render.ts";
import type { ResponseUrls } from "./response-urls.ts";

/** The response to a submitted form: field errors, a sentence in its place, or undefined, which closes the form. */
export function formAnswer(delivered: Delivered, blocks: readonly Block[]): ViewResponseAction | undefined {
  if (delivered.errors !== undefined) {
    // Slack returns the blocks it was sent, and those are ours.
    const errors = fieldErrors(delivered.errors, blocks as readonly KnownBlock[]);
    if (Object.keys(errors).length > 0) return { response_action: "errors", errors };
    return { response_action: "update", view: sentenceModal(Object.values(delivered.errors).join(" ")) };
  }
  const sentence = delivered.refused ?? (delivered.stale === true ? slackWords.formOver : undefined);
  return sentence === undefined ? undefined : { response_action: "update", view: sentenceModal(sentence) };
}

/** A modal with one sentence and a close button. */
export function sentenceModal(sentence: string): ModalView {
  const title = { type: "plain_text", text: slackWords.sentenceTitle } as const;
  return {
    type: "modal",
    title,
    close: { type: "plain_text", text: slackWords.close },
    blocks: [
      {
        type: "section",
        text: { type: "mrkdwn", text: cut(escapeMrkdwn(sentence), limits.sectionText) },
      },
    ],
  };
}

/** Tells the person who pressed a button about errors or a refusal that the message's repaint does not show. */
export async function answerPress(
  urls: ResponseUrls,
  pressed: Pick<Action, "user" | "messageId" | "responseUrl"> & { readonly values?: InputValues },
  delivered: Delivered,
): Promise<void> {
  const { user, messageId, values = {} } = pressed;
  if (delivered.errors !== undefined) {
    const { card, talkId, revision } = delivered;
    const url = messageId === undefined ? undefined : urls.takeForRepaint({ user, messageId });
    if (url !== undefined && card !== undefined && talkId !== undefined && revision !== undefined) {
      const shown = toBlocks(withErrors(card, delivered.errors, values), { talkId, revision });
      if (await urls.post(url, { replace_original: true, ...shown })) return;
    }
    const labels = new Map(inputsOf(card).map(({ id, label }) => [id, label]));
    const lines = Object.entries(delivered.errors).map(([id, problem]) =>
      slackWords.lookAgain(labels.get(id) ?? id, problem),
    );
    return hint(urls, pressed, lines.join("\n"));
  }
  if (delivered.refused !== undefined) await hint(urls, pressed, delivered.refused);
}

/** Sends an ephemeral message below the pressed message. It is best-effort and may be lost, so nothing may depend on it. */
export async function hint(
  urls: ResponseUrls,
  { user, messageId, responseUrl }: Pick<Action, "user" | "messageId" | "responseUrl">,
  sentence: string,
): Promise<void> {
  const url = messageId === undefined ? responseUrl : urls.takeForHint({ user, messageId });
  if (url === undefined) return;
  await urls.post(url, { response_type: "ephemeral", replace_original: false, text: escapeMrkdwn(sentence) });
}

/** The card with the given values and an error at each rejected input. */
function withErrors(card: Card, errors: Readonly<Record<string, string>>, values: InputValues): Card {
  return {
    ...card,
    parts: card.parts.map((part): CardPart => {
      if (part.type !== "inputs") return part;
      const inputs = part.inputs.map((input) => {
        const value = values[input.id];
        const error = errors[input.id];
        return { ...input, ...given({ value, error }) };
      });
      return { ...part, inputs };
    }),
  };
}

function inputsOf(card: Card | undefined): readonly { readonly id: string; readonly label: string }[] {
  return card?.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : [])) ?? [];
}
