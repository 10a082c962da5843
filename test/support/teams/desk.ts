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
import { nextRowAtMs } from "../records.ts";
import { until } from "../until.ts";
import { type InHand, lookInHand } from "./in-hand.ts";
import type { TeamsUser } from "./user.ts";
import { openTeamsWorld, type TeamsWorld, type TeamsWorldOptions } from "./world.ts";

/** The practice's tenant. */
export const practiceTenant = "11111111-1111-4111-8111-111111111111";

/** Object ids in that tenant by page user. */
export const teamsAccounts: Readonly<Record<string, string>> = {
  maya: "22222222-2222-4222-8222-222222222222",
  ana: "33333333-3333-4333-8333-333333333333",
  ben: "44444444-4444-4444-8444-444444444444",
};

export interface TeamsDeskOptions {
  /** Start of the desk's clock, with an offset: `2026-03-02T08:00:00Z`. The clock runs on from there. */
  readonly now: string;
  /** YAML text of the practice; default: `harbour-plain.yaml`. Its page users become Teams users. */
  readonly practice?: string;
  readonly database?: "sqlite" | "postgres";
  /** Options of the Teams double. */
  readonly world?: Omit<TeamsWorldOptions, "deskUrl" | "settle" | "now">;
  /** Additional environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Events at log level error that the test provokes. */
  readonly expectedErrors?: readonly string[];
}

/** A complete desk configured by its environment, with Teams as its only platform. */
export interface TeamsDesk {
  readonly world: TeamsWorld;
  readonly desk: Frontdesk;
  /** Its database, in the format of DATABASE_URL, for direct queries. */
  readonly booksUrl: string;
  /** The practice's Dr Maya Lee, Ana and Ben, without the app installed. */
  readonly maya: TeamsUser;
  readonly ana: TeamsUser;
  readonly ben: TeamsUser;
  /** Resolves when no work is due or running. Scheduled retries are not waited for. */
  idle(): Promise<void>;
  /** Moves the desk's clock to an ISO instant and runs what becomes due. */
  advance(to: string): Promise<void>;
  /** All log lines so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
}

/** Opens a desk in this process with its own Teams double, for the running test. */
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
      const outboxDueAtMs = await nextRowAtMs(store);
      if ((outboxDueAtMs ?? Number.POSITIVE_INFINITY) <= clock.realNow()) return false;
      const timerDueAtMs = await store.read.timers.nextDueAtMs();
      if ((timerDueAtMs ?? Number.POSITIVE_INFINITY) <= clock.now()) return false;
      return inHand === undefined || (await inHand.count()) === 0;
    };
    // Work that finished between two checks may have queued more, so two idle checks in a row are required.
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
  // Mails stay in the database for the test to read.
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

/** Converts the plan's page identities to Teams identities. People without an account here get none. */
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
