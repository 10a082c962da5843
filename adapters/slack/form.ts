import type { Address } from "../../src/ports/messenger.ts";
import { slackWords } from "../../src/words/slack.ts";
import { failureOf } from "./failure.ts";
import type { ListenerParts } from "./listeners.ts";
import { toModal } from "./modal.ts";
import { readPress } from "./press.ts";
import { hint, sentenceModal } from "./press-answers.ts";
import type { Action } from "./receive.ts";

/**
 * Opens a card's questions as a modal. It is drawn from the current card, not from the card that carried the button.
 * `views.open` is called at once, because a trigger id expires after three seconds (S3, S12). Failures are reported in an
 * ephemeral message.
 */
export async function openForm(parts: ListenerParts, team: string, action: Action): Promise<void> {
  const { urls, log, inBackground } = parts;
  const say = (sentence: string) => inBackground(hint(urls, action, sentence));
  const pressed = readPress(action.value);
  if (pressed === undefined) return say(slackWords.notTaken);
  const address: Address = { platform: "slack", workspace: team, user: action.user };
  const now = await parts.present(address, pressed.talkId);
  const view = now && toModal(now.card, { talkId: now.talkId, revision: now.revision });
  if (view === undefined) return say(slackWords.formOver);
  try {
    await openView(parts, team, action, view);
  } catch (error) {
    log.warn({ event: "slack.form.failed", outcome: "again", reason: failureOf(error).code });
    say(slackWords.formNotOpened);
  }
}

/** Opens a modal with one sentence, for presses in a view, where ephemeral messages are not available. Best-effort. */
export async function openSentence(
  parts: ListenerParts,
  team: string,
  action: Action,
  sentence: string,
): Promise<void> {
  try {
    await openView(parts, team, action, sentenceModal(sentence));
  } catch (error) {
    parts.log.warn({ event: "slack.modal.failed", reason: failureOf(error).code });
  }
}

async function openView(
  { access, clients }: ListenerParts,
  team: string,
  { triggerId = "" }: Action,
  view: ReturnType<typeof sentenceModal>,
): Promise<void> {
  const installation = await access.find({ teamId: team });
  if (installation === undefined) return;
  await clients.atOnce(installation.botToken).views.open({ trigger_id: triggerId, view });
}
