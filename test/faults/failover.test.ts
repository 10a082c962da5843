import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml, openBooks } from "../support/desk-files.ts";
import { freePort, startDesk } from "../support/desk-process.ts";
import { openPagePerson } from "../support/page-person.ts";
import { requestOnPage } from "../support/page-steps.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";

const clock = "2026-03-02T08:00:00Z";

test("fault 27: the primary of two servers stops and the standby is promoted: both desks are not ready, follow it, keep what was acknowledged and notify each other again (R7)", async () => {
  const primary = await startPostgres({ durable: true });
  onTestFinished(primary.remove);
  const standby = await primary.withStandby();
  onTestFinished(standby.remove);
  const url = `postgres://desk@${[primary, standby].map((each) => new URL(each.url).host).join(",")}/postgres`;
  const store = await openBooks(url);
  const practice = crowdedPractice({ clients: 3, practitioners: 1 });
  await importYaml(store, practice, instant(clock));
  await store.close();
  const [first, second] = await Promise.all([
    startDesk({ url, port: await freePort() }, { clock }),
    startDesk({ url, port: await freePort() }, { clock }),
  ]);
  const desks = [first, second];
  await requestOnPage(openPagePerson(first.address, "c1"));

  // A server that is stopped this way first sends its standby all it has.
  await primary.stop();
  for (const { address } of desks) {
    await until("the desk is not ready", async () => (await fetch(`${address}/readyz`)).status === 503);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  }
  await promote(standby.url);
  for (const { address } of desks)
    await until("the desk is ready", async () => (await fetch(`${address}/readyz`)).status === 200);

  await requestOnPage(openPagePerson(second.address, "c2"));
  const bookings = await query(standby.url, "select status from bookings order by id");
  expect(bookings).toEqual([{ status: "requested" }, { status: "requested" }]);
  const listening = "select pid from pg_stat_activity where application_name = 'frontdesk listening'";
  await until("both desks listen at the new primary", async () => (await query(standby.url, listening)).length === 2);
  expect((await openPagePerson(first.address, "c3").say("help")).card?.title).toEqual(expect.any(String));
  for (const desk of desks) expect(await desk.stop()).toBe(0);
});

async function promote(url: string): Promise<void> {
  await query(url, "select pg_promote()");
}

async function query(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
