import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { importYaml, openBooks } from "../support/desk-files.ts";
import { freePort, startDesk } from "../support/desk-process.ts";
import { newDatabase } from "../support/postgres-store.ts";
import { practiceTenant, teamsAccounts } from "../support/teams/desk.ts";
import { openTeamsWorld } from "../support/teams/world.ts";
import { until } from "../support/until.ts";
import { bookingsIn, having, monday } from "./harbour-teams.ts";

const page = readFileSync(new URL("../support/practices/harbour-plain.yaml", import.meta.url), "utf8");
const practice = Object.entries(teamsAccounts).reduce(
  (yaml, [user, account]) =>
    yaml.replace(`{ page: ${user} }`, `{ teams: { tenant: ${practiceTenant}, user: ${account} } }`),
  page,
);

/** Two desk processes on one database, in one Teams; activities alternate between them. */
async function openTwo() {
  const url = await newDatabase();
  const books = await openBooks(url);
  await importYaml(books, practice, Date.parse(monday));
  const addresses: string[] = [];
  let turn = 0;
  const world = await openTeamsWorld({
    deskUrl: () => addresses[turn++ % 2] ?? "",
    now: () => Date.parse(monday),
    // A new process needs its first second to warm up.
  });
  const env = { ...world.environment, FRONTDESK_PAGE: "off", SMTP_URL: "none" };
  const ports = [await freePort(), await freePort()];
  const desks = await Promise.all(ports.map((port) => startDesk({ url, port }, { clock: monday, env })));
  addresses.push(...desks.map(({ address }) => address));
  const person = (user: string, name: string, timezone: string) =>
    world.user(practiceTenant, teamsAccounts[user] ?? "", { name, timezone });
  return {
    world,
    books,
    desks,
    ana: person("ana", "Ana Alves", "Europe/Lisbon"),
    ben: person("ben", "Ben Okoro", "America/New_York"),
    maya: person("maya", "Maya Lee", "Europe/Lisbon"),
    quiet: () => until("the outbox is empty", async () => (await books.waiting()).outbox === 0),
  };
}

test("people's activities in Teams alternate between two processes, each delivered twice, and act as on one desk: one welcome, one booking of one time, one confirmation, each card updated", async () => {
  const { books, desks, ana, ben, maya, quiet } = await openTwo();
  // The two activities of an installation go to both processes.
  await Promise.all([ana, ben, maya].map((person) => person.install()));
  await Promise.all([ana, ben, maya].map((person) => person.sees("Hello")));
  await Promise.all([
    ana.say("book a follow-up with Maya by video on Wednesday"),
    ben.say("book a follow-up with Maya by video on Wednesday"),
  ]);
  await Promise.all([ana.sees("When suits you?"), ben.sees("When suits you?")]);
  await Promise.all([ana.click("10:00"), ben.click("05:00")]);
  await quiet();
  const winners = [ana, ben].filter((client) => client.newest().includes("Please check everything"));
  expect(winners).toHaveLength(1);
  const [winner = ana] = winners;
  await winner.doubleClick("Confirm & book");
  await winner.redeliver();
  await winner.sees("Waiting for an answer");
  await maya.sees("A session request");
  await maya.doubleClick("Confirm", { sameId: true });
  await winner.sees("Your session is confirmed");
  await quiet();

  expect((await bookingsIn(books)).map(({ status }) => status)).toEqual(["confirmed"]);
  for (const person of [ana, ben, maya])
    expect(person.messages().filter((message) => message.includes("Hello"))).toHaveLength(1);
  expect(winner.messages().filter((message) => message.includes("Your session is confirmed"))).toHaveLength(1);
  expect(maya.messages().filter((message) => message.includes("Client: "))).toHaveLength(1);
  expect(having(maya, "Confirm") + having(winner, "Withdraw request") + having(winner, "Confirm & book")).toBe(0);
  await books.close();
  for (const desk of desks) {
    expect(await desk.stop()).toBe(0);
    expect(desk.output()).not.toMatch(/"level":"(error|fatal)"/);
  }
});
