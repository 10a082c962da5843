import { expect, onTestFinished, test } from "vitest";
import { sharedBrowser } from "../support/browser.ts";

test("a real browser opens a page, presses a button by its name and reads what changed", async () => {
  const browser = await sharedBrowser();
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(
    `data:text/html;charset=utf-8,<button onclick="this.nextSibling.textContent='Booked ✓'">Confirm</button><p role="status"></p>`,
  );
  await page.getByRole("button", { name: "Confirm" }).click();
  expect(await page.getByRole("status").textContent()).toBe("Booked ✓");
});
