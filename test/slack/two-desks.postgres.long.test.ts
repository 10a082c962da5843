import { expect, test } from "vitest";
import { newDatabase } from "../support/postgres-store.ts";
import { signingSecret } from "../support/slack/desk.ts";
import { openSlackWorld } from "../support/slack/slack-world.ts";
import { until } from "../support/until.ts";
import { bookingsOf, having, openHarbour, reviewFollowUp, team } from "./harbour-desk.ts";

/** Two desks on one database and one Slack; requests alternate between them. */
async function openTwo() {
  const database = await newDatabase();
  const quietly = { world: { echo: false } };
  const one = await openHarbour({ database, ...quietly });
  const two = await openHarbour({ database, fake: one.fake, practice: null, ...quietly });
  const addresses = [one.address, two.address];
  let turn = 0;
  const world = openSlackWorld({
    deskUrl: () => addresses[turn++ % 2] ?? one.address,
    fake: one.fake,
    signingSecret,
  });
  const user = (id: string) => world.user(team, id);
  return {
    one,
    two,
    world,
    fake: one.fake,
    ana: user("U0ANA"),
    ben: user("U0BEN"),
    maya: user("U0MAYA"),
    quiet: () => until("the outbox is empty", async () => (await one.desk().store.waiting()).outbox === 0),
  };
}

test("one person's presses and words alternate between two desks and form one talk: requested, confirmed, listed, each card once", async () => {
  const { one, two, world, fake, ana, maya, quiet } = await openTwo();
  await ana.answered(() => ana.openMessages());
  for (const label of ["Request a session", "First visit", "Video", "Wed 4 Mar", "10:00"]) await ana.press(label);
  const link = await ana.follow("Open the private form");
  const sent = await fetch(link, { method: "POST", body: new URLSearchParams({ goal: "More energy" }) });
  expect(sent.status).toBe(200);
  await ana.sees("The personal questions are answered.");
  await ana.fill({ "Do you follow a diet?": "No" });
  await ana.click("Continue");
  await ana.sees("Please check everything");
  await ana.click("Confirm & book");
  await ana.sees("Waiting for an answer");
  await maya.sees("A session request");
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  const review = await ana.ask("book a follow-up with Maya by video on Thursday at 10");
  expect(review.words).toContain("Please check everything");
  expect((await ana.ask("yes")).words).toContain("Waiting for an answer");
  await until("Maya has the request", () => maya.notifications().length === 2);
  expect((await maya.ask("confirm Ana")).words).toContain("A session request");
  expect((await maya.ask("confirm")).words).toContain("Confirmed");
  await until(
    "Ana has the confirmation",
    () => ana.notifications().filter((text) => text.includes("is confirmed")).length === 2,
  );
  await quiet();
  expect((await bookingsOf(one)).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
  expect(having(maya, "Confirm") + having(ana, "Withdraw request") + having(ana, "Confirm & book")).toBe(0);
  await world.settled();
  expect(fake.calls().filter(({ outcome }) => outcome !== "ok")).toEqual([]);
  for (const { lines } of [one, two]) expect(lines.filter(({ level }) => level === "error")).toEqual([]);
});

test("two clients at two desks press the same time, twice over, with every press delivered twice: one booking each time, one message to each", async () => {
  const { one, world, ana, ben, maya, quiet } = await openTwo();
  for (const [day, hour] of [
    ["Wed 4 Mar", "10:00"],
    ["Thu 5 Mar", "11:00"],
  ] as const) {
    await Promise.all([ana, ben].map((client) => client.answered(() => client.shortcut())));
    for (const label of ["Follow-up", "Video", "Dr Maya Lee", day])
      await Promise.all([ana, ben].map((client) => client.press(label)));
    const inNewYork = `0${Number(hour.slice(0, 2)) - 5}:00`;
    await Promise.all([ana.click(hour), ben.click(inNewYork)]);
    await Promise.all([ana, ben].map((client) => client.sees(/Please check everything|taken/)));
    await quiet();
    const winners = [ana, ben].filter((client) => client.newest().buttons.includes("Confirm & book"));
    expect(winners).toHaveLength(1);
    for (const winner of winners) {
      await Promise.all([winner.click("Confirm & book"), winner.click("Confirm & book")]);
      await world.repeatLast();
      await winner.sees("Waiting for an answer");
    }
    await quiet();
  }
  const bookings = await bookingsOf(one);
  expect(bookings.map(({ status }) => status)).toEqual(["requested", "requested"]);
  expect(maya.notifications()).toHaveLength(2);
  // Confirmed at both desks at the same moment: one confirmation.
  const [request] = maya.messages().filter(({ buttons }) => buttons.includes("Confirm"));
  await Promise.all([maya.click("Confirm", request), maya.click("Confirm", request)]);
  await quiet();
  expect((await bookingsOf(one)).filter(({ status }) => status === "confirmed")).toHaveLength(1);
  const told = [ana, ben].flatMap((client) => client.notifications()).filter((text) => text.includes("is confirmed"));
  expect(told).toHaveLength(1);
  expect(having(maya, "Confirm")).toBe(1);
});

test("cards queued while Slack was unreachable are sent once, by either desk (S10)", async () => {
  const { fake, ana, ben, maya, quiet } = await openTwo();
  await Promise.all([reviewFollowUp(ana), reviewFollowUp(ben, "06:00")]);
  fake.faults.plan("chat.postMessage", { kind: "lost" });
  await ana.click("Confirm & book");
  await ben.click("Confirm & book");
  await fake.unreachable();
  await fake.back();
  await fake.until("both have their messages", () => maya.notifications().length >= 2);
  await quiet();
  expect(maya.notifications()).toHaveLength(2);
  expect(having(maya, "Confirm")).toBe(2);
});
