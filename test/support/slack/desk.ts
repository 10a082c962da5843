import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Config, readConfig } from "../../../src/config.ts";
import { type Frontdesk, openFrontdesk } from "../../../src/frontdesk.ts";
import { openLog } from "../../../src/log.ts";
import { importYaml, testKeys } from "../desk-files.ts";
import { freePort } from "../desk-process.ts";
import { newFolder } from "../new-folder.ts";
import { type FakeSlack, type FakeSlackOptions, openFakeSlack } from "./fake-slack.ts";
import { openSlackWorld, type SlackWorld, type SlackWorldOptions } from "./slack-world.ts";
import type { WorkspaceSeed } from "./workspace.ts";

/** The signing secret of the apps under test. */
export const signingSecret = "a-signing-secret-of-tests";

/** The workspace of `practices/harbour-slack.yaml`: its people, a stranger, and a channel with the app. */
export const harbour: WorkspaceSeed = {
  id: "T0HARBOUR",
  name: "Harbour Wellness",
  domain: "harbour",
  users: [
    { id: "U0MAYA", name: "maya", realName: "Dr Maya Lee", email: "maya@harbour.example", tz: "Europe/Lisbon" },
    { id: "U0JONAS", name: "jonas", realName: "Jonas Weber", email: "jonas@harbour.example", tz: "Europe/Berlin" },
    { id: "U0ANA", name: "ana", realName: "Ana Alves", email: "ana@example.com", tz: "Europe/Lisbon" },
    { id: "U0BEN", name: "ben", realName: "Ben Okoro", email: "ben@example.com", tz: "America/New_York" },
    { id: "U0ZOE", name: "zoe", realName: "Zoe Stranger", email: "zoe@example.com", tz: "Asia/Tokyo" },
  ],
  channels: [{ id: "C0GENERAL", name: "general" }],
};

export interface SlackDeskOptions {
  /** Start of the desk's clock, ISO. The clock runs on from there. */
  readonly now: string;
  /** The file in `test/support/practices` to import; default: `harbour-slack`; null: none. */
  readonly practice?: string | null;
  /** In the format of DATABASE_URL; default: a new SQLite file. */
  readonly database?: string;
  /** Default: `harbour` only. `access`: default is the first workspace's token. */
  readonly workspaces?: readonly WorkspaceSeed[];
  readonly access?: "token" | "oauth";
  /** An existing double, for a second desk process or a restart. */
  readonly fake?: FakeSlack;
  readonly limits?: FakeSlackOptions["limits"];
  /** Additional or overriding environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly world?: Partial<Omit<SlackWorldOptions, "deskUrl" | "fake" | "signingSecret">>;
}

/** A desk with Slack in this process, and its users. */
export interface SlackDesk {
  readonly fake: FakeSlack;
  readonly world: SlackWorld;
  readonly address: string;
  /** The running desk, with its database and its clock (`advance`). */
  desk(): Frontdesk;
  /** Its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** All log lines. */
  readonly lines: readonly Record<string, unknown>[];
  stop(): Promise<void>;
  /** Restarts it at the same address on the same database. The clock runs on from `now`. */
  start(now?: string): Promise<void>;
}

/** Opens the fake Slack, a real desk configured for it, and the users. Everything is closed after the test. */
export async function openSlackDesk(options: SlackDeskOptions): Promise<SlackDesk> {
  const { now, practice = "harbour-slack", workspaces = [harbour], access = "token" } = options;
  const fake = options.fake ?? (await openFakeSlack({ workspaces, limits: options.limits ?? "real" }));
  const folder = newFolder("slack");
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    PUBLIC_URL: address,
    DATABASE_URL: options.database ?? `file:${join(folder, "desk.db")}`,
    FRONTDESK_KEYS: testKeys,
    FRONTDESK_CLOCK: now,
    FRONTDESK_PAGE: "on",
    ...slackEnv(fake, access === "token" ? (workspaces[0]?.id ?? harbour.id) : undefined),
    ...options.env,
  };
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: "debug", destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  let desk: Frontdesk | undefined;
  const stop = async () => {
    const ending = desk;
    desk = undefined;
    await ending?.close();
  };
  onTestFinished(async () => {
    await stop();
    if (options.fake === undefined) await fake.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async (clock = now) => {
    desk = await openFrontdesk(configOf({ ...env, FRONTDESK_CLOCK: clock }), log);
  };
  await start();
  const open = (): Frontdesk => {
    if (desk === undefined) throw new Error("the desk is stopped");
    return desk;
  };
  if (practice !== null) {
    const file = new URL(`../practices/${practice}.yaml`, import.meta.url);
    await importYaml(open().store, readFileSync(file, "utf8"), Date.parse(now));
  }
  const world = openSlackWorld({ deskUrl: address, fake, signingSecret, ...options.world });
  return { fake, world, address, desk: open, env, lines, stop, start };
}

/** The settings of a desk for a fake Slack: one workspace by token, or any by OAuth. */
export function slackEnv(fake: FakeSlack, teamId: string | undefined): Readonly<Record<string, string>> {
  const access =
    teamId === undefined
      ? {
          SLACK_CLIENT_ID: fake.clientId,
          SLACK_CLIENT_SECRET: fake.clientSecret,
          SLACK_STATE_SECRET: "a-state-secret-of-tests",
        }
      : { SLACK_BOT_TOKEN: fake.tokenOf(teamId) };
  return {
    SMTP_URL: "none",
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: fake.apiUrl,
    SLACK_AUTHORIZE_URL: fake.authorizeUrl,
    ...access,
  };
}

function configOf(env: Readonly<Record<string, string>>): Config {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config;
}
