import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findSlots } from "../../src/desk/booking/slots.ts";
import type { Busy } from "../../src/domain/availability.ts";
import { openBooks } from "../support/desk-files.ts";
import { aBooking, aClaim, aPractice, aPractitioner, aService } from "../support/records.ts";
import { quantile } from "./figures.ts";
import { nowMs, workload } from "./slot-workload.ts";

/**
 * The median time of a search in a SQLite file with these sessions: reading claims by index, and computing slots, ms.
 */
export async function readWithBooks(days: number, bookings: readonly Busy[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const store = await openBooks(`file:${join(folder, "desk.db")}`);
  const { schedule, offering } = workload(days, bookings);
  const practice = aPractice({ timezone: schedule.timezone });
  const practitioner = aPractitioner({ schedule });
  const service = aService({
    durationMinutes: offering.durationMinutes,
    policies: { minimumNoticeMinutes: 1440, incrementMinutes: 15, horizonDays: days },
  });
  const [method] = service.methods;
  if (method === undefined) throw new Error("the service has a method");
  try {
    await store.transaction(async (books) => {
      for (const [n, one] of bookings.entries()) {
        const id = `bk_${n}`;
        const { startsAtMs, endsAtMs } = one;
        await books.bookings.add(aBooking({ id, clientId: `c${n % 500}`, status: "confirmed", startsAtMs, endsAtMs }));
        if (!(await books.claims.claim(aClaim({ bookingId: id, startsAtMs, endsAtMs })))) throw new Error("taken");
      }
    });
    const search = { practice, service, method, practitioners: [practitioner], clientId: "ana", nowMs };
    const times: number[] = [];
    for (let n = 0; n < 400; n += 1) {
      const began = performance.now();
      await findSlots(store.read, search);
      times.push(performance.now() - began);
    }
    return quantile(times.slice(100));
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
