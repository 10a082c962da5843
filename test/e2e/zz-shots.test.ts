import { test } from "vitest";
import { everyPart, question } from "./every-part.ts";
import { findings, openWindow, useBrowser } from "./page-window.ts";
import type { Card } from "../../src/cards/card.ts";
useBrowser();
const b = (label: string, more = {}) => ({ label, action: { event: { type: "x", label } }, ...more });
const times: Card = { summary: "When suits you?", title: "When suits you?", step: { now: 3, of: 5 }, parts: [
  { type: "text", text: "First visit · 60 min · video" },
  { type: "buttons", role: "switch", label: "Day", buttons: [b("Wed 4 Mar", { selected: true }), b("Thu 5 Mar"), b("Fri 6 Mar"), b("Mon 9 Mar")] },
  { type: "buttons", role: "choices", label: "Times on Wed 4 Mar", buttons: ["09:00","09:30","10:00","10:30","11:00","14:00","14:30"].map((t) => b(t, { spoken: `Wednesday 4 March, ${t}` })) },
  { type: "hint", text: "Times are in Lisbon time. Or type a wish, such as “Tuesday after 3”." },
  { type: "buttons", role: "navigation", buttons: [b("Back"), b("Start over")] } ] };
const confirmed: Card = { summary: "Confirmed", title: "Your session is confirmed", tone: "good", parts: [
  { type: "facts", facts: [{ label: "What", value: "First visit (60 min)" }, { label: "When", value: "Wednesday 4 March 2026, 11:30–12:30 (Lisbon)" }, { label: "With", value: "Dr Maya Lee" }, { label: "How", value: "Video" }] },
  { type: "buttons", role: "actions", buttons: [b("Join", { style: "primary", action: { url: "https://meet.example" } }), b("Book another session"), b("Cancel session", { style: "danger" })] } ] };
const request: Card = { summary: "A session request", title: "A session request", tone: "waiting", parts: [
  { type: "text", text: "*_[Ana](http://evil.example)_* would like:" },
  { type: "facts", facts: [{ label: "What", value: "First visit (60 min)" }, { label: "When", value: "Wednesday 4 March 2026, 11:30–12:30 (Lisbon)" }] },
  { type: "buttons", role: "actions", buttons: [b("Confirm", { style: "primary" }), b("Propose another time"), b("Decline", { style: "danger" })] },
  { type: "hint", text: "Please answer by Tue 3 Mar, 11:30." } ] };
const declined: Card = { summary: "x", title: "This time is not possible", tone: "bad", parts: [{ type: "text", text: "Dr Maya Lee writes: I teach that morning.\nThese are near:" }, { type: "buttons", role: "choices", buttons: [b("First visit with Dr Maya Lee, Wed 11 Mar, 09:00"), b("First visit with Dr Maya Lee, Wed 11 Mar, 10:00")] }] };
test.each([["light", 1280], ["dark", 1280], ["light", 380], ["dark", 380]] as const)("shots %s %s", async (colorScheme, width) => {
  const { desk, window, client, practitioner } = await openWindow({ colorScheme, viewport: { width, height: 900 } });
  await desk.send(times, { outboxId: "ob_1" });
  await desk.send(confirmed, { outboxId: "ob_2" });
  await desk.send(everyPart, { outboxId: "ob_3" });
  await desk.send(request, { outboxId: "ob_4", user: "maya" });
  await desk.send(declined, { outboxId: "ob_5", user: "maya" });
  for (const as of ["teams", "slack"]) {
    await window.getByRole("combobox", { name: "Cards drawn as" }).selectOption(as);
    await client.locator(`[data-look=${as}]`).first().waitFor({ state: "attached" });
    await practitioner.locator(`[data-look=${as}]`).first().waitFor({ state: "attached" });
    console.log(as, colorScheme, width, (await findings(window)).join("\n"));
    await window.screenshot({ path: `/tmp/shot-${as}-${colorScheme}-${width}.png` });
    await window.evaluate("document.querySelector('#client [data-look]').scrollIntoView()");
    await window.evaluate("document.querySelector('#client .log').style.scrollBehavior='auto'");
    await window.setViewportSize({ width, height: 2600 });
    await window.waitForTimeout(200);
    await window.screenshot({ path: `/tmp/tall-${as}-${colorScheme}-${width}.png` });
    await window.setViewportSize({ width, height: 900 });
  }
});
