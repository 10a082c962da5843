import { describe, expect, test } from "vitest";
import { eventOf, inboundId, profileOf, readActivity, senderOf } from "../../../adapters/teams/receive.ts";

const base = {
  type: "message",
  id: "1700000000001",
  from: { id: "29:ana", name: "Ana Alves", aadObjectId: "33333333-3333-4333-8333-333333333333" },
  recipient: { id: "28:desk" },
  conversation: {
    id: "a:1ana",
    conversationType: "personal",
    tenantId: "11111111-1111-4111-8111-111111111111",
  },
};

function read(change: Readonly<Record<string, unknown>> = {}) {
  const activity = readActivity({ ...base, ...change });
  if (activity === undefined) throw new Error("no activity");
  return activity;
}

describe("T6 an inbound's id is that of the activity in its conversation", () => {
  test("the same activity has the same id, another conversation's another", () => {
    expect(inboundId(read())).toBe("teams:a:1ana:1700000000001");
    expect(inboundId(read({ conversation: { id: "a:1ben" } }))).toBe("teams:a:1ben:1700000000001");
  });

  test("without an id of both there is none, so nothing is heard that could be heard twice", () => {
    expect(inboundId(read({ id: undefined }))).toBeUndefined();
    expect(inboundId(read({ conversation: {} }))).toBeUndefined();
  });
});

describe("T7 a person is their id in their organisation", () => {
  const ana = {
    platform: "teams",
    workspace: "11111111-1111-4111-8111-111111111111",
    user: "33333333-3333-4333-8333-333333333333",
  };

  test("not the id of their account in the chat, nor their name", () => {
    expect(senderOf(read())).toEqual(ana);
    expect(senderOf(read({ from: { id: "29:other", aadObjectId: ana.user } }))).toEqual(ana);
  });

  test("capital letters make no other person", () => {
    expect(senderOf(read({ from: { aadObjectId: "AAAAAAAA-3333-4333-8333-333333333333" } }))).toMatchObject({
      user: "aaaaaaaa-3333-4333-8333-333333333333",
    });
  });

  test("nobody, where the organisation or the person is not named, or two organisations are", () => {
    expect(senderOf(read({ from: { id: "29:ana" } }))).toBeUndefined();
    expect(senderOf(read({ conversation: { id: "a:1ana" } }))).toBeUndefined();
    const other = { tenant: { id: "99999999-9999-4999-8999-999999999999" } };
    expect(senderOf(read({ channelData: other }))).toBeUndefined();
    expect(senderOf(read({ conversation: { id: "a:1ana" }, channelData: other }))).toMatchObject({
      workspace: other.tenant.id,
    });
  });

  test.each([
    ["the activity says both", { localTimezone: "Europe/Lisbon", locale: "pt-PT" }, "Europe/Lisbon", "pt-PT"],
    [
      "the client's info says them",
      { entities: [{ type: "clientInfo", timezone: "America/New_York", locale: "en-US" }] },
      "America/New_York",
      "en-US",
    ],
    ["what is no zone and no locale is left out", { localTimezone: "+01:00", locale: "??" }, undefined, undefined],
    ["a Windows zone is none", { localTimezone: "W. Europe Standard Time" }, undefined, undefined],
  ])("zone and locale: %s", (_, change, timezone, locale) => {
    expect(profileOf(read(change))).toEqual({
      name: "Ana Alves",
      ...(timezone && { timezone }),
      ...(locale && { locale }),
    });
  });
});

describe("T14 who has the app is welcomed, who puts it out is not", () => {
  test.each([
    ["installed", { type: "installationUpdate", action: "add" }, "installed"],
    ["upgraded", { type: "installationUpdate", action: "add-upgrade" }, "nothing"],
    ["removed", { type: "installationUpdate", action: "remove" }, "removed"],
    ["removed to be upgraded", { type: "installationUpdate", action: "remove-upgrade" }, "nothing"],
    ["added to the chat", { type: "conversationUpdate", membersAdded: [{ id: "28:desk" }] }, "installed"],
    ["taken out of the chat", { type: "conversationUpdate", membersRemoved: [{ id: "28:desk" }] }, "removed"],
    ["somebody else left", { type: "conversationUpdate", membersRemoved: [{ id: "29:ben" }] }, "nothing"],
    [
      "added and removed at once",
      { type: "conversationUpdate", membersAdded: [{ id: "28:desk" }], membersRemoved: [{ id: "28:desk" }] },
      "installed",
    ],
    ["renamed", { type: "conversationUpdate", topicName: "x" }, "nothing"],
    [
      "put into a team",
      { type: "installationUpdate", action: "add", conversation: { id: "19:x", conversationType: "channel" } },
      "nothing",
    ],
  ])("%s", (_, change, what) => {
    expect(eventOf(read(change))).toEqual({ what });
  });
});

describe("T5 a press comes as an invoke or as a message with a value", () => {
  const data = { t: "tk_1", r: 3, e: { type: "service.chosen", service: "first-visit" }, "v.goal": "sleep" };
  const pressed = { what: "pressed", press: { talkId: "tk_1", revision: 3, event: data.e }, data };

  test("Action.Execute", () => {
    const value = { action: { type: "Action.Execute", data }, trigger: "manual" };
    expect(eventOf(read({ type: "invoke", name: "adaptiveCard/action", value }))).toEqual(pressed);
  });

  test("Action.Submit", () => {
    expect(eventOf(read({ value: data }))).toEqual(pressed);
  });

  test.each([
    ["no data", undefined],
    ["another bot's data", { action: { data: { hello: 1 } } }],
    ["no object", "press"],
  ])("an invoke with %s is no press", (_, value) => {
    expect(eventOf(read({ type: "invoke", name: "adaptiveCard/action", value }))).toEqual({ what: "unreadable" });
  });

  test("another kind of invoke is no press", () => {
    expect(eventOf(read({ type: "invoke", name: "composeExtension/query", value: { action: { data } } }))).toEqual({
      what: "unreadable",
    });
  });
});

describe("typed words", () => {
  test.each([
    ["book", "book"],
    ["<at>Frontdesk</at>&nbsp;book", "book"],
    ["  next\u00a0Tuesday \n", "next Tuesday"],
  ])("%j is %j", (text, said) => {
    expect(eventOf(read({ text }))).toEqual({ what: "said", text: said });
  });

  test("a picture is no words", () => {
    expect(eventOf(read({ text: "", attachments: [{ contentType: "image/png" }] }))).toEqual({ what: "unreadable" });
  });

  test("T9 what is said where others read along is not taken for words to the desk", () => {
    const conversation = { id: "19:x", conversationType: "channel", tenantId: base.conversation.tenantId };
    expect(eventOf(read({ text: "book", conversation }))).toEqual({ what: "overheard" });
  });

  test("typing, reactions and edits are nothing", () => {
    for (const type of ["typing", "messageReaction", "messageUpdate", "messageDelete", "event"]) {
      expect(eventOf(read({ type, text: "x" }))).toEqual({ what: "nothing" });
    }
  });
});

test("what is no activity is not read; what is misshapen in one counts as absent", () => {
  for (const body of [null, 1, "x", [], {}, { type: 1 }]) expect(readActivity(body)).toBeUndefined();
  expect(read({ from: "ana", entities: 3, text: 5, locale: {} })).toMatchObject({ type: "message" });
});
