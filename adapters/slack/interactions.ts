import type { App } from "@slack/bolt";
import { given } from "../../src/given.ts";
import { slackWords } from "../../src/words/slack.ts";
import { openForm, openSentence } from "./form.ts";
import { type ListenerParts, teamOf } from "./listeners.ts";
import { formCallback } from "./modal.ts";
import { answerPress, formAnswer, hint } from "./press-answers.ts";
import { type Action, askedBy, pressedBy, readAction, readCommand, readShortcut, readSubmission } from "./receive.ts";
import { toBlocks } from "./render.ts";
import type { ResponseUrls } from "./response-urls.ts";
import { withWayIn } from "./surfaces.ts";

/** Registers the listeners for buttons, forms, commands and shortcuts. */
export function listenToInteractions(app: App, parts: ListenerParts): void {
  listenToButtons(app, parts);

  app.view(formCallback, async ({ ack, body, context, view }) => {
    const heard = readSubmission(body);
    if (heard === undefined) return ack(formAnswer({ refused: slackWords.formOver }, view.blocks));
    const answer = formAnswer(await parts.hear(teamOf(context), heard), view.blocks);
    await (answer === undefined ? ack() : ack(answer));
  });

  // Matches any name, because a workspace may rename the app's only command.
  app.command(/^\//, async ({ ack, body, context }) => {
    const heard = readCommand(body);
    if (heard !== undefined) await parts.hear(teamOf(context), heard);
    const card = {
      summary: slackWords.commandTaken,
      parts: [{ type: "text", text: slackWords.commandTaken }],
    } as const;
    const answer = withWayIn(card, { team: teamOf(context), app: body.api_app_id });
    await ack({ response_type: "ephemeral", ...toBlocks(answer, { talkId: "-", revision: 0 }) });
  });

  app.shortcut(/^book/, async ({ ack, body, context }) => {
    const heard = readShortcut(body);
    if (heard !== undefined) await parts.hear(teamOf(context), heard);
    await ack();
  });
}

function keepUrl(urls: ResponseUrls, { user, messageId, responseUrl }: Action): void {
  if (messageId !== undefined && responseUrl !== undefined) urls.keep({ user, messageId }, responseUrl);
}

/** Registers exactly one listener per kind of button, because a second acknowledgement would throw (S16). */
function listenToButtons(app: App, parts: ListenerParts): void {
  const { urls, inBackground } = parts;

  app.action(/^press:/, async ({ ack, body, context }) => {
    await ack();
    const action = readAction(body);
    if (action === undefined) return;
    const heard = pressedBy(action);
    if (heard === undefined) return inBackground(hint(urls, action, slackWords.notTaken));
    // Stored before delivery: the outbox may send the repaint before `hear` returns.
    keepUrl(urls, action);
    const delivered = await parts.hear(teamOf(context), heard);
    const values = heard.body.type === "press" ? heard.body.values : undefined;
    inBackground(answerPress(urls, { ...action, ...given({ values }) }, delivered));
  });

  app.action(/^form:/, async ({ ack, body, context }) => {
    await ack();
    const action = readAction(body);
    if (action === undefined) return;
    keepUrl(urls, action);
    await openForm(parts, teamOf(context), action);
  });

  app.action(/^ask:/, async ({ ack, body, context }) => {
    await ack();
    const action = readAction(body);
    const heard = action && askedBy(action);
    if (action === undefined || heard === undefined) return;
    const { refused } = await parts.hear(teamOf(context), heard);
    if (refused === undefined) return;
    inBackground(
      action.responseUrl === undefined
        ? openSentence(parts, teamOf(context), action, refused)
        : hint(urls, action, refused),
    );
  });

  // Slack also reports clicks on link buttons and changed inputs. They are acknowledged and ignored.
  app.action(/^(?!press:|form:|ask:)/, async ({ ack }) => ack());
}
