/** Which folder may import which: the table in ARCHITECTURE.md in machine-readable form. */
export interface Row {
  /** Allowed project imports. `type x` allows `import type` only; `*` stands for one folder name. */
  readonly may: readonly string[];
  /** Allowed npm packages, including their subpaths. */
  readonly packages: readonly string[];
  /** Whether Node's built-in modules may be used. Pure folders have no access to the machine. */
  readonly node: boolean;
}

const everywhere = ["src/errors.ts", "src/given.ts", "src/ids.ts", "src/log.ts"];
const storeTypes = "type db/store.ts";

const engineRoom = ["src/domain", "src/cards", "src/words", "src/language", "src/desk", "src/ports", "src/clock.ts"];
const httpRoom = ["type src/domain", "src/ports", "src/conversation", "src/desk", "src/cards", "src/words"];
const adapterRoom = ["src/cards", "src/words", "src/ports", "src/domain/units.ts", "type src/conversation"];

/** A folder of deterministic functions, without access to the machine or the log. */
function pure(may: readonly string[], packages: readonly string[]): Row {
  return { may: ["src/errors.ts", "src/given.ts", "src/ids.ts", ...may], packages, node: false };
}

function room(may: readonly string[], packages: readonly string[] = []): Row {
  return { may: [...everywhere, ...may], packages, node: true };
}

/** The table. A file belongs to the longest matching name. A file without a row is a violation. */
export const arrowTable: Readonly<Record<string, Row>> = {
  "src/domain": pure([], ["luxon"]),
  "src/cards": pure([], []),
  "src/words": pure(["type src/domain", "src/domain/units.ts"], ["luxon"]),
  "src/language": pure(["src/domain"], ["luxon", "chrono-node", "fastest-levenshtein"]),
  "src/ports": room(["src/cards", "type src/domain"]),
  "src/practice-file": room(["src/domain"], ["zod", "yaml"]),
  "src/demo": room(["src/domain", "src/desk", storeTypes]),
  "src/desk": room([
    "src/domain",
    "src/cards",
    "src/words",
    "src/clock.ts",
    storeTypes,
    "src/ports",
    "type src/practice-file",
  ]),
  "src/conversation": room([...engineRoom, storeTypes], ["xstate", "zod"]),
  "src/jobs": room([...engineRoom, storeTypes, "type src/conversation"]),
  "src/web": room([...httpRoom, storeTypes, "src/http"], ["zod"]),
  "src/http": room([...httpRoom, storeTypes], ["zod"]),
  "src/choosing": room(
    ["src/domain", "src/cards", "src/words", "src/language", "src/desk", "src/conversation", storeTypes],
    ["zod"],
  ),
  "flows/*": room(
    [
      "src/domain",
      "src/cards",
      "src/words",
      "src/language",
      "src/desk",
      "src/conversation",
      "src/choosing",
      storeTypes,
    ],
    ["xstate", "luxon", "zod"],
  ),
  "flows/index.ts": room(["flows/*", "type src/cards", "type src/conversation"]),
  db: room(
    ["src/domain", "src/ports", "src/vault.ts", "src/clock.ts", "type src/cards"],
    ["drizzle-orm", "better-sqlite3", "pg"],
  ),
  "adapters/*": room([...adapterRoom, "src/http"], ["zod"]),
  "adapters/slack": room(
    [...adapterRoom, "src/http", "src/web/document.ts", "src/web/html.ts", "type src/service-settings.ts"],
    ["@slack/bolt", "@slack/web-api", "@slack/types", "zod"],
  ),
  "adapters/teams": room(
    [...adapterRoom, "src/http", "type src/service-settings.ts"],
    ["botbuilder", "botframework-connector", "@azure/msal-node", "zod"],
  ),
  "adapters/stripe": room([...adapterRoom, "type src/service-settings.ts"], ["stripe", "zod"]),
  "adapters/email": room([...adapterRoom, "src/domain/email-address.ts"], ["nodemailer", "ical-generator"]),
  "src/errors.ts": room([]),
  "src/given.ts": pure([], []),
  "src/ids.ts": room([]),
  "src/log.ts": room([], ["pino"]),
  "src/vault.ts": room([]),
  "src/clock.ts": room([], ["luxon"]),
  "adapters/metrics": room(adapterRoom, ["prom-client"]),
  "src/config.ts": room(
    [
      ...["src/domain/email-address.ts", "src/vault.ts", "src/service-settings.ts"],
      ...["src/page-setting.ts", "src/secret-files.ts"],
    ],
    ["zod"],
  ),
  "src/page-setting.ts": room([]),
  "src/secret-files.ts": room([]),
  "src/service-settings.ts": room([], ["zod"]),
  "src/teams-package.ts": room([], ["fflate"]),
  "src/keys.ts": room(["type src/config.ts", "src/vault.ts"]),
  "src/cli-help.ts": room([]),
  "src/start-problem.ts": room(["type src/config.ts", "type db/database.ts"]),
};

/** Files without restrictions: composition roots and tests. */
export const unbound: readonly string[] = [
  "src/main.ts",
  "src/frontdesk.ts",
  "src/open-books.ts",
  "src/chat-services.ts",
  "src/drawings.ts",
  "src/cli.ts",
  "src/demo.ts",
  "src/doctor.ts",
  "src/doctor-chats.ts",
  "src/slack-tools.ts",
  "src/slack-samples.ts",
  "test",
  "*.config.ts",
];
