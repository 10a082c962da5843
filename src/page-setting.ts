/** Where the desk listens and how people reach it. */
export interface PageSurroundings {
  readonly production: boolean;
  readonly host: string;
  readonly isLoopbackHost: boolean;
  readonly publicUrl: string;
  /** Slack or Teams is configured. */
  readonly chat: boolean;
}

/**
 * Whether the local page is served. It lets a visitor act as anybody, so it needs a HOST and a PUBLIC_URL on loopback, and is
 * never served in production (R12).
 */
export function pageOf(
  asked: "on" | "off" | undefined,
  at: PageSurroundings,
): { readonly on: boolean; readonly mistake?: string; readonly warnings: readonly string[] } {
  const obstacle = obstacleTo(at);
  if (asked === "on" && obstacle !== undefined) {
    const { reason, remedy } = obstacle;
    return {
      on: false,
      mistake: `FRONTDESK_PAGE is on, but ${reason}. The page lets any visitor act as anybody. ${remedy}`,
      warnings: [],
    };
  }
  if (asked !== undefined) return { on: asked === "on", warnings: [] };
  if (at.chat) return { on: false, warnings: [] };
  return obstacle === undefined
    ? { on: true, warnings: [] }
    : {
        on: false,
        warnings: [
          `The local page is off because ${obstacle.reason}, and neither Slack nor Teams is configured. No one can chat with the desk.`,
        ],
      };
}

function obstacleTo({ production, host, isLoopbackHost, publicUrl }: PageSurroundings) {
  if (production) return { reason: "NODE_ENV is production", remedy: "Set FRONTDESK_PAGE=off." };
  if (!isLoopbackHost) {
    return {
      reason: `HOST is ${host}, which other machines can reach`,
      remedy: "Set FRONTDESK_PAGE=off or HOST=127.0.0.1.",
    };
  }
  if (!isLoopbackUrl(publicUrl)) {
    return {
      reason: `PUBLIC_URL is ${publicUrl}, which other machines can reach`,
      remedy: "Set FRONTDESK_PAGE=off or remove PUBLIC_URL.",
    };
  }
  return undefined;
}

/** Whether a host name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** Whether a URL's host is this machine. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ""));
}
