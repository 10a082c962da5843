import { type Draft, present, unreadable } from "./draft.ts";
import { type FilePath, type Finding, orList } from "./mistake.ts";
import { repeatedFindings } from "./repeated.ts";

type Chat = NonNullable<NonNullable<Draft["clients"]>[number]>["chat"];
type Entry = NonNullable<NonNullable<Chat>[number]>;

/**
 * An identity belongs to at most one client and one practitioner, so that a message has one author. A client and a
 * practitioner may share one: one person in two roles.
 */
export function identityFindings(draft: Draft): Finding[] {
  return (["practitioners", "clients"] as const).flatMap((list) => {
    const entries = present(draft[list]).flatMap(([at, { chat }]) =>
      present(chat).map(([position, entry]) => ({ path: [list, at, "chat", position], entry })),
    );
    return [
      ...entries.flatMap(({ path, entry }) => platformFindings(path, entry)),
      ...repeatedFindings(
        entries.map(({ path, entry }) => [path, identityName(entry)]),
        `chat identity, among ${list},`,
      ),
    ];
  });
}

const platforms = ["page", "slack", "teams"] as const;

function platformFindings(path: FilePath, entry: Entry): Finding[] {
  const named = platforms.filter((platform) => Object.hasOwn(entry, platform));
  if (named.length === 1) return [];
  const problem = named.length === 0 ? "names no platform" : `names ${named.length} platforms in one entry`;
  return [
    {
      path,
      problem,
      allowed: `exactly one of the keys ${orList(platforms)}; further platforms need entries of their own`,
    },
  ];
}

/** The identity as text; undefined if it is not completely readable. */
function identityName(entry: Entry): string | undefined {
  const { page, slack, teams } = entry;
  if (platforms.some((platform) => unreadable(entry, platform))) return undefined;
  if (page !== undefined) return `page ${page}`;
  if (slack?.team !== undefined && slack.user !== undefined) return `slack ${slack.team} ${slack.user}`;
  if (teams?.tenant === undefined || teams.user === undefined) return undefined;
  return `teams ${teams.tenant} ${teams.user}`.toLowerCase();
}
