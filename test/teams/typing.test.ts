import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { messageActivity } from "../support/teams/activities.ts";
import { until } from "../support/until.ts";
import { assertZones, bookingsOf, having, openHarbour, quiet, requestFollowUp } from "./harbour-teams.ts";

test("a session is requested by typing only, step by step, and again in one line; Maya asks who is waiting, confirms Ana, and asks for her day", async () => {
  const { ana, ben, maya, desk } = await openHarbour();
  for (const line of ["I'd like to book a session", "follow-up", "1", "Maya", "Wed 4 Mar", "the second one"])
    await ana.say(line);
  await ana.sees(/Please check everything[\s\S]*Wednesday 4 March 2026/);
  await ana.say("yes");
  await ana.sees("Waiting for an answer");

  await ben.say("book a follow-up with Maya by video on Thursday at 5am");
  await ben.sees(
    /Please check everything[\s\S]*Thursday 5 March 2026, 05:00–05:50 \(New York\) · 10:00–10:50 \(Lisbon\)/,
  );
  await ben.say("yes");
  await ben.sees("Waiting for an answer");
  await until("both requests reach Maya", () => having(maya, "Confirm") === 2);

  await maya.say("who's waiting?");
  await maya.sees("2 requests are waiting for you.");
  await maya.say("confirm Ana");
  await maya.until("Ana's request", (messages) => messages.at(-1)?.includes("Client: Ana Alves") === true);
  await maya.say("confirm");
  await maya.sees("Ana Alves has been told in chat and by email.");
  await ana.sees("Your session is confirmed");
  await ben.say("quick check-in by video today at 6am");
  await ben.say("yes");
  await maya.sees("Ben Okoro booked it");
  await maya.say("today");
  await maya.sees(/11:00–11:20[\s\S]*Ben Okoro, Quick check-in/);
  await quiet(desk);
  // The card before the typed words has no buttons left.
  expect(having(ana, "Confirm & book") + having(ben, "Confirm & book")).toBe(0);
  for (const person of [ana, ben, maya]) assertZones(person);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed", "confirmed", "requested"]);
});

test("unrecognised words, an emoji, markdown and a mention of everyone only show the card again (T15)", async () => {
  const { ana, desk } = await openHarbour();
  for (const line of ["<at>everyone</at> 🎉 https://evil.example & **bold**", "book me a hotel for Friday"]) {
    const before = ana.messages().length;
    await ana.say(line);
    await ana.until("an answer", (messages) => messages.length > before);
    expect(ana.newest()).toContain("I am not sure what you mean");
  }
  expect(await bookingsOf(desk)).toEqual([]);
});

test("a stranger sees how to get access, whatever they type, and nothing else (D7.3)", async () => {
  const { world, desk } = await openHarbour();
  const zoe = world.user(world.tenantId, "99999999-0000-4000-8000-000000000009", { name: "Zoe Stranger" });
  await zoe.install();
  await zoe.say("book a follow-up with Maya tomorrow at 10");
  await quiet(desk);
  expect(zoe.newest()).toMatch(/invitation|code/i);
  expect(zoe.buttons()).toEqual([]);
  for (const message of zoe.messages()) expect(message).not.toMatch(/Maya|Harbour|Follow-up/);
});

test("each command in the app's command list does what it says when typed", async () => {
  const { ana, maya, desk } = await openHarbour();
  await requestFollowUp(ana);
  const typed = async (person: typeof ana, title: string) => {
    const before = person.messages().length;
    await person.say(title);
    await person.until(title, (messages) => messages.length > before);
    return person.newest();
  };
  const answers: Readonly<Record<string, readonly [typeof ana, RegExp]>> = {
    "Request a session": [ana, /What would you like to book\?/],
    "My bookings": [ana, /Upcoming sessions/],
    Packages: [ana, /package/i],
    Requests: [maya, /A session request|waiting for you/],
    Today: [maya, /No session today|today/i],
    Help: [ana, /type|write/i],
  };
  expect(Object.keys(answers)).toEqual(commandTitles);
  for (const [title, [person, expected]] of Object.entries(answers))
    expect(await typed(person, title)).toMatch(expected);
  await quiet(desk);
  expect(await bookingsOf(desk)).toHaveLength(1);
});

/** As `manifest/teams` offers them above the compose box. */
const manifest: {
  readonly bots: readonly { readonly commandLists: readonly { readonly commands: readonly { title: string }[] }[] }[];
} = JSON.parse(readFileSync(new URL("../../manifest/teams/manifest.json", import.meta.url), "utf8"));
const commandTitles = manifest.bots.flatMap(({ commandLists }) =>
  commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)),
);

const picture = { contentType: "image/png", contentUrl: "https://files.example/1.png" };

test("suggested actions appear under plain text only, three at most, and a tap on one sends it", async () => {
  const { ana, world, desk } = await openHarbour();
  expect(ana.suggestedActions()).toEqual([]);
  await world.deliver(messageActivity(world.scene(ana.person, ana.chat), ""));
  expect(ana.suggestedActions()).toEqual(["Request a session", "My bookings", "Help"]);
  await ana.suggestion("Request a session");
  await ana.sees("What would you like to book?");
  await quiet(desk);
  for (const message of ana.shownMessages())
    expect(message.card !== undefined && message.suggestions.length > 0).toBe(false);
});

test("W10: a picture is not taken and the answer says so; words beside it are read", async () => {
  const { ana, world, desk } = await openHarbour();
  const sends = (text: string) =>
    world.deliver({ ...messageActivity(world.scene(ana.person, ana.chat), text), attachments: [picture] });
  await sends("");
  await ana.sees("I cannot take files here.");
  await sends("my bookings");
  await ana.sees("Upcoming sessions");
  await quiet(desk);
});

test.each(["installation first", "members first"] as const)(
  "T14 a person who installs the app is greeted once, and again after reinstalling: %s",
  async (order) => {
    const { ana, desk, advance } = await openHarbour();
    const greetings = () => ana.messages().filter((message) => message.includes("Hello Ana Alves")).length;
    expect(greetings()).toBe(1);
    await ana.say("my bookings");
    await ana.install(order);
    await ana.redeliver();
    await quiet(desk);
    expect(greetings()).toBe(1);
    await requestFollowUp(ana);

    await ana.uninstall();
    await advance("2026-03-02T09:00:00Z");
    await ana.install(order);
    await quiet(desk);
    expect(greetings()).toBe(2);
    expect(ana.newest()).toContain("Hello Ana Alves");
    // The bookings are kept, and their cards still work.
    expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["requested"]);
    await ana.click("Withdraw request");
    await ana.sees("Withdraw this request?");
  },
);
