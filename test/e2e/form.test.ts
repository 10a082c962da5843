import { describe, expect, test } from "vitest";
import type { Input, InputValues } from "../../src/cards/card.ts";
import { formRoutes } from "../../src/web/form.ts";
import { emptyWindow } from "../support/browser.ts";
import { serve } from "../support/http.ts";
import { findings } from "./page-window.ts";

const questions: readonly Input[] = [
  {
    id: "goal",
    label: "What would you like to work on?",
    kind: "long_text",
    required: true,
    help: "As much as you like.",
  },
  { id: "diet", label: "Do you follow a diet?", kind: "choice", required: true, options: ["No", "Vegan", "Other"] },
  { id: "likes", label: "What do you like?", kind: "choices", required: false, options: ["Fish", "Rice"] },
  { id: "since", label: "Since", kind: "date", required: false },
  { id: "smoke", label: "Do you smoke?", kind: "yes_no", required: false },
  { id: "agree", label: "May Maya keep notes?", kind: "consent", required: true },
];

async function openForm(look: { colorScheme: "light" | "dark"; width: number }) {
  const saved: InputValues[] = [];
  const { address } = await serve(
    formRoutes({
      publicUrl: "https://desk.example",
      load: async () => ({
        state: "open",
        title: "Before your first visit",
        practice: "Harbour Wellness",
        questions,
        crisis: { own: [], lines: [{ phone: "112", line: "emergency" }] },
      }),
      readsDistress: (answer) => answer.includes("dark"),
      async save(_token, values) {
        if (values.agree === undefined) return { ok: false, errors: { agree: "Please tick the box." } };
        saved.push(values);
        return { ok: true };
      },
    }),
  );
  const page = await emptyWindow({ colorScheme: look.colorScheme, viewport: { width: look.width, height: 700 } });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(`${address}/form/open`);
  return { page, saved, complaints };
}

describe.each([
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 320 },
] as const)("the form in a real browser, $colorScheme and $width px wide", (look) => {
  test("is filled in by labels, returns with the missing fields marked, and is sent", async () => {
    const { page, saved, complaints } = await openForm(look);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);

    await page.getByLabel("What would you like to work on?").fill("Sleep\nbetter");
    await page.getByRole("group", { name: "Do you follow a diet?" }).getByLabel("Vegan").check();
    await page.getByRole("group", { name: "What do you like?" }).getByLabel("Rice").check();
    await page.getByLabel("Since").fill("2026-01-31");
    await page.getByRole("group", { name: "Do you smoke?" }).getByLabel("No").check();
    await page.getByRole("button", { name: "Send answers" }).click();

    await page.getByRole("alert").getByRole("link", { name: "May Maya keep notes?" }).waitFor();
    expect(await page.evaluate("document.activeElement.className")).toBe("summary");
    expect(await page.title()).toContain("Not sent yet");
    expect(await findings(page)).toEqual([]);
    expect(await page.getByLabel("What would you like to work on?").inputValue()).toBe("Sleep\nbetter");
    expect(saved).toEqual([]);

    await page.getByLabel("What would you like to work on?").fill("It is dark");
    await page.getByRole("button", { name: "Send answers" }).click();
    await page.getByRole("heading", { name: "You can reach someone now" }).waitFor();
    expect(await findings(page)).toEqual([]);

    await page.getByLabel("I agree").check();
    await page.getByRole("button", { name: "Send answers" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    await page.getByText("112").waitFor();
    expect(await findings(page)).toEqual([]);
    expect(saved).toEqual([
      { goal: "It is dark", diet: "Vegan", likes: ["Rice"], since: "2026-01-31", smoke: "no", agree: "yes" },
    ]);
    // A style refused by the page's own CSP would log an error here; the 422 is the browser's log of the second
    // attempt.
    expect(complaints.filter((text) => !text.includes("422"))).toEqual([]);
  });
});
