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

  test("without both ids there is no inbound id, so an activity that could be duplicated is not delivered", () => {
    expect(inboundId(read({ id: undefined }))).toBeUndefined();
    expect(inboundId(read({ conversation: {} }))).toBeUndefined();
  });
});

describe("T7 a person is identified by their object id in their tenant", () => {
  const ana = {
    platform: "teams",
    workspace: "11111111-1111-4111-8111-111111111111",
    user: "33333333-3333-4333-8333-333333333333",
  };

  test("not by their chat account's id or their name", () => {
    expect(senderOf(read())).toEqual(ana);
    expect(senderOf(read({ from: { id: "29:other", aadObjectId: ana.user } }))).toEqual(ana);
  });

  test("case makes no difference", () => {
    expect(senderOf(read({ from: { aadObjectId: "AAAAAAAA-3333-4333-8333-333333333333" } }))).toMatchObject({
      user: "aaaaaaaa-3333-4333-8333-333333333333",
    });
  });

  test("there is no person where the tenant or the object id is missing, or two tenants are named", () => {
    expect(senderOf(read({ from: { id: "29:ana" } }))).toBeUndefined();
    expect(senderOf(read({ conversation: { id: "a:1ana" } }))).toBeUndefined();
    const other = { tenant: { id: "99999999-9999-4999-8999-999999999999" } };
    expect(senderOf(read({ channelData: other }))).toBeUndefined();
    expect(senderOf(read({ conversation: { id: "a:1ana" }, channelData: other }))).toMatchObject({
      workspace: other.tenant.id,
    });
  });

  test.each([
    ["the activity has both", { localTimezone: "Europe/Lisbon", locale: "pt-PT" }, "Europe/Lisbon", "pt-PT"],
    [
      "the client info has them",
      { entities: [{ type: "clientInfo", timezone: "America/New_York", locale: "en-US" }] },
      "America/New_York",
      "en-US",
    ],
    ["an invalid zone or locale is ignored", { localTimezone: "+01:00", locale: "??" }, undefined, undefined],
    ["a Windows zone is ignored", { localTimezone: "W. Europe Standard Time" }, undefined, undefined],
  ])("zone and locale: %s", (_, change, timezone, locale) => {
    expect(profileOf(read(change))).toEqual({
      name: "Ana Alves",
      ...(timezone && { timezone }),
      ...(locale && { locale }),
    });
  });
});

describe("T14 a person who installs the app is welcomed, one who uninstalls it is not", () => {
  test.each([
    ["installed", { type: "installationUpdate", action: "add" }, "installed"],
    ["upgraded", { type: "installationUpdate", action: "add-upgrade" }, "nothing"],
    ["removed", { type: "installationUpdate", action: "remove" }, "removed"],
    ["removed for an upgrade", { type: "installationUpdate", action: "remove-upgrade" }, "nothing"],
    ["added to the chat", { type: "conversationUpdate", membersAdded: [{ id: "28:desk" }] }, "installed"],
    ["removed from the chat", { type: "conversationUpdate", membersRemoved: [{ id: "28:desk" }] }, "removed"],
    ["another member left", { type: "conversationUpdate", membersRemoved: [{ id: "29:ben" }] }, "nothing"],
    [
      "added and removed at once",
      { type: "conversationUpdate", membersAdded: [{ id: "28:desk" }], membersRemoved: [{ id: "28:desk" }] },
      "installed",
    ],
    ["renamed", { type: "conversationUpdate", topicName: "x" }, "nothing"],
    [
      "added to a team",
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
    ["not an object", "press"],
  ])("an invoke with %s is not a press", (_, value) => {
    expect(eventOf(read({ type: "invoke", name: "adaptiveCard/action", value }))).toEqual({ what: "unreadable" });
  });

  test("another kind of invoke is not a press", () => {
    expect(eventOf(read({ type: "invoke", name: "composeExtension/query", value: { action: { data } } }))).toEqual({
      what: "unknown",
    });
  });
});

describe("typed words", () => {
  test.each([
    ["book", "book"],
    ["<at>Frontdesk</at>&nbsp;book", "book"],
    ["  next\u00a0Tuesday \n", "next Tuesday"],
  ])("%j is delivered as %j", (text, said) => {
    expect(eventOf(read({ text }))).toEqual({ what: "said", text: said });
  });

  test("a picture is not text", () => {
    expect(eventOf(read({ text: "" }))).toEqual({ what: "unreadable" });
    expect(eventOf(read({ text: "", attachments: [{ contentType: "text/html" }] }))).toEqual({ what: "unreadable" });
  });

  test.each(["image/png", "audio/mp4", "application/vnd.microsoft.teams.file.download.info"])(
    "W10: a message with a file of the kind %s says so",
    (contentType) => {
      const hasFile = true;
      expect(eventOf(read({ text: "", attachments: [{ contentType }] }))).toEqual({ what: "said", text: "", hasFile });
      expect(eventOf(read({ text: "hi", attachments: [{ contentType }] }))).toEqual({
        what: "said",
        text: "hi",
        hasFile,
      });
    },
  );

  test("an attachment that only repeats the text is no file", () => {
    expect(eventOf(read({ text: "hi", attachments: [{ contentType: "text/html" }] }))).toEqual({
      what: "said",
      text: "hi",
    });
  });

  test("T9 messages in a group or channel are not delivered as words to the desk", () => {
    const conversation = { id: "19:x", conversationType: "channel", tenantId: base.conversation.tenantId };
    expect(eventOf(read({ text: "book", conversation }))).toEqual({ what: "overheard" });
  });

  test("typing, reactions and edits are ignored", () => {
    for (const type of ["typing", "messageReaction", "messageUpdate", "messageDelete", "event"]) {
      expect(eventOf(read({ type, text: "x" }))).toEqual({ what: "nothing" });
    }
  });
});

test("anything but an activity is ignored; malformed fields count as absent", () => {
  for (const body of [null, 1, "x", [], {}, { type: 1 }]) expect(readActivity(body)).toBeUndefined();
  expect(read({ from: "ana", entities: 3, text: 5, locale: {} })).toMatchObject({ type: "message" });
});
