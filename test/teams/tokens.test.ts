import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { installationActivity, invokeActivity, messageActivity } from "../support/teams/activities.ts";
import { practiceTenant } from "../support/teams/desk.ts";
import { forgedTokens } from "../support/teams/forged-tokens.ts";
import { bookingsOf, openHarbour, quiet, requestFollowUp } from "./harbour-teams.ts";

const foreignTenant = "99999999-9999-4999-8999-999999999999";

/** The number of rows in each table of the books. */
function rowsIn(booksUrl: string): Readonly<Record<string, number>> {
  const books = new Sqlite(fileURLToPath(booksUrl), { readonly: true });
  try {
    const names = books.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    const count = (name: unknown) => Number(books.prepare(`select count(*) from "${name}"`).pluck().get());
    return Object.fromEntries(names.map((name) => [String(name), count(name)]));
  } finally {
    books.close();
  }
}

/** A desk where Maya has an open request, and everything a forger could send in her name. */
async function openRequested(environment: Readonly<Record<string, string>> = {}) {
  const teams = await openHarbour({ environment });
  const { world, ana, maya, desk } = teams;
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await quiet(desk);
  const { messageId, action, data } = maya.take("Confirm");
  const scene = () => world.scene(maya.person, maya.chat);
  const forgeries = () => [
    messageActivity(scene(), "confirm"),
    invokeActivity(scene(), messageId, action, data),
    installationActivity(scene(), "remove"),
  ];
  const before = rowsIn(teams.booksUrl);
  const calls = world.connector.calls().length;
  const assertUntouched = async () => {
    expect(rowsIn(teams.booksUrl)).toEqual(before);
    expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["requested"]);
    expect(world.connector.calls()).toHaveLength(calls);
  };
  return { ...teams, forgeries, assertUntouched };
}

test("T2 the token matrix: forged, expired, of another audience, issuer, serviceUrl or key, or missing – words, presses and removals are all refused with 401, and not a row is stored", async () => {
  const { world, forgeries, assertUntouched, maya, ana } = await openRequested();
  for (const { why, header } of forgedTokens(world.issuer, world.appId)) {
    for (const forgery of forgeries()) {
      const { status } = await world.deliver(forgery, header ?? null);
      expect({ why, type: forgery.type, status }).toEqual({ why, type: forgery.type, status: 401 });
    }
  }
  await assertUntouched();
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
});

test("T2 a valid token for another activity is refused: another or no serviceUrl, another channel", async () => {
  const { world, forgeries, assertUntouched } = await openRequested();
  const changes = [
    { serviceUrl: undefined },
    { serviceUrl: "" },
    { serviceUrl: "https://smba.trafficmanager.net/emea/" },
    { channelId: "emulator" },
    { channelId: undefined },
  ];
  for (const change of changes)
    for (const forgery of forgeries())
      expect(await world.deliver({ ...forgery, ...change })).toMatchObject({ status: 401 });
  await assertUntouched();
});

test("T2 T4 with a list of organisations activities of any other are ignored, whatever ids they carry", async () => {
  const { world, ana, forgeries, assertUntouched, maya } = await openRequested({
    TEAMS_ALLOWED_TENANTS: practiceTenant,
  });
  const stranger = world.user(foreignTenant, maya.person.aadObjectId, { name: "Maya Elsewhere" });
  const hello = messageActivity(world.scene(stranger.person, stranger.chat), "hello");
  expect(await world.deliver(hello)).toMatchObject({ status: 403 });
  for (const forgery of forgeries()) {
    expect(await world.deliver({ ...forgery, channelData: { tenant: { id: foreignTenant } } })).toMatchObject({
      status: 403,
    });
  }
  await assertUntouched();
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
});

test("T7 the same account id in another tenant is a different person without access", async () => {
  const { world, maya, desk } = await openRequested();
  const namesake = world.user(foreignTenant, maya.person.aadObjectId, { name: "Maya Elsewhere" });
  await namesake.install();
  await namesake.say("who's waiting?");
  const pressed = await namesake.press(maya.take("Confirm"));
  expect(pressed.kind).toBe("words");
  await quiet(desk);
  for (const message of namesake.messages()) expect(message).not.toMatch(/Ana|Harbour/);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["requested"]);
});
