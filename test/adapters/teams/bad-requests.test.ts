import { expect, test } from "vitest";
import { messageActivity } from "../../support/teams/activities.ts";
import { openTestTeams, pressOf } from "./test-teams.ts";

type Rig = Awaited<ReturnType<typeof openTestTeams>>;

async function post({ address, world }: Rig, body: string): Promise<Response> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${world.issuer.token()}` };
  return fetch(`${address}/api/messages`, { method: "POST", headers, body });
}

async function expectUnharmed({ inbounds, reference, ana }: Rig): Promise<void> {
  expect(inbounds).toEqual([]);
  expect(await reference()).toBeUndefined();
  await ana.say("hello");
  expect(inbounds).toHaveLength(1);
}

test.each([
  ["null", "null"],
  ["a number", "7"],
  ["a string", '"message"'],
  ["an array", '[{"type":"message"}]'],
  ["nothing", ""],
  ["half of an object", '{"type":"message","text":'],
  ["of no type", "{}"],
  ["of a type that is no word", '{"type":7}'],
])("R11 a body that is %s, with a valid token, gets 400 with a sentence", async (_, body) => {
  const rig = await openTestTeams();
  const answer = await post(rig, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ error: expect.stringMatching(/could not (?:be )?read/) });
  await expectUnharmed(rig);
});

test("R11 a body of 20 MB with a valid token gets 413 with a sentence", async () => {
  const rig = await openTestTeams();
  const answer = await post(rig, JSON.stringify({ type: "message", text: "x".repeat(20 * 1024 * 1024) }));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toEqual({ error: "That is too much for one message. Please send less." });
  await expectUnharmed(rig);
});

test("R11 a token without an expiry gets 401 with a sentence", async () => {
  const rig = await openTestTeams();
  const { world, ana } = rig;
  const token = `Bearer ${world.issuer.token({ claims: { exp: undefined } })}`;
  expect(await world.deliver(messageActivity(world.scene(ana.person, ana.chat), "hello"), token)).toMatchObject({
    status: 401,
    body: { error: "This request could not be verified, so nothing was done." },
  });
  await expectUnharmed(rig);
});

test.each(["groupChat", "channel"] as const)(
  "R10 R11 a press from a %s is answered with a sentence: nothing is pressed, and the chat is not stored",
  async (conversationType) => {
    const rig = await openTestTeams();
    const { world, ana, inbounds, reference } = rig;
    await ana.install();
    const own = await reference();
    const heard = inbounds.length;
    const press = pressOf({ world, person: ana }, { type: "asked" });
    const conversation = { ...press.conversation, id: "19:a-group@thread.v2", conversationType };
    expect(await world.deliver({ ...press, conversation })).toMatchObject({
      status: 200,
      body: { value: "I answer in our own chat only. Please open the chat with me and write to me there." },
    });
    expect(inbounds).toHaveLength(heard);
    expect(await reference()).toEqual(own);
  },
);

test("R10 a chat of no named type is answered, but never stored; a 19: id is a group's", async () => {
  const { world, ana, inbounds, reference } = await openTestTeams();
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  const { tenant: tenantId } = ana.person;
  await world.deliver({ ...hello, conversation: { id: ana.chat.id, tenantId } });
  expect(inbounds).toHaveLength(1);
  expect(await reference()).toBeUndefined();
  const press = pressOf({ world, person: ana }, { type: "asked" });
  await world.deliver({ ...press, conversation: { id: "19:a-group@thread.v2", tenantId } });
  expect(inbounds).toHaveLength(1);
  expect(await reference()).toBeUndefined();
});

test("R10 an older activity that arrives again neither moves a person's messages nor forgets their chat", async () => {
  const { world, ana, reference, clock } = await openTestTeams();
  await ana.install();
  const old = messageActivity(world.scene(ana.person, ana.chat), "hello");
  const gone = { ...old, type: "installationUpdate", action: "remove", id: "gone" };
  ana.moveChat();
  clock.advance(60_000);
  const later = new Date(Date.parse(String(old.timestamp)) + 30_000).toISOString();
  await world.deliver({ ...messageActivity(world.scene(ana.person, ana.chat), "I am here now"), timestamp: later });
  const now = await reference();
  expect(now?.conversationId).toBe(ana.chat.id);
  await world.deliver(old);
  await world.deliver(gone);
  await world.deliver({ ...gone, conversation: { ...Object(old.conversation), id: ana.chat.id } });
  expect(await reference()).toEqual(now);
});

test("T17 an invoke the desk does not offer gets 501, and a message without an account is answered by a sentence", async () => {
  const { world, ana, inbounds } = await openTestTeams();
  await ana.install();
  const heard = inbounds.length;
  const search = { ...pressOf({ world, person: ana }, { type: "asked" }), name: "composeExtension/query" };
  expect(await world.deliver(search)).toMatchObject({ status: 501 });
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  await world.deliver({ ...hello, from: { id: ana.person.userId, name: "Ana Alves" } });
  expect(ana.newest()).toContain("Teams did not say who you are");
  expect(inbounds).toHaveLength(heard);
});
