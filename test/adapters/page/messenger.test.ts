import { expect, onTestFinished, test, vi } from "vitest";
import { listen } from "./listen.ts";
import { openTestPage } from "./test-page.ts";

const greeting = { summary: "Welcome", title: "Welcome, Ana", parts: [] };
const menu = { summary: "What now?", title: "What now?", parts: [] };

test("a card that is sent again after an unknown outcome is one message", async () => {
  const { send, messages } = await openTestPage();
  expect(await send(greeting)).toEqual({ ok: true, messageId: "ob_1" });
  expect(await send(greeting, { attempt: 2 })).toEqual({ ok: true, messageId: "ob_1" });
  expect(messages.rows).toMatchObject([{ id: "ob_1", user: "ana", author: "desk", card: greeting, revision: 1 }]);
});

test("a repaint edits the message in place; for a deleted message it fails permanently", async () => {
  const { send, messages } = await openTestPage();
  await send(greeting);
  expect(await send(menu, { outboxId: "ob_2", messageId: "ob_1", revision: 2 })).toEqual({
    ok: true,
    messageId: "ob_1",
  });
  expect(messages.rows).toMatchObject([{ id: "ob_1", card: menu, revision: 2 }]);
  await send(greeting, { outboxId: "ob_3", messageId: "ob_1", talkId: "tk_2", revision: 1 });
  // The buttons on it belong to the new talk.
  expect(messages.rows).toMatchObject([{ id: "ob_1", card: greeting, talkId: "tk_2", revision: 1 }]);
  const refused = await send(menu, { outboxId: "ob_4", messageId: "ob_9" });
  expect(refused).toMatchObject({ ok: false, again: false });
});

test("the page asks sensitive questions itself (D5.2)", async () => {
  const { page } = await openTestPage();
  expect(page.messenger).toMatchObject({ platform: "page", asksSensitiveInline: true });
});

test("open windows get new cards, repaints, typed lines and mail of their own two people only", async () => {
  const { send, post, page, address } = await openTestPage();
  const heard = await listen(`${address}/page/events?client=ana&practitioner=maya`);
  const heardByBen = await listen(`${address}/page/events?client=ben&practitioner=maya`);
  await send(menu, { user: "ben", outboxId: "ob_ben" });
  await send(greeting);
  await send(menu, { outboxId: "ob_2", messageId: "ob_1", revision: 2 });
  await post("/page/say", { user: "maya", id: "0b6f7d0e-6f0d-4d3a-9c39-6d2f5ad6a111", text: "today" });
  page.mailArrived();
  await expect.poll(() => heard.length).toBe(4);
  expect(heard).toMatchObject([
    { event: "chat", data: { user: "ana", message: { id: "ob_1", card: greeting, revision: 1 } } },
    { event: "chat", data: { user: "ana", message: { id: "ob_1", card: menu, revision: 2 } } },
    { event: "chat", data: { user: "maya", message: { author: "me", text: "today" } } },
    { event: "mail", data: {} },
  ]);
  expect(heardByBen).toMatchObject([
    { data: { user: "ben" } },
    { data: { user: "maya" } },
    { event: "mail", data: {} },
  ]);
});

test("a private answer is not sent to the windows in plain text, nor when it is resent (D5.2)", async () => {
  let isPrivate = true;
  const { post, address } = await openTestPage({ expectsPrivateReply: async () => isPrivate });
  const heard = await listen(`${address}/page/events?client=ana&practitioner=maya`);
  const line = { user: "ana", id: "0b6f7d0e-6f0d-4d3a-9c39-6d2f5ad6a111", text: "I have coeliac disease" };
  await post("/page/say", line);
  isPrivate = false;
  await post("/page/say", line);
  await expect.poll(() => heard.length).toBe(2);
  expect(JSON.stringify(heard)).not.toContain("coeliac");
});

test("an event stream without users gets a 204, so that it is not retried", async () => {
  const { address } = await openTestPage();
  expect((await fetch(`${address}/page/events?client=ana`)).status).toBe(204);
  expect((await fetch(`${address}/page/events?client=ana&practitioner=M%20L`)).status).toBe(204);
});

test("an idle window gets a heartbeat every 15 seconds", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { address } = await openTestPage();
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const { body } = await fetch(`${address}/page/events?client=ana&practitioner=maya`, { signal: leave.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe("retry: 1000\n\n");
  vi.advanceTimersByTime(15_000);
  expect((await reader?.read())?.value).toBe(":\n\n");
});
