import { readFileSync } from "node:fs";
import type { BlocksValidateArguments, WebClient } from "@slack/web-api";
import { toModal } from "../adapters/slack/modal.ts";
import { toBlocks, toHome } from "../adapters/slack/render.ts";
import type { Card } from "./cards/card.ts";

/** The manifest for this address, or why there is none: a sentence. */
export type ManifestReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: string };

/**
 * The app's manifest (YAML) with the address Slack reaches the desk at; for an address of this machine, which Slack does
 * not reach, that of Socket Mode. Refuses an address that Slack would.
 */
export function slackManifest(publicUrl: string): ManifestReading {
  const { protocol, hostname } = new URL(publicUrl);
  const template = readFileSync(new URL("../manifest/slack.yaml", import.meta.url), "utf8").replace(/^#.*\n/, "");
  if (hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname)) {
    const withoutAddresses = template.replace(/^.*(redirect_urls:|\{\{PUBLIC_URL\}\}).*\n/gm, "");
    return { ok: true, text: withoutAddresses.replace("socket_mode_enabled: false", "socket_mode_enabled: true") };
  }
  if (protocol === "http:") {
    return {
      ok: false,
      line: `PUBLIC_URL is ${publicUrl}: Slack calls https:// addresses only. Set PUBLIC_URL to the desk's https:// address, or leave it out for Socket Mode.`,
    };
  }
  return { ok: true, text: template.replaceAll("{{PUBLIC_URL}}", publicUrl) };
}

/** A card to be shown to Slack, by the state that shows it. */
export interface Sample {
  readonly name: string;
  readonly card: Card;
}

/** A line of the check's outcome. */
export interface SlackFinding {
  readonly wrong: boolean;
  readonly line: string;
}

/** Slack takes about a hundred questions a minute. */
const betweenMs = 650;

/**
 * Asks Slack itself whether the token works and whether it takes each view: as a message, as a form, as the Home tab
 * (`blocks.validate`, S6). Posts nothing. Tells each finding as it comes.
 */
export async function checkSlack(
  slack: WebClient,
  samples: readonly Sample[],
  options: { readonly tell: (finding: SlackFinding) => void; readonly pauseMs?: number },
): Promise<void> {
  const { tell, pauseMs = betweenMs } = options;
  try {
    const { team = "", user = "", is_enterprise_install } = await slack.auth.test();
    tell(
      is_enterprise_install === true
        ? {
            wrong: true,
            line: `The token is of the whole organisation ${team}: the desk serves single workspaces. Install the app in one of them, and take its token.`,
          }
        : { wrong: false, line: `The token works: ${user} in ${team}.` },
    );
  } catch (error) {
    tell({ wrong: true, line: `The token does not work: ${reasonOf(error)}` });
    return;
  }
  for (const { name, card } of samples) {
    const at = { talkId: "tk_check", revision: 1 };
    const modal = toModal(card, at);
    const shown: readonly (readonly [string, BlocksValidateArguments])[] = [
      ["message", { message: { blocks: toBlocks(card, at).blocks } }],
      ["Home tab", { view: toHome(card) }],
      ...(modal === undefined ? [] : [["form", { view: modal }] as const]),
    ];
    for (const [surface, given] of shown) {
      try {
        await slack.blocks.validate(given);
        tell({ wrong: false, line: `${name} as a ${surface}` });
      } catch (error) {
        tell({ wrong: true, line: `${name} as a ${surface}: ${reasonOf(error)}` });
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** Slack's own word for it, and what it says of the blocks. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("data" in error) || typeof error.data !== "object" || error.data === null) return error.message;
  const { error: word, errors } = error.data as { error?: unknown; errors?: unknown }; // as Slack documents refusals
  return [word, ...(Array.isArray(errors) ? errors : [])].map(String).join("; ");
}
