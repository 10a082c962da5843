import { expect, test } from "vitest";
import { openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";

const monday = "2026-03-02T08:00:00Z";

test("a person without access, a stranger or an imported client, gets only the invitation card, whatever they type (D7.3)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client } = await openWindow(desk);
  for (const name of ["Someone new", "Cleo Marsh"]) {
    await client.signInAs(name);
    await client.card("Welcome").getByText("Please ask your practice for an invitation").waitFor();
    for (const words of ["book", "First visit", "bookings", "help", "1", "confirm"]) {
      const before = await client.log.getByRole("article").count();
      await client.say(words);
      await expect.poll(() => client.log.getByRole("article").count()).toBe(before + 1);
    }
    expect(new Set(await client.titles())).toEqual(new Set(["Welcome"]));
    expect(await client.log.getByRole("button").count()).toBe(0);
    expect(await client.log.getByRole("link").count()).toBe(0);
  }
  expect(desk.rows("bookings")).toEqual([]);
});

test.each([
  {
    without: "services",
    practice: "empty",
    card: "Nothing can be booked here yet",
    kindly:
      /^New Rooms has no session you can book here yet\. We have let them know that you asked\. .* hello@new\.example\.$/,
    plainly: /No listed service .* practice file and import it again\.$/,
  },
  {
    without: "hours",
    practice: "idle",
    card: "No free times right now",
    kindly: /no free time .* in the next 60 days\. We have let them know that you asked\. .* hello@new\.example\.$/,
    plainly: /No hours are set for: Dr Maya Lee\. .* practice file and import it again\.$/,
  },
])(
  "a practice without $without shows a kind message to the client and the exact reason to the practitioner (D0.2)",
  async (lack) => {
    const desk = await startDesk({ clock: monday, practice: lack.practice });
    const { client, practitioner } = await openWindow(desk, { as: "Ana Alves" });
    await practitioner.card("Hello Dr Maya Lee").getByText(lack.plainly).waitFor();
    await client.press("Hello Ana Alves", "Request a session");
    await client.card(lack.card).getByText(lack.kindly).waitFor();
    const notice = practitioner.card("A client could not book");
    await notice.getByText(lack.plainly).waitFor();
    expect(await notice.innerText()).not.toContain("Ana");

    // Asking again adds no message to her chat.
    await client.say("book");
    await expect.poll(() => client.log.getByRole("heading", { name: lack.card }).count()).toBe(2);
    await practitioner.say("home");
    await expect.poll(() => practitioner.log.getByRole("heading", { name: "Hello Dr Maya Lee" }).count()).toBe(2);
    expect(await practitioner.log.getByRole("heading", { name: "A client could not book" }).count()).toBe(1);
  },
);
