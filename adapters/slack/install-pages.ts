import { type Html, html } from "../../src/web/html.ts";
import { slackWords } from "../../src/words/slack.ts";

/** A page of the OAuth installation. */
export interface InstallPage {
  readonly title: string;
  readonly body: Html;
}

/** Why an installation failed. */
export type InstallFailure = "denied" | "stale" | "refused" | "unreachable" | "whole";

/** The start page: the requested permissions with reasons, and the link to Slack. */
export function installPage(authorizeUrl: string, scopes: readonly string[]): InstallPage {
  return {
    title: slackWords.installTitle,
    body: html`<h1>${slackWords.installTitle}</h1>
<p>${slackWords.installLead}</p>
<p>${slackWords.installAsks}</p>
<ul>
${scopes.map(
  (scope) => html`<li>${slackWords.scopes[scope] ?? scope} (<code>${scope}</code>)</li>
`,
)}</ul>
<p><a href="${authorizeUrl}" rel="nofollow">${slackWords.installLink}</a></p>
<p class="help">${slackWords.installLasts}</p>`,
  };
}

/** The success page with the next steps. */
export function installedPage(team: string, slackUrl: string): InstallPage {
  return {
    title: slackWords.installedTitle,
    body: html`<h1>${slackWords.installedTitle}</h1>
<p>${slackWords.installedLead(team)}</p>
<ol>
${slackWords.installedSteps.map(
  (step) => html`<li>${step}</li>
`,
)}</ol>
<p><a href="${slackUrl}">${slackWords.openSlack}</a></p>`,
  };
}

/** The failure page, with its HTTP status. */
export function installFailedPage(failure: InstallFailure): InstallPage & { readonly status: number } {
  const { status, sentence } = failures[failure];
  return {
    status,
    title: slackWords.installFailedTitle,
    body: html`<h1>${slackWords.installFailedTitle}</h1>
<p>${sentence}</p>
<p><a href="/slack/install">${slackWords.installAgain}</a></p>`,
  };
}

const failures: Readonly<Record<InstallFailure, { readonly status: number; readonly sentence: string }>> = {
  denied: { status: 403, sentence: slackWords.installDenied },
  stale: { status: 400, sentence: slackWords.installStale },
  refused: { status: 502, sentence: slackWords.installRefused },
  unreachable: { status: 503, sentence: slackWords.installUnreachable },
  whole: { status: 400, sentence: slackWords.installWhole },
};
