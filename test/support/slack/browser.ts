import type { FakeSlack } from "./fake-slack.ts";
import { visitorHeader } from "./web.ts";

/** The person's choices during the installation. */
export interface InstallOptions {
  readonly userId?: string;
  readonly answer?: "allow" | "deny";
  /** The returned state: unchanged, altered, omitted, or from another browser. */
  readonly state?: "kept" | "changed" | "missing" | "another browser";
  /** Replaces the returned code. */
  readonly code?: string;
}

/** The end of the installation. */
export interface InstallEnd {
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
  /** The requested scopes. */
  readonly scopes: readonly string[];
  readonly state: string;
  /** The redirect URL. Requesting it again is a replay. */
  readonly cameBackTo: string;
}

/** Runs the OAuth installation in a browser: the desk's page, Slack's consent page, and the redirect (S25). */
export async function installThrough(
  { fake, base }: { readonly fake: FakeSlack; readonly base: string },
  teamId: string,
  options: InstallOptions = {},
): Promise<InstallEnd> {
  const [firstMember] = fake.state.workspaces.get(teamId)?.members.keys() ?? [];
  const begun = await fetch(`${base}/slack/install`, { redirect: "manual" });
  const page = await begun.text();
  const link = begun.headers.get("location") ?? linkIn(page, fake.authorizeUrl);
  if (link?.startsWith(fake.authorizeUrl) !== true)
    throw new Error(`/slack/install does not lead to ${fake.authorizeUrl}: ${begun.status} ${link ?? page}`);
  const asked = new URL(link).searchParams;
  const state = asked.get("state") ?? "";
  if (state === "") throw new Error("the app asks to be installed without a state");
  const visitor = {
    teamId,
    userId: options.userId ?? firstMember,
    answer: options.answer ?? "allow",
    fallback: `${base}/slack/oauth_redirect`,
  };
  const answered = await fetch(link, {
    redirect: "manual",
    headers: { [visitorHeader]: JSON.stringify(visitor) },
  });
  const location = answered.headers.get("location");
  if (location === null) throw new Error(`Slack does not install it: ${await answered.text()}`);
  const back = changed(new URL(location), base, options);
  const cookies = begun.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const ended = await fetch(back, {
    redirect: "manual",
    headers: options.state === "another browser" ? {} : { cookie: cookies.join("; ") },
  });
  return {
    status: ended.status,
    body: await ended.text(),
    location: ended.headers.get("location") ?? undefined,
    scopes: (asked.get("scope") ?? "").split(",").filter((scope) => scope !== ""),
    state,
    cameBackTo: back.href,
  };
}

/** The first link on a page to this address. */
function linkIn(page: string, there: string): string | undefined {
  const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link = ""]) =>
    link.replaceAll("&amp;", "&").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
  );
  return links.find((link) => link.startsWith(there));
}

function changed(back: URL, base: string, options: InstallOptions): URL {
  // The desk's public URL may differ from its address in the test.
  const to = new URL(`${back.pathname}${back.search}`, base);
  if (options.state === "changed") to.searchParams.set("state", "not-the-state");
  if (options.state === "missing") to.searchParams.delete("state");
  if (options.code !== undefined) to.searchParams.set("code", options.code);
  return to;
}
