import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Config, readConfig } from "../../src/config.ts";
import { examine } from "../../src/doctor.ts";
import { openTeamsDesk, practiceTenant, type TeamsDesk } from "../support/teams/desk.ts";
import { bookingsOf, having, monday, openHarbour, quiet, requestFollowUp, subjectsTo } from "./harbour-teams.ts";

const expectedErrors = ["outbox.dead"];
const jonasId = "66666666-6666-4666-8666-666666666666";
const practice = readFileSync(new URL("../support/practices/harbour-plain.yaml", import.meta.url), "utf8");
const twoAdmins = practice.replace(
  "chat: [{ page: jonas }]",
  `admin: true\n    chat: [{ teams: { tenant: ${practiceTenant}, user: ${jonasId} } }]`,
);

/** The lines of `doctor` about unreachable people. */
async function unreachableLines({ desk, world, booksUrl }: TeamsDesk): Promise<readonly string[]> {
  const reading = readConfig({ DATABASE_URL: booksUrl, SMTP_URL: "none", ...world.environment });
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  const config: Config = reading.config;
  const findings = await examine(config, desk.store, desk.clock);
  return findings.flatMap(({ wrong, line }) => (wrong && line.startsWith("Unreachable") ? [line] : []));
}

test("T12 a client who blocks the app: the practitioner is notified, doctor reports it, the mail is sent, and it ends when the client is heard from again (D8.6)", async () => {
  const teams = await openHarbour({ expectedErrors });
  const { ana, maya, desk } = teams;
  await requestFollowUp(ana);
  ana.block();
  await maya.click("Confirm");
  await maya.sees("Ana Alves cannot be reached in chat");
  await quiet(desk);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(await subjectsTo(desk, "ana@example.com")).toContain("Confirmed: Follow-up, Wed 4 Mar, 10:00 (Lisbon)");
  expect(await unreachableLines(teams)).toEqual([
    expect.stringMatching(/Ana Alves \(client, harbour\) in Teams.*blocked/),
  ]);

  ana.unblock();
  await ana.say("my bookings");
  await ana.sees(/Wed 4 Mar, 10:00 · Follow-up/);
  expect(await unreachableLines(teams)).toEqual([]);
});

test("T12 a practitioner who never installed the app: the request is kept and mailed, doctor reports it, and the request is in the chat after installation", async () => {
  const teams = await openTeamsDesk({ now: monday, expectedErrors });
  const { ana, maya, desk } = teams;
  await ana.install();
  await requestFollowUp(ana);
  await quiet(desk);
  expect(await subjectsTo(desk, "maya@harbour.example")).toHaveLength(1);
  expect(await unreachableLines(teams)).toEqual([
    expect.stringMatching(/Dr Maya Lee \(practitioner, harbour\) in Teams.*not installed/),
  ]);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["requested"]);

  await maya.install();
  await maya.sees("One request is waiting for you.");
  await maya.click("Ana Alves, Wed 4 Mar, 10:00");
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  expect(await unreachableLines(teams)).toEqual([]);
  expect(having(maya, "Confirm")).toBe(0);
});

test.each([
  ["uninstalled the app, with an activity from Teams", { told: true }],
  ["uninstalled the app, without an activity from Teams", { told: false }],
])(
  "T12 a practitioner who %s: the other admin is notified, the request is mailed, and reinstalling brings it back",
  async (_, how) => {
    const teams = await openHarbour({ expectedErrors, practice: twoAdmins });
    const { ana, maya, desk, world, advance } = teams;
    const jonas = world.user(practiceTenant, jonasId, { name: "Jonas Weber" });
    await jonas.install();
    await maya.uninstall(how);
    await requestFollowUp(ana);
    await jonas.sees("Dr Maya Lee cannot be reached in chat");
    await quiet(desk);
    expect(await subjectsTo(desk, "maya@harbour.example")).toHaveLength(1);
    expect(await unreachableLines(teams)).toEqual([
      expect.stringMatching(/Dr Maya Lee \(practitioner, harbour\) in Teams/),
    ]);

    await advance("2026-03-02T08:05:00Z");
    await maya.install();
    await maya.say("requests");
    await maya.sees("One request is waiting for you.");
    await maya.click("Ana Alves, Wed 4 Mar, 10:00");
    await maya.click("Confirm");
    await ana.sees("Your session is confirmed");
    await quiet(desk);
    expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  },
);
