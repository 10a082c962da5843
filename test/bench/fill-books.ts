import { crowdedPractice } from "../support/crowd.ts";
import { importYaml, openBooks } from "../support/desk-files.ts";
import { aBooking, aClaim } from "../support/records.ts";

/*
 * node test/bench/fill-books.ts <DATABASE_URL> <clients> <bookings> <now>: a practice of ten with its clients, and
 * sessions around the clock over three years, half of them past.
 */

const [url = "", clientsText, bookingsText, now = ""] = process.argv.slice(2);
const [clients, bookings] = [Number(clientsText), Number(bookingsText)];
const nowMs = Date.parse(now);
const practitioners = 10;
const batch = 1_000;

const store = await openBooks(url);
await importYaml(store, crowdedPractice({ clients, practitioners }), nowMs);
const apartMs = Math.floor((1_095 * 1_440) / (bookings / practitioners)) * 60_000;
for (let done = 0; done < bookings; done += batch) {
  await store.transaction(async (books) => {
    for (let n = done; n < done + batch; n += 1) {
      const startsAtMs = nowMs - 547 * 86_400_000 + Math.floor(n / practitioners) * apartMs;
      const own = {
        practiceId: "crowd",
        practitionerId: `p${(n % practitioners) + 1}`,
        startsAtMs,
        endsAtMs: startsAtMs + 1_800_000,
      };
      const [id, clientId] = [`bk_old${n}`, `c${(n % clients) + 1}`];
      await books.bookings.add(aBooking({ ...own, id, clientId, serviceId: "check", status: "confirmed" }));
      if (!(await books.claims.claim(aClaim({ ...own, bookingId: id })))) throw new Error("the time is taken");
    }
  });
}
await store.close();
