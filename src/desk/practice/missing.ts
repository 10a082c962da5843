import { localDateOf } from "../../domain/zone.ts";
import { findMissing } from "../booking/offers.ts";
import type { Desk } from "../desk.ts";
import { startWithPractitioner } from "../telling/announce.ts";

/** Tells the practitioners, at most once a day, that clients came and could not book (D0.2). */
export async function tellMissing(desk: Desk, practiceId: string): Promise<void> {
  const missing = await findMissing(desk.books, practiceId);
  if (missing.length === 0) return;
  const practice = await desk.books.practices.get(practiceId);
  const today = localDateOf(practice.timezone, desk.nowMs);
  for (const practitioner of await desk.books.people.listPractitioners(practiceId)) {
    await startWithPractitioner(desk, practiceId, practitioner.id, {
      flow: "notice",
      input: { type: "practice.not-ready" },
      dedupeKey: `not-ready:${practiceId}:${practitioner.id}:${today}`,
    });
  }
}
