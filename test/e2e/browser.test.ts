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

test.each(["the first", "the next"])(
  "%s test in a window finds no storage and no cookie of an earlier one",
  async () => {
    const page = await emptyWindow();
    const address = "http://kept.example/";
    await page.route(address, (route) => route.fulfill({ contentType: "text/html", body: "<p>Hello</p>" }));
    await page.goto(address);
    const stored = "[localStorage.kept, sessionStorage.kept, document.cookie].join('')";
    expect(await page.evaluate(stored)).toBe("");
    await page.evaluate("localStorage.kept = sessionStorage.kept = document.cookie = 'kept=1'");
    expect(await page.evaluate(stored)).not.toBe("");
  },
);
