import { expect, test } from "vitest";
import { emptyWindow } from "../support/browser.ts";

test("a real browser opens a page, presses a button by its name and reads what changed", async () => {
  const page = await emptyWindow();
  await page.goto(
    `data:text/html;charset=utf-8,<button onclick="this.nextSibling.textContent='Booked ✓'">Confirm</button><p role="status"></p>`,
  );
  await page.getByRole("button", { name: "Confirm" }).click();
  expect(await page.getByRole("status").textContent()).toBe("Booked ✓");
});
