import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request } from "../support/booking-steps.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, importYaml, look, openFile, testFolder } from "../support/desk-files.ts";
import { type DeskOver, deskOver } from "../support/desk-over.ts";
import { type DeskSite, freePort, startDesk } from "../support/desk-process.ts";
import { eventsOn, openPagePerson } from "../support/page-person.ts";
import { requestOnPage } from "../support/page-steps.ts";
import { until } from "../support/until.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe("fault 15: the clock jumps between two runs of the desk", () => {
  const wednesday = instant("2026-03-04T12:00:00Z");

  test("an hour or a day, forwards and back: nothing is lost or sent twice, and what has ended stays ended", async () => {
    const site: DeskSite = { file: join(testFolder(), "desk.db"), port: await freePort() };
    await fillBooks(site.file, [crowdedPractice({ clients: 2, practitioners: 1 })], wednesday);
    const address = `http://127.0.0.1:${site.port}`;
    const ana = openPagePerson(address, "c1");
    const ben = openPagePerson(address, "c2");

    // Two requests for tomorrow at 09:00 and 10:00, with deadlines two hours before.
    const first = await livesAt(site, wednesday, async () => {
      const asked = await requestOnPage(ana, "2026-03-05");
      await requestOnPage(ben, "2026-03-05");
      return asked;
    });
    expect(first?.card?.title).toBe(bookWords.waitingTitle);
    expect(statuses(site)).toEqual(["requested", "requested"]);

    for (const jumpMs of [hourMs, -hourMs, hourMs]) {
      await livesAt(site, wednesday + jumpMs);
      expect(statuses(site)).toEqual(["requested", "requested"]);
      expect(mailsOf(site)).toEqual(["requested", "requested", "unanswered", "unanswered"]);
    }
    // An hour back, the practitioner confirms the first; the desk accepts it.
    await livesAt(site, wednesday - hourMs, async () => {
      const doctor = openPagePerson(address, "p1");
      const shown = (await doctor.chat()).find((message) => eventsOn(message, "confirm.chosen").length > 0);
      if (shown === undefined) throw new Error("no request on the screen");
      const done = await doctor.press(shown, { type: "confirm.chosen" });
      expect(done.card?.title).toBe(reviewWords.confirmedTitle);
    });
    const ends = ["confirmed", "expired", "requested", "requested", "unanswered", "unanswered"];
    const day = 24 * hourMs;
    for (const jumpMs of [day, -day, 0, day]) {
      await livesAt(site, wednesday + jumpMs);
      expect(statuses(site)).toEqual(["confirmed", "expired"]);
      expect(mailsOf(site)).toEqual(ends);
    }
    expect(look(site.file, (books) => [...violationsIn(books), ...violationsAtRest(books)])).toEqual([]);
  });
});

describe("fault 16: the night of the clock change, in Lisbon", () => {
  test.each([
    { night: "spring, an hour is skipped", asked: "2026-03-28T20:00:00Z", session: "2026-03-29T08:00:00Z" },
    { night: "autumn, an hour occurs twice", asked: "2026-10-24T19:00:00Z", session: "2026-10-25T09:00:00Z" },
  ])("$night: each timer acts once, the request expires at its instant, 09:00 stays 09:00", async (night) => {
    const { asked, session } = night;
    const file = join(testFolder(), "desk.db");
    await fillBooks(file, [crowdedPractice({ clients: 2, practitioners: 1, until: "19:00" })], instant(asked));
    const clock = frozenClock(asked);
    let desk = await openDesk(file, clock);
    const { bookingId } = await request(desk, "c1", { service: "talk" });
    const booking = await desk.store.read.bookings.get("crowd", bookingId);
    expect(booking.startsAtMs).toBe(instant(session));
    expect(booking.respondByMs).toBe(instant(session) - 2 * hourMs); // the first reminder is due at the clock change

    // Every 15 minutes of the night, with a restart at the turn of each hour.
    for (let at = instant(asked); at < instant(session); at += 15 * minuteMs) {
      clock.set(new Date(at).toISOString());
      if (at % hourMs === 0) desk = await reopen(desk, file, clock);
      await desk.idle();
      const { status } = await desk.store.read.bookings.get("crowd", bookingId);
      expect(status).toBe(at < instant(session) - 2 * hourMs ? "requested" : "expired");
    }
    const reviews = (await desk.screen("p1")).filter(({ author }) => author === "desk");
    expect(reviews.map(({ card }) => card?.title)).toEqual([
      reviewWords.title,
      reviewWords.title, // first nudge, at half of the time
      reviewWords.expiredTitle, // second nudge, at 85 %, and repainted when the request expired
    ]);
    expect(mailsIn(file)).toEqual(["expired", "requested", "unanswered"]);
    expect(JSON.stringify((await desk.screen("c1")).at(-1)?.card)).toContain("09:00");
    expect(look(file, (books) => [...violationsIn(books), ...violationsAtRest(books)])).toEqual([]);
  });

  test.each([
    { night: "spring", evening: "2026-03-28T19:00:00Z", end: "2026-03-28T20:30:00Z" },
    { night: "autumn", evening: "2026-10-24T18:00:00Z", end: "2026-10-24T19:30:00Z" },
  ])(
    "$night: a session of the evening before counts as completed 24 elapsed hours after its end",
    async ({ evening, end }) => {
      const file = join(testFolder(), "desk.db");
      await fillBooks(file, [crowdedPractice({ clients: 1, practitioners: 1 })], instant(evening));
      const clock = frozenClock(evening);
      const desk = await openDesk(file, clock);
      const { bookingId } = await request(desk, "c1", { service: "check" });
      const { endsAtMs } = await desk.store.read.bookings.get("crowd", bookingId);
      expect(endsAtMs).toBeLessThanOrEqual(instant(end));
      const statusAt = async (ms: number) => {
        clock.set(new Date(ms).toISOString());
        await desk.idle();
        return (await desk.store.read.bookings.get("crowd", bookingId)).status;
      };
      expect(await statusAt(endsAtMs + 24 * hourMs - 1)).toBe("confirmed");
      expect(await statusAt(endsAtMs + 24 * hourMs)).toBe("completed");
    },
  );
});

describe("fault 17: a person's zone changes after the request", () => {
  const monday = "2026-03-02T08:00:00Z";

  test.each([
    {
      whose: "the client's, from their messenger",
      change: (desk: DeskOver) => desk.deliver("c1", { type: "opened" }, "opened", { timezone: "America/New_York" }),
      shown: "04:00",
    },
    {
      whose: "the practitioner's, from the practice file",
      change: (desk: DeskOver) =>
        importYaml(
          desk.store,
          crowd.replace("p1@crowd.example, timezone: Europe/Lisbon", "p1@crowd.example, timezone: Asia/Tokyo"),
          instant(monday),
        ),
      shown: "09:00",
    },
    {
      whose: "the practice's, from the practice file",
      change: (desk: DeskOver) =>
        importYaml(
          desk.store,
          crowd.replace("name: The crowd, timezone: Europe/Lisbon", "name: The crowd, timezone: Asia/Tokyo"),
          instant(monday),
        ),
      shown: "18:00",
    },
  ])("$whose: every instant stays, and cards and mails show it in the new zone", async ({ change, shown }) => {
    const file = join(testFolder(), "desk.db");
    await fillBooks(file, [crowd], instant(monday));
    const desk = await openDesk(file, frozenClock(monday));
    await request(desk, "c1", { service: "talk" });
    const before = instantsOf(file);
    await change(desk);
    expect(instantsOf(file)).toBe(before);

    const review = await desk.button("p1", reviewWords.confirm);
    await desk.press("p1", review.shown, review.event);
    await desk.idle();
    const confirmed = (await desk.screen("c1")).findLast(({ card }) => card?.title === bookWords.confirmedTitle);
    expect(JSON.stringify(confirmed?.card)).toContain(shown);
    const [mail] = (await desk.store.tray.list()).filter(({ ics }) => ics !== undefined);
    expect(mail?.ics).toContain("DTSTART:20260302T090000Z");
    expect(mail?.text).toContain(shown);
    expect(look(file, (books) => [...violationsIn(books), ...violationsAtRest(books)])).toEqual([]);
  });
});

const crowd = crowdedPractice({ clients: 1, practitioners: 1 });

async function openDesk(file: string, clock: ReturnType<typeof frozenClock>): Promise<DeskOver> {
  const store = await openFile(file);
  onTestFinished(store.close);
  return deskOver(store, clock);
}

async function reopen(desk: DeskOver, file: string, clock: ReturnType<typeof frozenClock>): Promise<DeskOver> {
  await desk.stop();
  await desk.store.close();
  return openDesk(file, clock);
}

/** One run of a desk process, from its start at this instant to a kill. */
async function livesAt<T>(site: DeskSite, atMs: number, work?: () => Promise<T>): Promise<T | undefined> {
  const desk = await startDesk(site, { clock: new Date(atMs).toISOString() });
  const result = await work?.();
  await settled(site, atMs);
  expect(desk.output()).not.toMatch(/"level":"error"/);
  await desk.kill();
  return result;
}

/** Everything due at the start of this run is done, and the outbox is empty. */
async function settled({ file }: DeskSite, atMs: number): Promise<void> {
  const left =
    "select (select count(*) from timers where due_at_ms <= ?) + (select count(*) from outbox where state = 'waiting')";
  await until(
    "the outbox and the timers are empty",
    () => look(file, (books) => books.prepare(left).pluck().get(atMs)) === 0,
  );
}

function statuses({ file }: DeskSite): unknown[] {
  return look(file, (books) => books.prepare("select status from bookings order by starts_at_ms").pluck().all());
}

function mailsOf({ file }: DeskSite): unknown[] {
  return mailsIn(file);
}

/** The kinds of the sent mails. */
function mailsIn(file: string): unknown[] {
  const kinds = `select substr(dedupe_key, 6, instr(substr(dedupe_key, 6), ':') - 1) as kind
    from outbox join tray_mails on tray_mails.id = outbox.id order by kind`;
  return look(file, (books) => books.prepare(kinds).pluck().all());
}

function instantsOf(file: string): string {
  return look(file, (books) =>
    JSON.stringify(
      [
        "select starts_at_ms, ends_at_ms, respond_by_ms from bookings",
        "select starts_at_ms, ends_at_ms from claims",
        "select key, due_at_ms from timers order by key",
      ].map((sql) => books.prepare(sql).all()),
    ),
  );
}
