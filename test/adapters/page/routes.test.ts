import { expect, test } from "vitest";
import { openTestPage } from "./test-page.ts";

const id = "0b6f7d0e-6f0d-4d3a-9c39-6d2f5ad6a111";
const press = { user: "ana", id, talkId: "tk_1", revision: 4, event: { type: "service.chosen", service: "follow-up" } };

test("a typed line is stored, then delivered as the person's text", async () => {
  const { post, messages, inbounds } = await openTestPage();
  const answer = await post("/page/say", { user: "ana", id, text: "book a session" });
  expect(answer.status).toBe(200);
  expect(messages.rows).toMatchObject([{ user: "ana", author: "me", text: "book a session" }]);
  expect(inbounds).toEqual([
    {
      id: `page:${id}`,
      receivedAtMs: Date.parse("2026-03-02T08:00:00Z"),
      from: { platform: "page", workspace: "local", user: "ana" },
      body: { type: "text", text: "book a session" },
    },
  ]);
});

test("a line sent again after the desk failed is the same inbound and one line", async () => {
  const { post, messages, inbounds, answers } = await openTestPage();
  answers(() => Promise.reject(new Error("the books are locked")));
  const failed = await post("/page/say", { user: "ana", id, text: "book" });
  expect(failed.status).toBe(500);
  expect(await failed.json()).toEqual({ error: expect.stringMatching(/try again/) });
  answers(async () => ({}));
  await post("/page/say", { user: "ana", id, text: "book" });
  expect(inbounds.map((inbound) => inbound.id)).toEqual([`page:${id}`, `page:${id}`]);
  expect(messages.rows).toHaveLength(1);
});

test("a private answer reaches the desk but is not stored in plain text, nor when it is resent (D5.2)", async () => {
  let isPrivate = true;
  const { post, messages, inbounds } = await openTestPage({ expectsPrivateReply: async () => isPrivate });
  await post("/page/say", { user: "ana", id, text: "I have coeliac disease" });
  isPrivate = false; // the desk has moved on to the next question
  await post("/page/say", { user: "ana", id, text: "I have coeliac disease" });
  expect(JSON.stringify(messages.rows)).not.toContain("coeliac");
  expect(messages.rows).toMatchObject([{ text: "•••• (private answer)" }]);
  expect(inbounds[0]?.body).toEqual({ type: "text", text: "I have coeliac disease" });
});

test("a press is delivered with its talk, revision, event and answers, and the desk's answer comes back", async () => {
  const { post, inbounds, answers, messages } = await openTestPage();
  answers(async () => ({ talkId: "tk_1", errors: { goal: "Please say a little more." } }));
  const answer = await post("/page/press", { ...press, values: { goal: "x", diet: ["Vegan", "Other"] } });
  expect(await answer.json()).toEqual({ talkId: "tk_1", errors: { goal: "Please say a little more." } });
  expect(inbounds[0]?.body).toEqual({
    type: "press",
    talkId: "tk_1",
    seenRevision: 4,
    event: { type: "service.chosen", service: "follow-up" },
    values: { goal: "x", diet: ["Vegan", "Other"] },
  });
  expect(messages.rows).toEqual([]);
});

test("opening a chat is the same inbound each time, so that the desk greets once", async () => {
  const { post, inbounds } = await openTestPage();
  await post("/page/open", { user: "ana" });
  await post("/page/open", { user: "ana" });
  await post("/page/open", { user: "maya" });
  expect(inbounds.map((inbound) => [inbound.id, inbound.body.type])).toEqual([
    ["page:opened:ana", "opened"],
    ["page:opened:ana", "opened"],
    ["page:opened:maya", "opened"],
  ]);
});

test.each([
  ["a body that is not JSON", "/page/say", "{"],
  ["nothing", "/page/say", ""],
  ["a body that is not an object", "/page/say", "[]"],
  ["an id that is not a UUID", "/page/say", { user: "ana", id: "1", text: "book" }],
  ["a user with a path", "/page/say", { user: "../ana", id, text: "book" }],
  ["a user of 65 characters", "/page/open", { user: "a".repeat(65) }],
  ["a user in capitals", "/page/open", { user: "ANA" }],
  ["an unknown field", "/page/say", { user: "ana", id, text: "book", workspace: "other" }],
  ["a press without its talk", "/page/press", { ...press, talkId: undefined }],
  ["a revision that is not an integer", "/page/press", { ...press, revision: 1.5 }],
  ["an event without a type", "/page/press", { ...press, event: { service: "follow-up" } }],
  [
    "an event that is too deep",
    "/page/press",
    { ...press, event: { type: "x", deep: JSON.parse(`${"[".repeat(20)}${"]".repeat(20)}`) } },
  ],
  ["an answer that is an object", "/page/press", { ...press, values: { goal: { text: "x" } } }],
])("%s is refused with a sentence and changes nothing", async (_, path, body) => {
  const { post, inbounds, messages } = await openTestPage();
  const answer = await post(path, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ error: expect.stringMatching(/^This request could not be read.*\.$/) });
  expect(inbounds).toEqual([]);
  expect(messages.rows).toEqual([]);
});

test("an empty text reaches the desk, which answers it", async () => {
  const { post, inbounds } = await openTestPage();
  expect((await post("/page/say", { user: "ana", id, text: "" })).status).toBe(200);
  expect(inbounds.map(({ body }) => body)).toEqual([{ type: "text", text: "" }]);
});

test("10,000 characters reach the desk; 12,001 are rejected as too long", async () => {
  const { post, inbounds } = await openTestPage();
  expect((await post("/page/say", { user: "ana", id, text: "a".repeat(10_000) })).status).toBe(200);
  const answer = await post("/page/say", { user: "ana", id, text: "a".repeat(12_001) });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: "That text is too long. Please send a shorter one." },
  ]);
  expect(inbounds).toHaveLength(1);
});

test.each([70_000, 3_000_000, 20_000_000])("a body of %d bytes is refused with 413 and a sentence", async (length) => {
  const { post, inbounds } = await openTestPage();
  const answer = await post("/page/say", { user: "ana", id, text: "a".repeat(length) });
  expect([answer.status, await answer.json()]).toEqual([413, { error: expect.stringMatching(/too much/) }]);
  expect(inbounds).toEqual([]);
});

test("a chat is listed in posting order, and only for a user's id", async () => {
  const { post, address, send } = await openTestPage();
  await post("/page/say", { user: "ana", id, text: "book" });
  await send({ summary: "Which service?", title: "Which service?", parts: [] });
  await send({ summary: "A request", parts: [] }, { user: "maya", outboxId: "ob_2" });
  const listed = await (await fetch(`${address}/page/chat?user=ana`)).json();
  expect(listed).toMatchObject([{ text: "book" }, { id: "ob_1", talkId: "tk_1", revision: 1 }]);
  expect((await fetch(`${address}/page/chat?user=A%20B`)).status).toBe(400);
  expect((await fetch(`${address}/page/chat`)).status).toBe(400);
});

test("mails are listed newest first; only one with an invitation has an .ics", async () => {
  const { tray, address } = await openTestPage();
  const mail = { sentAtMs: 0, to: "Ana Alves <ana@example.com>", subject: "Confirmed", text: "See you." };
  await tray.add({ ...mail, id: "ml_1" });
  await tray.add({ ...mail, id: "ml_2", ics: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" });
  expect(await (await fetch(`${address}/page/mail`)).json()).toEqual([
    { ...mail, id: "ml_2", hasInvitation: true },
    { ...mail, id: "ml_1", hasInvitation: false },
  ]);
  const ics = await fetch(`${address}/page/mail/ml_2.ics`);
  expect(ics.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(await ics.text()).toBe("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
  for (const path of ["ml_1.ics", "ml_2", "ml_3.ics"]) {
    expect((await fetch(`${address}/page/mail/${path}`)).status).toBe(404);
  }
});
