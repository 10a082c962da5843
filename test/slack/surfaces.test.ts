import { expect, test } from "vitest";
import { having, openHarbour, requestFollowUp } from "./harbour-desk.ts";

test("the Home tab begins a request, shows upcoming sessions with their actions, and is repainted after a change elsewhere", async () => {
  const slack = await openHarbour();
  const { ana, maya, ben } = slack;
  await Promise.all([ana.openHome(), maya.openHome()]);
  await ana.seesHome("Request a session");
  await maya.seesHome(/No request is waiting\.[\s\S]*No session today\./);

  await ana.clickHome("Request a session");
  await ana.sees("What would you like to book?");
  for (const label of ["Follow-up", "Video", "Dr Maya Lee", "Wed 4 Mar", "10:00"]) await ana.press(label);
  await ana.click("Confirm & book");
  await ana.seesHome(/Wed 4 Mar, 10:00[\s\S]*Follow-up|Follow-up[\s\S]*Wed 4 Mar, 10:00/);
  const waiting = await maya.seesHome("Ana Alves");
  const [request = ""] = waiting.buttons.filter((label) => label.includes("Ana Alves"));
  await maya.clickHome(request);
  await maya.sees("A session request");
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await slack.quiet();
  expect((await maya.seesHome("")).words).not.toMatch(/is waiting for you\.[\s\S]*Ana Alves, Wed/);

  // A session's actions are a tap away from the tab.
  await ana.clickHome("My bookings");
  await ana.sees("Upcoming sessions");
  await ana.press("Wed 4 Mar, 10:00 · Follow-up · Dr Maya Lee");
  expect((await ana.sees("confirmed")).buttons).toContain("Book this again");
  // A booking made in the chat appears in her day at once, without reopening the tab.
  await ben.answered(() => ben.shortcut());
  for (const label of ["Quick check-in", "Video", "06:00"]) await ben.press(label);
  await ben.click("Confirm & book");
  await maya.seesHome(/11:00–11:20[\s\S]*Ben Okoro, Quick check-in/);
  // A person who never opened the tab has none.
  expect(ben.home()).toBeUndefined();
  await slack.assertWell();
});

test("/book begins in the chat and uses the words after it; in a channel only the sender sees the answer (D0.3)", async () => {
  const slack = await openHarbour();
  const { ana, ben, zoe } = slack;
  await ana.slash("");
  await ana.sees("What would you like to book?");
  await ben.slash("a follow-up with Maya by video on Wednesday at 5am", { channel: "C0GENERAL" });
  expect((await ben.sees("Please check everything")).words).toContain("Wednesday 4 March 2026");
  const hint = await ben.seesEphemeral("I answered you in our direct messages");
  expect(hint.channelId).toBe("C0GENERAL");
  expect(hint.buttons).toEqual(["Open our chat"]);
  await zoe.slash("");
  expect((await zoe.sees(/invitation|code/i)).buttons).toEqual([]);
  await slack.quiet();
  expect(ana.channel("C0GENERAL")).toEqual([]);
  expect(ana.ephemerals().filter(({ channelId }) => channelId === "C0GENERAL")).toEqual([]);
  await slack.assertWell();
});

test("the global shortcut begins a booking anywhere; a practitioner sees that it is for clients (D0.3)", async () => {
  const slack = await openHarbour();
  await slack.ana.answered(() => slack.ana.shortcut());
  expect(slack.ana.newest().words).toContain("What would you like to book?");
  await slack.maya.answered(() => slack.maya.shortcut());
  expect(slack.maya.newest().words).not.toContain("What would you like to book?");
  await slack.zoe.answered(() => slack.zoe.shortcut());
  expect(slack.zoe.newest().words).toMatch(/invitation|code/i);
  await slack.quiet();
  await slack.assertWell();
});

test("a mention in a channel is answered privately with a link to the chat, and nothing is posted in the channel (D7.5, S13)", async () => {
  const slack = await openHarbour();
  const { ana, ben, zoe } = slack;
  await requestFollowUp(ana);
  await slack.quiet();
  const before = ana.messages().length;
  const deliveries = await ana.mention("C0GENERAL", "cancel my appointment with Maya");
  expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
  const hint = await ana.seesEphemeral("");
  expect(hint.channelId).toBe("C0GENERAL");
  expect(hint.words).not.toMatch(/Maya|Follow-up|10:00/);
  expect(hint.buttons).toContain("Open our chat");
  const [begin = ""] = hint.buttons;
  if (begin !== "Open our chat") {
    await ana.clickEphemeral(begin);
    await slack.quiet();
    expect(ana.messages().length).toBeGreaterThan(before);
  }
  await zoe.mention("C0GENERAL", "hello");
  expect((await zoe.seesEphemeral("")).words).not.toMatch(/Harbour|Maya/);
  await slack.quiet();
  expect(ana.channel("C0GENERAL").filter(({ from }) => from === "desk")).toEqual([]);
  expect(ben.ephemerals()).toEqual([]);
  expect(ana.ephemerals()).toHaveLength(1);
  expect(having(ana, "Withdraw request")).toBe(1);
  await slack.assertWell();
});

test("edits, deletions, another app's messages and the desk's own are not answered (S13)", async () => {
  const slack = await openHarbour();
  const { ana } = slack;
  const said = await ana.say("bookings");
  await ana.sees("Upcoming sessions");
  const before = ana.messages().length;
  await ana.edit(said.ts, "book");
  await ana.otherBot("book");
  await ana.delete(said.ts);
  await slack.world.settled();
  await slack.quiet();
  // The other app's message was delivered; Ana's own was removed.
  expect(ana.messages()).toHaveLength(before);
  expect(slack.fake.calls("chat.postMessage")).toHaveLength(1);
  await slack.assertWell();
});
