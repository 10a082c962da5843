import { expect, test } from "vitest";
import { everyPart } from "../../e2e/every-part.ts";
import { openTestPage } from "./test-page.ts";

const id = "6f8a9e36-5b58-4f3e-9f0c-0d3f3d5d0a11";

test("a chat is returned with card previews in the window's look; the desk's own look has none", async () => {
  const desk = await openTestPage();
  await desk.send(everyPart);
  const drawn = async (as: string): Promise<unknown> => {
    const response = await fetch(`${desk.address}/page/chat?user=ana&as=${as}`);
    const messages: unknown = await response.json();
    return Array.isArray(messages) ? messages[0] : undefined;
  };
  expect(await drawn("desk")).not.toHaveProperty("drawing");
  expect(await drawn("nonsense")).not.toHaveProperty("drawing");
  expect(await drawn("slack")).toMatchObject({
    drawing: { as: "slack", html: expect.stringContaining("slack-header") },
  });
  expect(await drawn("teams")).toMatchObject({ drawing: { as: "teams", adaptiveCard: { type: "AdaptiveCard" } } });
});

test("data from a Teams preview becomes the same press as the desk's own", async () => {
  const desk = await openTestPage();
  await desk.send(everyPart, { revision: 7 });
  const event = { type: "button.pressed", label: "Continue" };
  const data = { t: "tk_1", r: 7, e: event, "v.name": "Ana", "m.meals": "Lunch,Dinner", "y.terms": "yes" };
  const pressed = await desk.post("/page/press-drawn", { user: "ana", id, messageId: "ob_1", data });
  expect(pressed.status).toBe(200);
  expect(desk.inbounds.map(({ body }) => body)).toEqual([
    {
      type: "press",
      talkId: "tk_1",
      seenRevision: 7,
      event,
      values: expect.objectContaining({ name: "Ana", goal: "", meals: ["Lunch", "Dinner"], terms: "yes" }),
    },
  ]);
  const nothing = await desk.post("/page/press-drawn", { user: "ana", id, messageId: "ob_1", data: { evil: 1 } });
  expect(nothing.status).toBe(400);
});

test("preview resources are served by the desk", async () => {
  const desk = await openTestPage();
  for (const path of ["slack-card.css", "teams-host.json", "adaptivecards.js"]) {
    const answer = await fetch(`${desk.address}/page/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'self';/);
  }
});
