import { readFileSync } from "node:fs";
import type { BlocksValidateArguments, WebClient } from "@slack/web-api";
import { toModal } from "../adapters/slack/modal.ts";
import { toBlocks, toHome } from "../adapters/slack/render.ts";
import type { Card } from "./cards/card.ts";

/** The manifest, or the reason why there is none, as a sentence. */
export type ManifestReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: string };

/**
 * The app's manifest (YAML) for the desk's public address. Slack cannot reach a loopback address, so for one the
 * manifest uses Socket Mode. Refuses addresses that Slack rejects.
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
      line: `PUBLIC_URL is ${publicUrl}, but Slack calls https:// addresses only. Set PUBLIC_URL to the desk's https:// address, or remove it to use Socket Mode.`,
    };
  }
  return { ok: true, text: template.replaceAll("{{PUBLIC_URL}}", publicUrl) };
}

/** A card to validate, named after the state that shows it. */
export interface Sample {
  readonly name: string;
  readonly card: Card;
}

/** One line of the report. */
export interface SlackFinding {
  readonly wrong: boolean;
  readonly line: string;
}

/** Slack allows about 100 calls per minute. */
const betweenMs = 650;

/**
 * Checks the token (`auth.test`), then has Slack validate each card as a message, a form and a Home tab
 * (`blocks.validate`, S6). Posts nothing. Calls `tell` with each finding as it arrives.
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
            line: `The token belongs to the whole organisation ${team}, but the desk serves single workspaces. Install the app in one workspace and use its token.`,
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

/** Slack's error code and its messages about the blocks. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("data" in error) || typeof error.data !== "object" || error.data === null) return error.message;
  const { error: word, errors } = error.data as { error?: unknown; errors?: unknown }; // as Slack documents refusals
  return [word, ...(Array.isArray(errors) ? errors : [])].map(String).join("; ");
}
