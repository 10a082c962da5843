import { expect, test } from "vitest";
import type { Card } from "../../src/cards/card.ts";
import { everyPart, question } from "./every-part.ts";
import { descriptionOf, findings, focused, openWindow } from "./page-window.ts";

test("every part of a card is on the page under its visible name", async () => {
  const { desk, client } = await openWindow();
  await desk.send(everyPart);
  const card = client.getByRole("log").getByRole("article", { name: everyPart.summary });
  await card.getByRole("heading", { level: 3, name: "A few questions before your first visit" }).waitFor();
  await card.getByText("Step 3 of 5").waitFor();
  expect(await card.getByRole("term").allTextContents()).toEqual(["When", "Where"]);
  expect(await card.getByRole("definition").first().textContent()).toBe("Tue 3 Mar, 15:00–15:50 (Lisbon)");
  expect(await card.getByRole("link", { name: "https://meet.harbour.example/ana" }).getAttribute("target")).toBe(
    "_blank",
  );
  expect(await card.getByRole("link", { name: "Read the house rules" }).getAttribute("href")).toBe(
    "https://harbour.example/rules",
  );
  const days = card.getByRole("group", { name: "Day" });
  expect(await days.getByRole("button").allTextContents()).toEqual(["Mon 2", "Tue 3", "Wed 4"]);
  const today = days.getByRole("button", { name: "Tue 3", exact: true, pressed: true });
  expect(await today.getAttribute("aria-description")).toBe("Tuesday 3 March");
  for (const name of ["Skip for now", "Withdraw", "Back", "Start over", "Continue"]) {
    expect(await card.getByRole("button", { name, exact: true }).count()).toBe(1);
  }
  const goal = card.getByRole("textbox", { name: "What would you like to work on?", exact: true });
  expect(await goal.getAttribute("aria-required")).toBe("true");
  expect(await descriptionOf(goal)).toBe("Required · A sentence will do.");
  expect(await descriptionOf(card.getByRole("group", { name: "Any allergies?" }))).toBe("Required");
});

test("input values are sent as strings, multiple choices as a list", async () => {
  const { desk, client } = await openWindow();
  await desk.send(everyPart, { revision: 7 });
  await client.getByRole("textbox", { name: "What should we call you?" }).fill("Ana A.");
  await client.getByRole("textbox", { name: "What would you like to work on?" }).fill("Sleep\nEnergy");
  await client.getByRole("group", { name: "Do you follow a diet?" }).getByRole("radio", { name: "Vegan" }).check();
  await client.getByRole("combobox", { name: "Which month were you born in?" }).selectOption("Mar");
  await client.getByRole("checkbox", { name: "Breakfast" }).check();
  await client.getByRole("checkbox", { name: "Dinner" }).check();
  await client.getByLabel("How many coffees a day?").fill("2");
  await client.getByLabel("Since when?").fill("2026-03-01");
  await client.getByLabel("Phone").fill("+351 900 000 000");
  await client.getByRole("group", { name: "Any allergies?" }).getByRole("radio", { name: "No" }).check();
  await client.getByRole("checkbox", { name: "I agree to the house rules." }).check();
  await client.getByRole("button", { name: "Continue" }).click();
  await expect.poll(() => desk.inbounds).toHaveLength(1);
  expect(desk.inbounds[0]?.body).toEqual({
    type: "press",
    talkId: "tk_1",
    seenRevision: 7,
    event: { type: "button.pressed", label: "Continue" },
    values: {
      name: "Ana A.",
      goal: "Sleep\nEnergy",
      diet: "Vegan",
      month: "Mar",
      meals: ["Breakfast", "Dinner"],
      coffee: "2",
      since: "2026-03-01",
      phone: "+351 900 000 000",
      allergies: "no",
      terms: "yes",
    },
  });
});

test("Enter in a single-line input submits; empty inputs are sent as empty", async () => {
  const { desk, client } = await openWindow();
  await desk.send(everyPart);
  await client.getByRole("textbox", { name: "Phone" }).press("Enter");
  await expect.poll(() => desk.inbounds).toHaveLength(1);
  const values = {
    name: "Ana",
    goal: "",
    diet: "",
    month: "",
    meals: [],
    coffee: "",
    since: "",
    phone: "",
    allergies: "",
    terms: "",
  };
  expect(desk.inbounds[0]?.body).toMatchObject({ values });
});

test("a rejected answer shows the reason at its field, focuses the field, and keeps the typed text", async () => {
  const { desk, client, window } = await openWindow();
  desk.answers(async () => ({ errors: { goal: "Please say a little more.", allergies: "Please choose Yes or No." } }));
  await desk.send(everyPart);
  const phone = client.getByLabel("Phone");
  await phone.fill("+351 9");
  await client.getByRole("button", { name: "Continue" }).click();
  const goal = client.getByRole("textbox", { name: "What would you like to work on?" });
  await expect.poll(() => goal.getAttribute("aria-invalid")).toBe("true");
  expect(await descriptionOf(goal)).toBe("Required · A sentence will do. | Please say a little more.");
  expect(await descriptionOf(client.getByRole("group", { name: "Any allergies?" }))).toMatch(
    /Please choose Yes or No\.$/,
  );
  expect(await focused(window)).toBe("TEXTAREA What would you like to work on?");
  expect(await phone.inputValue()).toBe("+351 9");
  expect(await phone.getAttribute("aria-invalid")).toBeNull();
  await desk.send({ ...everyPart, title: "Once more, please" }, { messageId: "ob_1", outboxId: "ob_2", revision: 2 });
  await client.getByRole("heading", { name: "Once more, please" }).waitFor();
  expect(await phone.inputValue()).toBe("+351 9");
  expect(await focused(window)).toBe("TEXTAREA What would you like to work on?");
});

test("focus survives a repaint: on the control of the same name, else at the same position of the same question, else on the card", async () => {
  const { desk, client, window } = await openWindow();
  let revision = 1;
  const repaint = async (card: Card, seen: string) => {
    revision += 1;
    await desk.send(card, { outboxId: `ob_${revision}`, messageId: "ob_1", revision });
    await client.getByRole("button", { name: seen, exact: true }).waitFor();
  };
  await desk.send(question("When?", ["09:00", "09:30", "Later"]));
  await client.getByRole("button", { name: "Later" }).focus();
  await repaint(question("When?", ["11:00", "Later", "Earlier"]), "Earlier");
  expect(await focused(window)).toBe("BUTTON Later");
  await repaint(question("When?", ["13:00", "13:30"]), "13:30");
  expect(await focused(window)).toBe("BUTTON 13:30");
  await repaint(question("All right?", ["Withdraw", "Confirm & book"]), "Confirm & book");
  expect(await focused(window)).toBe("ARTICLE All right?");
});

test("a pending press is sent once, keeps the focus, and does not delay the repaint", async () => {
  const { desk, client, window } = await openWindow();
  const waiting = Promise.withResolvers<object>();
  desk.answers(() => waiting.promise);
  await desk.send(question("Which service?", ["First visit", "Follow-up"]));
  const visit = client.getByRole("button", { name: "First visit" });
  await visit.dblclick();
  await visit.click();
  await expect.poll(() => client.getByRole("article").getAttribute("aria-busy")).toBe("true");
  expect(await focused(window)).toBe("BUTTON First visit");
  await client.getByText("Frontdesk is typing").waitFor();
  await desk.send(question("How?", ["Video", "Phone"]), { outboxId: "ob_2", messageId: "ob_1", revision: 2 });
  await client.getByRole("button", { name: "Video" }).click();
  expect(desk.inbounds).toHaveLength(1);
  waiting.resolve({});
  await expect
    .poll(() => desk.inbounds.map(({ body }) => body.type === "press" && body.event.label))
    .toEqual(["First visit", "Video"]);
});

test("the second click of a double click does not press the button that the repaint puts under the pointer", async () => {
  const { desk, client, window } = await openWindow();
  await desk.send(question("Sure?", ["Confirm & book"]));
  const box = await client.getByRole("button", { name: "Confirm & book" }).boundingBox();
  const at = { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 10 };
  await window.mouse.move(at.x, at.y);
  await window.mouse.down({ clickCount: 1 });
  await window.mouse.up({ clickCount: 1 });
  await expect.poll(() => desk.inbounds).toHaveLength(1);
  await desk.send(question("Sent.", ["Withdraw request"]), { outboxId: "ob_2", messageId: "ob_1", revision: 2 });
  await client.getByRole("button", { name: "Withdraw request" }).waitFor();
  await window.mouse.down({ clickCount: 2 });
  await window.mouse.up({ clickCount: 2 });
  await client.getByRole("button", { name: "Withdraw request" }).press("Enter");
  await expect.poll(() => desk.inbounds).toHaveLength(2);
});

test("a refusal is shown as a note in that chat; text from the desk is never interpreted as markup or script", async () => {
  const { desk, client } = await openWindow();
  desk.answers(async () => ({ refused: "This card belongs to another person." }));
  const evil = "<img src=x onerror=alert(1)>";
  await desk.send({
    summary: evil,
    title: evil,
    parts: [
      { type: "text", text: evil },
      { type: "buttons", role: "actions", buttons: [{ label: "Pay", action: { url: "javascript:alert(1)" } }] },
      ...question("", ["Go"]).parts,
    ],
  });
  expect(await client.getByRole("heading", { level: 3 }).textContent()).toBe(evil);
  expect(await client.getByRole("log").locator("img").count()).toBe(0);
  expect(await client.getByRole("link", { name: "Pay" }).count()).toBe(0);
  await client.getByRole("button", { name: "Go" }).click();
  await client.getByRole("status").getByText("This card belongs to another person.").waitFor();
});

test.each(["light", "dark"] as const)("axe-core finds nothing, wide and narrow, %s", async (colorScheme) => {
  const { desk, client, mail, window } = await openWindow({ colorScheme });
  expect(await findings(window)).toEqual([]);
  desk.answers(async () => ({
    errors: { goal: "Please say a little more.", diet: "Please choose.", terms: "Please agree." },
  }));
  for (const tone of ["plain", "waiting", "good", "bad"] as const) {
    await desk.send({ ...everyPart, tone }, { outboxId: `ob_${tone}`, user: "maya" });
  }
  await desk.send(everyPart);
  await desk.messages.add({ id: "page:1", user: "ana", author: "me", sentAtMs: 0, text: "book" });
  await desk.tray.add({
    id: "ml_1",
    sentAtMs: 0,
    to: "ana@example.com",
    subject: "Confirmed",
    text: "See https://harbour.example.",
    ics: "x",
  });
  desk.page.mailArrived();
  await client.getByRole("button", { name: "Continue" }).click();
  await client.getByText("Please say a little more.").waitFor();
  await mail.getByRole("button", { name: "Confirmed" }).click();
  expect(await findings(window)).toEqual([]);
  await window.setViewportSize({ width: 380, height: 780 });
  expect(await findings(window)).toEqual([]);
});
