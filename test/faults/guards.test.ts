import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { booksIn } from "../../db/books.ts";
import { mailTrayIn, pageMessagesIn } from "../../db/repositories/page.ts";
import { schema } from "../../db/schema.sqlite.ts";
import type { Store } from "../../db/store.ts";
import { bookWords } from "../../src/words/book.ts";
import { toReview } from "../support/booking-steps.ts";
import { overlapsIn } from "../support/books-check.ts";
import { frozenClock } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, importYaml, look, testFolder } from "../support/desk-files.ts";
import { deskOver } from "../support/desk-over.ts";
import { freePort, startDesk, startInVain } from "../support/desk-process.ts";
import { eventTitled } from "../support/page-person.ts";
import { openTestStore, type TestStore, testVault } from "../support/store.ts";

const start = "2026-03-02T08:00:00Z";
const clients = Array.from({ length: 8 }, (_, at) => `c${at + 1}`);
const evenings = ["2026-03-02T21:30:00Z", "2026-03-03T21:30:00Z", "2026-03-04T21:30:00Z", "2026-03-05T21:30:00Z"];

test.each([
  { guards: "the transaction and the trigger", transaction: true, trigger: true, mayOverlap: false },
  { guards: "the transaction with its check alone", transaction: true, trigger: false, mayOverlap: false },
  { guards: "the trigger alone", transaction: false, trigger: true, mayOverlap: false },
  { guards: "neither: the control, which must book times twice", transaction: false, trigger: false, mayOverlap: true },
])(
  "fault 3: eight clients whose holds have lapsed confirm the same time at once, guarded by $guards",
  async (design) => {
    const store = await openTestStore();
    await importYaml(store, crowdedPractice({ clients: clients.length, practitioners: 1 }), Date.parse(start));
    if (!design.trigger) store.raw().exec("drop trigger claims_refuse_overlap");
    const clock = frozenClock(start);
    const desk = deskOver(design.transaction ? store : withoutTransactions(store), clock);

    let booked = 0;
    for (const evening of evenings) {
      clock.set(evening);
      const reviews = [];
      for (const user of clients) {
        reviews.push({ user, review: await toReview(desk, user, { service: "check" }) });
        clock.advance(11 * 60_000); // the hold is over, and the next client is offered the same time
        await desk.idle();
      }
      const answers = await Promise.all(
        reviews.map(({ user, review }) => desk.press(user, review, eventTitled(review, bookWords.confirmAndBook))),
      );
      booked += answers.filter(({ card }) => card?.title === bookWords.confirmedTitle).length;
      await desk.idle();
    }

    const overlaps = overlapsIn(store.raw()).filter((overlap) => overlap.includes("sessions"));
    process.stdout.write(`guarded by ${design.guards}: ${booked} booked, ${overlaps.length} overlaps\n`);
    if (design.mayOverlap) expect(overlaps.length).toBeGreaterThan(evenings.length);
    else expect({ booked, overlaps }).toEqual({ booked: evenings.length, overlaps: [] });
  },
);

test.each([
  ["claims_refuse_overlap", "create trigger claims_refuse_overlap before insert on claims begin select 1; end"],
  ["claims_refuse_move", "create trigger claims_refuse_move before update on claims when false begin select 1; end"],
])("fault 3: the desk refuses to open on books whose guard %s was altered, and says so", async (name, altered) => {
  const site = { file: `${testFolder()}/desk.db`, port: await freePort() };
  await fillBooks(site.file, [crowdedPractice({ clients: 1, practitioners: 1 })], Date.parse(start));
  look(site.file, (books) => books.exec(`drop trigger ${name}; ${altered}`));
  const { code, output } = await startInVain(site, { clock: start });
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`The guard "${name}" of the books reads differently .*The desk does not open\\.`));
  expect(output).not.toContain("Frontdesk is open");
});

test("fault 3: a guard that is missing is made again before anything is served", async () => {
  const site = { file: `${testFolder()}/desk.db`, port: await freePort() };
  await fillBooks(site.file, [crowdedPractice({ clients: 1, practitioners: 1 })], Date.parse(start));
  look(site.file, (books) => books.exec("drop trigger claims_refuse_overlap"));
  const desk = await startDesk(site, { clock: start });
  const guards = look(site.file, (books) =>
    books.prepare("select count(*) from sqlite_master where name = 'claims_refuse_overlap'").pluck().get(),
  );
  expect(guards).toBe(1);
  expect(await desk.stop()).toBe(0);
});

/** The same books with turns that neither exclude each other nor undo anything: check, then write across an await. */
function withoutTransactions(store: TestStore): Store {
  const connection = new Sqlite(store.file);
  connection.pragma("synchronous = OFF"); // nobody pulls the plug here, and every statement is a commit of its own
  onTestFinished(() => void connection.close());
  const db = drizzle(connection);
  const books = booksIn(db, schema, testVault);
  return {
    ...store,
    transaction: (work) => work(books),
    pageMessages: pageMessagesIn(db, schema),
    tray: mailTrayIn(db, schema),
  };
}
