import { expect, test } from "vitest";
import { buttonOf, type Card } from "../../../src/cards/card.ts";
import { installationActivity, membersActivity, messageActivity } from "../../support/teams/activities.ts";
import { anasTeams, menu, openTestTeams, pressOf, tenant } from "./test-teams.ts";

const button = buttonOf();

const form: Card = {
  summary: "Two questions",
  title: "Two questions",
  parts: [
    {
      type: "inputs",
      inputs: [
        { id: "name", label: "Name", kind: "short_text", required: false },
        { id: "phone", label: "Phone", kind: "phone", required: false },
      ],
      submit: button("Send", { type: "form.sent" }),
    },
  ],
};

test("T1 a body over 256 KB is refused with 413, no JSON and no activity with 400, another method with 405", async () => {
  const { address, inbounds } = await openTestTeams();
  const post = (body: string) => fetch(`${address}/api/messages`, { method: "POST", body });
  expect((await post(JSON.stringify({ type: "message", text: "x".repeat(256 * 1024) }))).status).toBe(413);
  expect((await post("{")).status).toBe(400);
  expect((await post("[]")).status).toBe(400);
  expect((await post("{}")).status).toBe(400);
  const got = await fetch(`${address}/api/messages`);
  expect(got.status).toBe(405);
  expect(got.headers.get("allow")).toBe("POST");
  expect(inbounds).toEqual([]);
});

test("T1 typed words are answered with an empty 200, after delivery", async () => {
  const { world, ana, inbounds } = await openTestTeams();
  const hello = messageActivity(world.scene(ana.person, ana.chat), "book a session");
  expect(await world.deliver(hello)).toMatchObject({ status: 200, body: undefined });
  expect(inbounds).toMatchObject([
    {
      id: `teams:${ana.chat.id}:${hello.id}`,
      from: anasTeams,
      profile: { name: "Ana Alves", timezone: "Europe/Lisbon", locale: "en-GB" },
      body: { type: "text", text: "book a session" },
    },
  ]);
});

test("T5 a press is answered with 200 and the present card, visible to the presser only", async () => {
  const { world, ana, inbounds, answers, send } = await openTestTeams();
  await ana.install();
  await send();
  const next: Card = { summary: "Which service?", title: "Which service?", parts: [] };
  answers(async () => ({ talkId: "tk_1", revision: 2, card: next }));
  const clicked = await ana.click("Request a session");
  expect(clicked.kind).toBe("card");
  expect(ana.newest()).toContain("Which service?");
  expect(inbounds.at(-1)).toMatchObject({
    id: `teams:${ana.chat.id}:${clicked.id}`,
    body: { type: "press", talkId: "tk_1", seenRevision: 1, event: { type: "asked" } },
  });
  expect(world.connector.calls().filter(({ method }) => method === "PUT")).toEqual([]);
});

test("T5 a press that is refused is answered with a sentence", async () => {
  const { ana, answers, send } = await openTestTeams();
  await ana.install();
  await send();
  answers(async () => ({ refused: "That is another person's card." }));
  expect(await ana.click("Request a session")).toMatchObject({
    kind: "words",
    words: "That is another person's card.",
  });
  answers(async () => ({}));
  expect(await ana.click("Request a session")).toMatchObject({ kind: "words" });
});

test("T5 Action.Submit is a press too; a refusal is sent as text, with the words that may be typed", async () => {
  const { world, ana, inbounds, answers } = await openTestTeams();
  await ana.install();
  const hello = messageActivity(world.scene(ana.person, ana.chat), "");
  const { value } = pressOf({ world, person: ana }, { type: "asked" });
  const submitted = { ...hello, text: undefined, value: value.action.data };
  answers(async () => ({ talkId: "tk_1", revision: 2, card: menu }));
  expect(await world.deliver(submitted)).toMatchObject({ status: 200, body: undefined });
  expect(inbounds.at(-1)?.body).toMatchObject({ type: "press", talkId: "tk_1", event: { type: "asked" } });
  expect(ana.messages()).toEqual([]);
  answers(async () => ({ refused: "That is another person's card." }));
  await world.deliver({ ...submitted, id: "1700000009999" });
  expect(ana.messages()).toEqual(["That is another person's card."]);
  expect(ana.suggestedActions()).toHaveLength(3);
});

test("T15 input values are kept with their errors; empty ones are missing keys", async () => {
  const { ana, inbounds, answers, send, shown } = await openTestTeams();
  await ana.install();
  await send(form);
  shown.set("tk_1", form);
  answers(async () => ({
    talkId: "tk_1",
    revision: 1,
    card: form,
    errors: { phone: "Please write a phone number." },
  }));
  ana.fill({ Phone: "call me" });
  await ana.click("Send");
  expect(inbounds.at(-1)?.body).toMatchObject({ type: "press", values: { name: "", phone: "call me" } });
  expect(ana.newest()).toContain("Please write a phone number.");
  expect(ana.newest()).toContain("Phone: call me");
});

test("T11 a press whose turn fails gets a 500 with a sentence, typed words get a 500", async () => {
  const { world, ana, answers, lines } = await openTestTeams();
  answers(async () => {
    throw new Error("the database is on fire in cl_ana's room");
  });
  const pressed = await world.deliver(pressOf({ world, person: ana }, { type: "asked" }));
  expect(pressed).toMatchObject({
    status: 500,
    body: { statusCode: 500, type: "application/vnd.microsoft.error", value: { message: /nothing was changed/ } },
  });
  const said = await world.deliver(messageActivity(world.scene(ana.person, ana.chat), "hello"));
  expect(said).toMatchObject({ status: 500 });
  expect(JSON.stringify([pressed, said, lines])).not.toContain("on fire");
  // No error message is posted: posting to that chat may be what failed.
  expect(world.connector.calls()).toEqual([]);
});

test("T7 a person's chat reference is stored from every activity, installing included, and follows the chat", async () => {
  const { ana, world, reference, clock } = await openTestTeams();
  await world.deliver(installationActivity(world.scene(ana.person, ana.chat), "add"));
  const first = await reference();
  expect(first).toMatchObject({
    ...anasTeams,
    conversationId: ana.chat.id,
    serviceUrl: world.connector.serviceUrl,
    botId: world.botId,
    userId: ana.person.userId,
    sinceMs: clock.realNow(),
  });
  ana.moveChat();
  clock.advance(1_000);
  await ana.say("hello");
  expect(await reference()).toMatchObject({ conversationId: ana.chat.id, sinceMs: first?.sinceMs });
  expect(ana.chat.id).not.toBe(first?.conversationId);
});

test("T7 a message without an identifiable sender is not delivered", async () => {
  const { world, ana, inbounds, lines, store } = await openTestTeams();
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  await world.deliver({ ...hello, from: { id: ana.person.userId, name: "Ana Alves" } });
  expect(inbounds).toEqual([]);
  expect(lines.some(({ event }) => event === "teams.activity.unidentified")).toBe(true);
  expect(await store.chatReferences.find(anasTeams)).toBeUndefined();
});

test("T7 the mail address comes from the organisation's directory, fetched when needed", async () => {
  const { ana, teams } = await openTestTeams();
  expect(await teams.member(anasTeams)).toBeUndefined();
  await ana.install();
  expect(await teams.member(anasTeams)).toEqual({ name: "Ana Alves", email: ana.person.email });
});

test("T9 words in a channel are not delivered: one sentence links to the chat, and the channel is not stored", async () => {
  const { world, ana, inbounds, reference } = await openTestTeams();
  const channel = world.group("channel", [ana]);
  await ana.say("book a session for my back", { in: channel });
  await ana.redeliver();
  expect(inbounds).toEqual([]);
  expect(await reference()).toBeUndefined();
  const lines = channel.messages.filter(({ from }) => from === world.botId).map(({ text }) => text);
  expect(lines).toEqual(["I answer in our own chat only. Please open the chat with me and write to me there."]);
});

test("suggested actions appear under plain text, and a tap sends their text", async () => {
  const { world, ana, inbounds } = await openTestTeams();
  await ana.install();
  await world.deliver({ ...messageActivity(world.scene(ana.person, ana.chat), ""), text: "" });
  expect(ana.newest()).toContain("I can read words only.");
  expect(ana.suggestedActions()).toEqual(["Request a session", "My bookings", "Help"]);
  await ana.suggestion("My bookings");
  expect(inbounds.at(-1)?.body).toEqual({ type: "text", text: "My bookings" });
});

test.each(["installation first", "members first"] as const)(
  "T14 two activities report one installation and give one welcome: %s",
  async (order) => {
    const { ana, inbounds } = await openTestTeams();
    await ana.install(order);
    const [first, second, ...more] = inbounds;
    expect([first?.body, second?.body]).toMatchObject([{ type: "opened" }, { type: "opened" }]);
    expect(first?.id).toBe(second?.id);
    expect(first?.id).toMatch(`teams:welcome:${tenant}:${anasTeams.user}:`);
    expect(more).toEqual([]);
  },
);

test("T14 uninstalling deletes the chat reference without a message; installing again sends a new welcome", async () => {
  const { world, ana, inbounds, reference, clock } = await openTestTeams();
  await ana.install();
  await ana.uninstall();
  await world.deliver(membersActivity(world.scene(ana.person, ana.chat), "membersRemoved"));
  expect(await reference()).toBeUndefined();
  expect(inbounds).toHaveLength(2);
  clock.advance(60_000);
  await ana.install();
  expect(inbounds).toHaveLength(4);
  expect(new Set(inbounds.map(({ id }) => id)).size).toBe(2);
});
