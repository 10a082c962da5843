import { connect } from "node:net";
import { expect, test } from "vitest";
import { signatureOf } from "../../support/slack/signed-post.ts";
import { openRig, type SlackRig, signingSecret, team } from "./slack-rig.ts";

const form = "application/x-www-form-urlencoded";
const json = "application/json";

/** The desk still answers a person, and has heard nothing else. */
async function expectUnharmed(rig: SlackRig): Promise<void> {
  expect(rig.heard).toEqual([]);
  expect(await rig.store.read.installations.list()).toEqual([]);
  await rig.world.user(team, "U0ANA").say("book");
  expect(rig.heard).toHaveLength(1);
}

test.each([
  ["null", json, "null"],
  ["a number", json, "7"],
  ["a string", json, '"event_callback"'],
  ["an array", json, '[{"type":"event_callback"}]'],
  ["nothing", json, ""],
  ["half of an object", json, '{"type":"event_callback","event":{"type":'],
  ["a payload of null", form, "payload=null"],
  ["a payload that is a number", form, "payload=7"],
  ["a payload that is an array", form, "payload=%5B%5D"],
  ["half of a payload", form, "payload=%7B%22type%22%3A"],
])("R11 a signed body that is %s gets 400 with a sentence, and the desk goes on", async (_, contentType, body) => {
  const rig = await openRig();
  const answer = await rig.world.raw(body, { contentType });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([400, { error: "The desk could not read that request." }]);
  await expectUnharmed(rig);
});

test.each([
  ["an event of no kind", json, "{}"],
  ["an event that is null", json, '{"type":"event_callback","event":null}'],
  ["a payload of an unknown kind", form, `payload=${encodeURIComponent('{"type":"a.new.kind"}')}`],
  ["two payloads", form, "payload=%7B%7D&payload=%7B%7D"],
])(
  "R11 a signed object that means nothing is answered at once, and nothing is heard: %s",
  async (_, contentType, body) => {
    const rig = await openRig();
    const answer = await rig.world.raw(body, { contentType });
    expect(answer.status).toBeGreaterThanOrEqual(200);
    expect(answer.late).toBe(false);
    await expectUnharmed(rig);
  },
);

test("R11 a signed body of 20 MB gets 413 with a sentence", async () => {
  const rig = await openRig();
  const answer = await rig.world.raw(`{"type":"${"x".repeat(20 * 1024 * 1024)}"}`);
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    413,
    { error: "That is too much for one message. Please send less." },
  ]);
  await expectUnharmed(rig);
});

test("R11 a body that ends before its length gets 400, or no answer where the connection is gone", async () => {
  const rig = await openRig();
  const body = '{"type":"event_callback"}';
  const at = String(Math.floor(Date.now() / 1000));
  const socket = connect(Number(new URL(rig.address).port), "127.0.0.1");
  socket.end(
    [
      "POST /slack/events HTTP/1.1",
      "Host: localhost",
      `Content-Type: ${json}`,
      `X-Slack-Request-Timestamp: ${at}`,
      `X-Slack-Signature: ${signatureOf(signingSecret, at, body)}`,
      `Content-Length: ${body.length + 100}`,
      "",
      body,
    ].join("\r\n"),
  );
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  expect(answer).toMatch(/^(?:HTTP\/1.1 400 |$)/);
  await expectUnharmed(rig);
});

test("R11 a signature from more than five minutes ahead gets 401, one from four minutes ahead is accepted", async () => {
  const rig = await openRig();
  const ahead = (minutes: number) => ({ timestamp: String(Math.floor(Date.now() / 1000) + minutes * 60) });
  const challenge = JSON.stringify({ type: "url_verification", challenge: "abc" });
  const late = await rig.world.raw(challenge, ahead(6));
  expect([late.status, JSON.parse(late.body)]).toEqual([
    401,
    { error: "This request could not be verified, so nothing was done." },
  ]);
  expect((await rig.world.raw(challenge, ahead(4))).status).toBe(200);
});

test("Slack's unsigned TLS probe is answered, and carries nothing else", async () => {
  const rig = await openRig();
  const smuggled = `ssl_check=1&payload=${encodeURIComponent('{"type":"block_actions"}')}`;
  expect((await rig.world.raw(smuggled, { signature: null, contentType: form })).status).toBe(200);
  expect(rig.heard).toEqual([]);
});
