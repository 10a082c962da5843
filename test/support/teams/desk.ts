import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { importPractice } from "../../../src/desk/practice/import-practice.ts";
import { type Frontdesk, openFrontdesk } from "../../../src/frontdesk.ts";
import { openLog } from "../../../src/log.ts";
import type { PracticePlan } from "../../../src/practice-file/plan.ts";
import { instant } from "../clock.ts";
import { testKeys } from "../desk-files.ts";
import { newFolder } from "../new-folder.ts";
import { newDatabase } from "../postgres-store.ts";
import { practicePlan } from "../practice-plan.ts";
import { until } from "../until.ts";
import { type InHand, lookInHand } from "./in-hand.ts";
import type { TeamsUser } from "./user.ts";
import { openTeamsWorld, type TeamsWorld, type TeamsWorldOptions } from "./world.ts";

/** The tenant of the practice under test. */
export const practiceTenant = "11111111-1111-4111-8111-111111111111";

/** Who is who in that tenant, by their name on the local page. */
export const teamsAccounts: Readonly<Record<string, string>> = {
  maya: "22222222-2222-4222-8222-222222222222",
  ana: "33333333-3333-4333-8333-333333333333",
  ben: "44444444-4444-4444-8444-444444444444",
};

export interface TeamsDeskOptions {
  /** Where the desk's clock starts, with an offset: `2026-03-02T08:00:00Z`. It runs on from there. */
  readonly now: string;
  /** YAML text of the practice; `harbour-plain.yaml` when absent. Who is on the page there is in Teams here. */
  readonly practice?: string;
  readonly database?: "sqlite" | "postgres";
  /** Of the world the desk is in. */
  readonly world?: Omit<TeamsWorldOptions, "deskUrl" | "settle" | "now">;
  /** More of the desk's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Events of the log at level error that the test brings about. */
  readonly expectedErrors?: readonly string[];
}

/** A whole desk as an operator runs it, with Teams for its only chat. */
export interface TeamsDesk {
  readonly world: TeamsWorld;
  readonly desk: Frontdesk;
  /** Its books, as DATABASE_URL takes them: for a look past the desk. */
  readonly booksUrl: string;
  /** Dr Maya Lee, Ana and Ben of the practice; not installed yet. */
  readonly maya: TeamsUser;
  readonly ana: TeamsUser;
  readonly ben: TeamsUser;
  /** Resolves when nothing is due and nothing is under way; what waits to be tried again is not waited for. */
  idle(): Promise<void>;
  /** Moves the desk's clock to an ISO instant and does what comes due on the way. */
  advance(to: string): Promise<void>;
  /** Every line of the log so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
}

/** For the running test only: opens a desk in this process, set up by its environment, in a Teams of its own. */
export async function openTeamsDesk(options: TeamsDeskOptions): Promise<TeamsDesk> {
  const { now, database = "sqlite", expectedErrors = [] } = options;
  const folder = newFolder("teams");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = database === "sqlite" ? `file:${join(folder, "desk.db")}` : await newDatabase();
  const lines: Record<string, unknown>[] = [];
  let desk: Frontdesk | undefined;
  let inHand: InHand | undefined;
  const opened = (): Frontdesk => {
    if (desk === undefined) throw new Error("the desk is not open yet");
    return desk;
  };

  async function idle(): Promise<void> {
    const isIdle = async () => {
      const { store, clock } = opened();
      const outboxDueAtMs = await store.read.outbox.nextDueAtMs();
      if ((outboxDueAtMs ?? Number.POSITIVE_INFINITY) <= clock.realNow()) return false;
      const timerDueAtMs = await store.read.timers.nextDueAtMs();
      if ((timerDueAtMs ?? Number.POSITIVE_INFINITY) <= clock.now()) return false;
      return inHand === undefined || (await inHand.count()) === 0;
    };
    // What was finished between two looks may have queued more: twice in a row is quiet.
    await until("the desk is idle", async () => (await isIdle()) && (await isIdle()), { everyMs: 5 });
  }

  const world = await openTeamsWorld({
    ...options.world,
    deskUrl: () => opened().address,
    settle: idle,
    now: () => opened().clock.now(),
  });
  const reading = readConfig({
    DATABASE_URL: url,
    FRONTDESK_KEYS: testKeys,
    FRONTDESK_CLOCK: now,
    FRONTDESK_PAGE: "off",
    LOG_LEVEL: "debug",
    SMTP_URL: "none",
    ...world.environment,
    ...options.environment,
  });
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  const { config } = reading;
  const log = openLog({ level: "debug", destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  // Mails stay in the books, where a test can read them.
  desk = await openFrontdesk({ ...config, port: 0, mail: { ...config.mail, server: { kind: "tray" } } }, log);
  inHand = await lookInHand(url);
  onTestFinished(async () => {
    await inHand?.close();
    await opened().close();
    const errors = lines.filter(({ level }) => level === "error" || level === "fatal");
    expect(errors.filter(({ event }) => !expectedErrors.includes(String(event)))).toEqual([]);
  });

  const yaml = options.practice ?? readFileSync(new URL("../practices/harbour-plain.yaml", import.meta.url), "utf8");
  const plan = inTeams(practicePlan(yaml));
  const { store, clock } = desk;
  await store.transaction((books) => importPractice(books, plan, clock.now()));

  const person = (user: string, name: string, timezone: string) =>
    world.user(practiceTenant, teamsAccounts[user] ?? "", { name, timezone });
  return {
    world,
    desk,
    booksUrl: url,
    maya: person("maya", "Maya Lee", "Europe/Lisbon"),
    ana: person("ana", "Ana Alves", "Europe/Lisbon"),
    ben: person("ben", "Ben Okoro", "America/New_York"),
    idle,
    async advance(to) {
      clock.advance(instant(to) - clock.now());
      await idle();
    },
    log: () => lines,
  };
}

/** Who signs in at the page is the same person in Teams; whoever has no account here keeps none. */
function inTeams(plan: PracticePlan): PracticePlan {
  const identities = plan.identities.flatMap((one) => {
    const account = teamsAccounts[one.user];
    if (one.platform !== "page") return [one];
    return account === undefined
      ? []
      : [{ ...one, platform: "teams" as const, workspace: practiceTenant, user: account }];
  });
  return { ...plan, identities };
}
