import { expect, test } from "vitest";
import { question } from "./every-part.ts";
import { openWindow } from "./page-window.ts";

const says = (title: string) => ({ summary: title, title, parts: [] });

/** A wide window in which Maya has been greeted and Ana is about to write. */
async function openAtAna() {
  const opened = await openWindow();
  await opened.desk.send(says("Hello Dr Maya Lee"), { user: "maya", outboxId: "ob_hello" });
  await opened.practitioner.getByRole("heading", { name: "Hello Dr Maya Lee" }).waitFor();
  await opened.client.getByRole("textbox", { name: "Message" }).focus();
  return opened;
}

test("messages in an unused view are counted in its heading until the view is used; a greeting is not counted", async () => {
  const { desk, client, practitioner, mail } = await openAtAna();
  expect(await practitioner.getByText("1 new").count()).toBe(0);
  await desk.send(says("A session request"), { user: "maya", outboxId: "ob_1" });
  await desk.send(says("Another request"), { user: "maya", outboxId: "ob_2" });
  await practitioner.getByText("2 new").waitFor();
  await desk.send(says("Hello Ana"), { outboxId: "ob_3" });
  await desk.send(says("Waiting for an answer"), { outboxId: "ob_4" });
  await client.getByRole("heading", { name: "Waiting for an answer" }).waitFor();
  expect(await client.getByText(/^\d new$/).count()).toBe(0);
  await desk.tray.add({ id: "ml_1", sentAtMs: 0, to: "ana@example.com", subject: "Request received", text: "Soon." });
  desk.page.mailArrived();
  await mail.getByText("1 new").waitFor();
  await practitioner.getByRole("log").focus();
  expect(await practitioner.getByText("2 new").count()).toBe(0);
  await mail.hover();
  expect(await mail.getByText("1 new").count()).toBe(0);
});

test("a card whose content changes counts as news, one that only loses its buttons does not", async () => {
  const { desk, practitioner } = await openAtAna();
  const asked = { user: "maya", outboxId: "ob_1", revision: 1 };
  await desk.send(question("A session request", ["Confirm"]), asked);
  await practitioner.getByText("1 new").waitFor();
  await practitioner.getByRole("log").focus();
  await practitioner.getByRole("log").blur();
  await desk.send(says("A session request"), { ...asked, messageId: "ob_1", revision: 2 });
  await expect.poll(() => practitioner.getByRole("button", { name: "Confirm" }).count()).toBe(0);
  expect(await practitioner.getByText(/^\d new$/).count()).toBe(0);
  await desk.send(says("Not answered in time"), { ...asked, messageId: "ob_1", revision: 3 });
  await practitioner.getByText("1 new").waitFor();
});

test("a “New” line is shown above the first unread message until the next message is sent", async () => {
  const { desk, practitioner } = await openAtAna();
  for (const id of ["ob_1", "ob_2"]) await desk.send(says(id), { user: "maya", outboxId: id });
  await practitioner.getByText("2 new").waitFor();
  const newFrom = () => practitioner.getByRole("log").locator("[data-unread] h3").allTextContents();
  expect(await newFrom()).toEqual(["ob_1"]);
  await practitioner.getByRole("textbox", { name: "Message" }).fill("help");
  expect(await newFrom()).toEqual(["ob_1"]);
  await practitioner.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect.poll(newFrom).toEqual([]);
});

test("the window title counts messages that arrived while the window was hidden", async () => {
  const { desk, window, client } = await openAtAna();
  const hide = (hidden: boolean) =>
    window.evaluate(`Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"))`);
  await hide(true);
  await desk.send(says("Hello Ana"), { outboxId: "ob_1" });
  await desk.send(says("Your session is confirmed"), { outboxId: "ob_2" });
  await expect.poll(() => window.title()).toBe("(1) Frontdesk");
  await desk.send(says("A request"), { user: "maya", outboxId: "ob_3" });
  await expect.poll(() => window.title()).toBe("(2) Frontdesk");
  await hide(false);
  expect(await window.title()).toBe("Frontdesk");
  expect(await client.getByText(/^\d new$/).count()).toBe(0);
});

test("reduced motion turns off all animation", async () => {
  const { desk, practitioner, window } = await openWindow({ reducedMotion: "reduce" });
  for (const id of ["ob_1", "ob_2"]) await desk.send(says(id), { user: "maya", outboxId: id });
  await practitioner.getByText("1 new").waitFor();
  expect(await window.evaluate("document.getAnimations().length")).toBe(0);
});
