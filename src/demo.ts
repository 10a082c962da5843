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

/** Packages of the demo began this long ago, whenever it opens. */
const packageAgeMs = 30 * dayMs;

/** Whether empty books are given the demo: not in production, and not where people of Slack or Teams come in. */
export function showsDemo({ production, slack, teams }: Pick<Config, "production" | "slack" | "teams">): boolean {
  return !production && slack === undefined && teams === undefined;
}

/** What the demo is put into. */
export interface DemoParts {
  readonly store: Store;
  readonly clock: Pick<Clock, "now" | "realNow">;
  readonly publicUrl: string;
  /** The messengers that are connected. */
  readonly platforms: readonly Platform[];
}

/** Puts the demo practice into empty books, with a few sessions, so that a first start has something to show; true when it did. */
export async function importDemo({ store, clock, publicUrl, platforms }: DemoParts): Promise<boolean> {
  if ((await store.read.practices.list()).length > 0) return false;
  const read = readPracticeFile(readFileSync(new URL("./demo/harbour.yaml", import.meta.url)));
  if (!read.ok) throw new Error("the demo practice file is broken");
  const nowMs = clock.now();
  const plan = datedPlan(toDomain(read.file), nowMs);
  await store.transaction((books) => importPractice(books, plan, nowMs));
  // One at a time: whoever opens the page meanwhile does not wait for all of them.
  for (const session of demoSessions) {
    await store.transaction((books) =>
      addDemoSession({ books, nowMs, realNowMs: clock.realNow(), publicUrl, platforms }, plan.practice.id, session),
    );
  }
  return true;
}

/** The file cannot know when the demo opens. */
function datedPlan(plan: PracticePlan, nowMs: number): PracticePlan {
  const startsOn = localDateOf(plan.practice.timezone, nowMs - packageAgeMs);
  return { ...plan, grants: plan.grants.map((grant) => ({ ...grant, startsOn })) };
}
