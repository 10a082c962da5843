import { readFileSync } from "node:fs";
import type { Store } from "../db/store.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { addDemoSession, demoSessions } from "./demo/sessions.ts";
import { importPractice } from "./desk/practice/import-practice.ts";
import { dayMs } from "./domain/units.ts";
import { localDateOf } from "./domain/zone.ts";
import type { Platform } from "./ports/messenger.ts";
import { type PracticePlan, toDomain } from "./practice-file/plan.ts";
import { readPracticeFile } from "./practice-file/read.ts";

/** How long before the first start the demo's packages began. */
const packageAgeMs = 30 * dayMs;

/** Whether an empty database gets the demo practice: not in production, and not when Slack or Teams is configured. */
export function showsDemo({ production, slack, teams }: Pick<Config, "production" | "slack" | "teams">): boolean {
  return !production && slack === undefined && teams === undefined;
}

/** What importing the demo needs. */
export interface DemoParts {
  readonly store: Store;
  readonly clock: Pick<Clock, "now" | "realNow">;
  readonly publicUrl: string;
  /** The connected messengers. */
  readonly platforms: readonly Platform[];
}

/** Imports the demo practice with a few sessions into an empty database. Returns whether it did. */
export async function importDemo({ store, clock, publicUrl, platforms }: DemoParts): Promise<boolean> {
  if ((await store.read.practices.list()).length > 0) return false;
  const read = readPracticeFile(readFileSync(new URL("./demo/harbour.yaml", import.meta.url)));
  if (!read.ok) throw new Error("the demo practice file is broken");
  const nowMs = clock.now();
  const plan = datedPlan(toDomain(read.file), nowMs);
  await store.transaction((books) => importPractice(books, plan, nowMs));
  // One transaction per session: a person who opens the page meanwhile waits for one of them at most.
  for (const session of demoSessions) {
    await store.transaction((books) =>
      addDemoSession({ books, nowMs, realNowMs: clock.realNow(), publicUrl, platforms }, plan.practice.id, session),
    );
  }
  return true;
}

/** Sets the packages' start dates, which the static demo file cannot contain. */
function datedPlan(plan: PracticePlan, nowMs: number): PracticePlan {
  const startsOn = localDateOf(plan.practice.timezone, nowMs - packageAgeMs);
  return { ...plan, grants: plan.grants.map((grant) => ({ ...grant, startsOn })) };
}
