import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openPostgresTestStore } from "../../support/postgres-store.ts";
import { until } from "../../support/until.ts";
import { listen } from "./listen.ts";
import { openTestPage } from "./test-page.ts";

test("a window gets updates from another process: lines, cards, repaints and mails", async () => {
  const store = await openPostgresTestStore();
  const pages = [];
  for (const books of [store, await store.reopen()]) {
    const { pageMessages: messages, tray, changes } = books;
    pages.push(await openTestPage({ messages, tray, changes }));
  }
  const [here, there] = pages;
  if (here === undefined || there === undefined) throw new Error("there are two pages");
  const heard = await listen(`${here.address}/page/events?client=ana&practitioner=maya`);
  const texts = () =>
    heard.flatMap(({ event, data }) => {
      const { message } = data as { message?: { text?: string; card?: { summary: string } } }; // as the page sends it
      return [event === "mail" ? "mail" : (message?.text ?? message?.card?.summary ?? event)];
    });

  await there.post("/page/say", { user: "ana", id: randomUUID(), text: "book" });
  await until("the line is seen", () => texts().includes("book"));
  await there.send({ summary: "Which service?", parts: [] });
  await until("the card is seen", () => texts().includes("Which service?"));
  await there.send({ summary: "Which day?", parts: [] }, { messageId: "ob_1" });
  await until("the repaint is seen", () => texts().includes("Which day?"));
  await there.post("/page/say", { user: "ben", id: randomUUID(), text: "another person's" });
  there.page.mailArrived();
  await until("the mail is seen", () => texts().includes("mail"));
  expect(texts()).toEqual(["book", "Which service?", "Which day?", "mail"]);
});

test("after missed notifications a window reconnects and reloads everything", async () => {
  const store = await openPostgresTestStore();
  const { pageMessages: messages, tray, changes } = store;
  const { address } = await openTestPage({ messages, tray, changes });
  const listening = "datname = current_database() and application_name = 'frontdesk listening'";
  const isListening = async () => (await store.raw(`select 1 from pg_stat_activity where ${listening}`)).length > 0;
  await until("the page listens", isListening);
  const window = await fetch(`${address}/page/events?client=ana&practitioner=maya`);
  await store.raw(`select pg_terminate_backend(pid) from pg_stat_activity where ${listening}`);
  // The stream ends, and a browser then reconnects.
  for await (const _ of window.body ?? []);
  expect(await isListening()).toBe(true);
});
