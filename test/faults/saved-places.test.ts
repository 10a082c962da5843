import { join } from "node:path";
import { expect, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, look, testFolder } from "../support/desk-files.ts";
import { type DeskSite, freePort, startDesk } from "../support/desk-process.ts";
import { eventTitled, openPagePerson } from "../support/page-person.ts";
import { requestOnPage, reviewOnPage, sentAll } from "../support/page-steps.ts";

const monday = "2026-03-02T08:00:00Z";

/**
 * How a saved place was damaged while the desk was down, as SQL over the talk's row, and the card the person then sees.
 */
const damages: readonly { readonly set: string; readonly told: string }[] = [
  { set: "snapshot = substr(snapshot, 1, 20)", told: conversationWords.lostPlace },
  { set: "snapshot = json_set(snapshot, '$.state', 'renamed')", told: conversationWords.lostPlace },
  { set: "snapshot = json_remove(snapshot, '$.context')", told: conversationWords.lostPlace },
  { set: "snapshot = 'null'", told: conversationWords.lostPlace },
  { set: "snapshot = ''", told: conversationWords.lostPlace },
  {
    set: "snapshot = json_set(snapshot, '$.context.padding', hex(zeroblob(5000000)))",
    told: conversationWords.lostPlace,
  },
  { set: "snapshot = (select snapshot from talks other where other.user = 'c1')", told: conversationWords.lostPlace },
  { set: "version = 99", told: conversationWords.lostPlace },
  { set: "version = 0", told: conversationWords.restarted },
];

test("faults 22 and 23: a desk that restarts on damaged and outdated places stays up, restarts each talk politely and keeps every booking", async () => {
  const site: DeskSite = { file: join(testFolder(), "desk.db"), port: await freePort() };
  // c1 and c2 keep their places; the place of each other client is damaged in its own way.
  await fillBooks(site.file, [crowdedPractice({ clients: damages.length + 2, practitioners: 1 })], instant(monday));
  const address = `http://127.0.0.1:${site.port}`;
  const clients = Array.from({ length: damages.length + 2 }, (_, at) => openPagePerson(address, `c${at + 1}`));

  const first = await startDesk(site, { clock: monday });
  const shown = [];
  for (const client of clients) shown.push(await reviewOnPage(client));
  await sentAll(address);
  await first.kill();
  const before = bookingsIn(site);
  look(site.file, (books) => {
    for (const [at, { set }] of damages.entries())
      books.prepare(`update talks set ${set} where user = ? and ended = 0`).run(`c${at + 3}`);
  });

  const second = await startDesk(site, { clock: monday });
  for (const [at, client] of clients.entries()) {
    const card = shown[at] ?? {};
    const answer = await client.press(card, eventTitled(card, bookWords.confirmAndBook));
    const told = damages[at - 2]?.told;
    if (told === undefined) expect(answer.card?.title).toBe(bookWords.waitingTitle);
    else expect(answer.card?.summary).toBe(told);
  }
  await sentAll(address);
  expect(bookingsIn(site).slice(2)).toEqual(before.slice(2));
  // A restarted talk works through every step, up to a request.
  for (const client of clients.slice(2)) {
    const waiting = await requestOnPage(client);
    expect(waiting.card?.title).toBe(bookWords.waitingTitle);
  }
  await sentAll(address);
  expect(second.output()).not.toMatch(/"level":"error"/);
  expect(await second.stop()).toBe(0);
  expect(look(site.file, (books) => [...violationsIn(books), ...violationsAtRest(books)])).toEqual([]);
});

/** In the order their clients arrived. */
function bookingsIn({ file }: DeskSite): unknown[] {
  return look(file, (books) => books.prepare("select * from bookings order by rowid").all());
}
