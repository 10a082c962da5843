import { expect, test } from "vitest";
import type { PagePerson } from "../../src/ports/page-messages.ts";
import { focused, openWindow } from "./page-window.ts";

const maya: PagePerson = { user: "maya", name: "Dr Maya Lee", role: "practitioner", bound: true };
const ana: PagePerson = { user: "ana", name: "Ana Alves", role: "client", bound: true };
const cleo: PagePerson = { user: "unbound-cleo", name: "Cleo Marsh", role: "client", bound: false };
const long = "book a follow-up with Maya next Tuesday at 3";

/** Ana and Maya with suggested messages, and Cleo, who is unknown to the desk. */
function people(waiting = "confirm Ben") {
  return {
    waiting,
    async list() {
      return [
        { ...maya, lines: ["who's waiting?", this.waiting, "help"] },
        { ...ana, lines: ["book a session", long, "help"] },
        cleo,
      ];
    },
  };
}

test("each side has its own suggested messages; pressing one sends it and keeps the unsent draft", async () => {
  const { desk, client, practitioner } = await openWindow({ page: { people: people() } });
  const offered = client.getByRole("group", { name: "Try typing" }).getByRole("button");
  await expect.poll(() => offered.allTextContents()).toEqual(["book a session", long, "help"]);
  expect(await practitioner.getByRole("group", { name: "Try typing" }).getByRole("button").allTextContents()).toEqual([
    "who's waiting?",
    "confirm Ben",
    "help",
  ]);
  await client.getByRole("textbox", { name: "Message" }).fill("half a thought");
  await client.getByRole("button", { name: long }).dblclick();
  await client.getByRole("log").getByText(long).waitFor();
  await practitioner.getByRole("button", { name: "confirm Ben" }).click();
  await client.getByRole("button", { name: "help" }).click();
  await expect.poll(() => desk.inbounds.length).toBe(3);
  expect(new Set(desk.inbounds.map(({ from, body }) => `${from.user}: ${body.type === "text" && body.text}`))).toEqual(
    new Set([`ana: ${long}`, "maya: confirm Ben", "ana: help"]),
  );
  expect(await client.getByRole("textbox", { name: "Message" }).inputValue()).toBe("half a thought");
});

test("on a phone the suggestions are one row; Tab reaches each, even off screen, and Enter sends it", async () => {
  const { desk, client, window } = await openWindow({
    page: { people: people() },
    viewport: { width: 380, height: 780 },
  });
  await client.getByRole("button", { name: "book a session" }).focus();
  const row = client.getByRole("group", { name: "Try typing" });
  expect(await row.evaluate((group) => group.getBoundingClientRect().height)).toBeLessThan(60);
  await window.keyboard.press("Tab");
  await window.keyboard.press("Tab");
  expect(await focused(window)).toBe("BUTTON help");
  const inSight = () =>
    client.getByRole("button", { name: "help" }).evaluate((button) => {
      const { left, right } = button.getBoundingClientRect();
      return left >= 0 && right <= 380;
    });
  await expect.poll(inSight).toBe(true);
  await window.keyboard.press("Enter");
  await expect.poll(() => desk.inbounds.map(({ body }) => body)).toEqual([{ type: "text", text: "help" }]);
  expect(await focused(window)).toBe("BUTTON help");
});

test("an unknown person is offered no suggestions", async () => {
  const { client } = await openWindow({ page: { people: people() } });
  await client.getByRole("button", { name: "book a session" }).waitFor();
  for (const name of ["Cleo Marsh", "Someone new"]) {
    await client.getByRole("combobox", { name: "Signed in as" }).selectOption({ label: name });
    expect(await client.getByRole("group", { name: "Try typing" }).count()).toBe(0);
  }
  await client.getByRole("combobox", { name: "Signed in as" }).selectOption({ label: "Ana Alves" });
  await client.getByRole("button", { name: "book a session" }).waitFor();
});

test("news reloads the suggestions; one that is still offered keeps its focus", async () => {
  const known = people();
  const { desk, practitioner, window } = await openWindow({ page: { people: known } });
  await practitioner.getByRole("button", { name: "help" }).focus();
  known.waiting = "confirm Ana";
  await desk.send({ summary: "A session request", title: "A session request", parts: [] }, { user: "maya" });
  await practitioner.getByRole("button", { name: "confirm Ana" }).waitFor();
  expect(await practitioner.getByRole("button", { name: "confirm Ben" }).count()).toBe(0);
  expect(await focused(window)).toBe("BUTTON help");
});
