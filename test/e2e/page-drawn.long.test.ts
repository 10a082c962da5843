import { expect, test } from "vitest";
import { everyPart } from "./every-part.ts";
import { findings, openWindow } from "./page-window.ts";

const phone = { width: 380, height: 780 };

test.each(["Teams", "Slack"] as const)("the chosen style of %s survives a reload and a narrow window", async (look) => {
  const { window, client, desk } = await openWindow({ viewport: phone });
  const as = look.toLowerCase();
  await desk.send(everyPart);
  await client.locator("article.card").waitFor();
  await window.getByRole("combobox", { name: "Preview as" }).selectOption(look);
  await client.locator(`article[data-look=${as}]`).waitFor();
  await window.reload();
  await client.locator(`article[data-look=${as}]`).waitFor();
  expect(await window.getByRole("combobox", { name: "Preview as" }).inputValue()).toBe(as);
  expect(await findings(window)).toEqual([]);
  const card = await client.locator(`article[data-look=${as}]`).evaluate((one) => [one.scrollWidth, one.clientWidth]);
  expect(card[0]).toBeLessThanOrEqual(card[1] ?? 0);
});

test.each(["Teams", "Slack"] as const)(
  "a rejected answer shows the reason at its question in %s, and the typed text is kept",
  async (look) => {
    const { window, client, desk } = await openWindow();
    desk.answers(async () => ({ errors: { goal: "Please say a little more." } }));
    await desk.send(everyPart, { revision: 7 });
    await window.getByRole("combobox", { name: "Preview as" }).selectOption(look);
    const card = client.locator(`article[data-look=${look.toLowerCase()}]`);
    if (look === "Slack") await card.getByRole("button", { name: "Fill in the form" }).click();
    await card.getByRole("textbox", { name: "What would you like to work on?" }).fill("Sleep");
    await card.getByRole("radio", { name: "Vegan" }).check();
    await card.getByRole("combobox", { name: "Which month were you born in?" }).selectOption("Mar");
    await card.getByRole("checkbox", { name: "Breakfast" }).check();
    await card.getByRole("checkbox", { name: "Dinner" }).check();
    await card.getByLabel("How many coffees a day?").fill("2");
    await card.getByRole("radio", { name: "No", exact: true }).last().check();
    await card.getByRole("checkbox", { name: /agree/ }).check();
    await card.getByRole("button", { name: "Continue" }).click();
    await card.getByText("Please say a little more.").waitFor();
    expect(desk.inbounds.map(({ body }) => body).find(({ type }) => type === "press")).toMatchObject({
      talkId: "tk_1",
      seenRevision: 7,
      event: { type: "button.pressed", label: "Continue" },
      values: {
        name: "Ana",
        goal: "Sleep",
        diet: "Vegan",
        month: "Mar",
        meals: ["Breakfast", "Dinner"],
        coffee: "2",
        since: "",
        allergies: "no",
        terms: "yes",
      },
    });
    expect(await card.getByRole("textbox", { name: "What would you like to work on?" }).inputValue()).toBe("Sleep");
    expect(await card.getByRole("checkbox", { name: "Dinner" }).isChecked()).toBe(true);
  },
);
