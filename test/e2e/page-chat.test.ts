import { expect, test } from "vitest";
import { openHttpServer } from "../../src/http/server.ts";
import { openLog } from "../../src/log.ts";
import { question } from "./every-part.ts";
import { findings, focused, openWindow } from "./page-window.ts";

const says = (text: string) => ({ summary: text, title: text, parts: [] });

test("the first bound client and the first practitioner are signed in; every imported person can be chosen", async () => {
  const { client, practitioner } = await openWindow();
  const picker = client.getByRole("combobox", { name: "Signed in as" });
  expect(await picker.inputValue()).toBe("ana");
  expect(await practitioner.getByRole("combobox", { name: "Signed in as" }).inputValue()).toBe("maya");
  expect(await picker.getByRole("option").allTextContents()).toEqual([
    "Ana Alves",
    "Ben Okoro",
    "Dr Maya Lee",
    "Cleo Marsh",
    "Someone new",
  ]);
  expect(
    await picker.locator("optgroup").evaluateAll((groups) => groups.map((group) => group.getAttribute("label"))),
  ).toEqual(["Clients", "Practitioners", "Not activated yet"]);
});

test("signing in as another person shows their chat and greets them; a reload shows the same", async () => {
  const { desk, client, window } = await openWindow();
  await desk.send(says("For Ben only"), { user: "ben" });
  const picker = client.getByRole("combobox", { name: "Signed in as" });
  await picker.selectOption({ label: "Ben Okoro" });
  await client.getByRole("heading", { name: "For Ben only" }).waitFor();
  await expect.poll(() => desk.inbounds.map(({ id }) => id)).toContain("page:opened:ben");
  await window.reload();
  await client.getByRole("heading", { name: "For Ben only" }).waitFor();
  expect(await picker.inputValue()).toBe("ben");
});

test("“Someone new” is a new identity each time it is chosen, and the same one after a reload", async () => {
  const { desk, client, window } = await openWindow();
  const picker = client.getByRole("combobox", { name: "Signed in as" });
  const guests = () => [
    ...new Set(desk.inbounds.map(({ from }) => from.user).filter((user) => /^guest-[a-z0-9-]{36}$/.test(user))),
  ];
  await picker.selectOption({ label: "Someone new" });
  await expect.poll(guests).toHaveLength(1);
  const [first] = guests();
  desk.inbounds.length = 0;
  await window.reload();
  await expect.poll(guests).toEqual([first]);
  await picker.selectOption({ label: "Ana Alves" });
  await picker.selectOption({ label: "Someone new" });
  await expect.poll(guests).toEqual([first, expect.not.stringMatching(first ?? "")]);
});

test("Enter sends a line, which the log shows as the user's own; the box keeps the focus", async () => {
  const { desk, client, window } = await openWindow();
  const box = client.getByRole("textbox", { name: "Message" });
  await box.fill("book a session");
  await box.press("Enter");
  await box.fill("tomorrow");
  await client.getByRole("button", { name: "Send" }).click();
  await expect
    .poll(() => desk.inbounds.map(({ body }) => body))
    .toEqual([
      { type: "text", text: "book a session" },
      { type: "text", text: "tomorrow" },
    ]);
  expect(await client.getByRole("log").allInnerTexts()).toEqual([
    expect.stringMatching(/You\s+Mon 2 Mar, \d\d:\d\d\s+book a session\s+.*tomorrow$/s),
  ]);
  expect(await focused(window)).toBe("TEXTAREA Message");
  await box.fill("   ");
  await box.press("Enter");
  await box.press("Enter");
  expect(desk.inbounds).toHaveLength(2);
});

test("lines appear in the order typed, even while an earlier one is still being sent", async () => {
  const { desk, client } = await openWindow();
  const first = Promise.withResolvers<object>();
  desk.answers(({ body }) => (body.type === "text" && body.text === "one" ? first.promise : Promise.resolve({})));
  const box = client.getByRole("textbox", { name: "Message" });
  for (const line of ["one", "two"]) {
    await box.fill(line);
    await box.press("Enter");
  }
  await client.getByText("two").waitFor();
  expect(desk.inbounds).toHaveLength(1);
  first.resolve({});
  await expect.poll(() => desk.inbounds).toHaveLength(2);
});

test("a private answer is never shown in the clear, not even briefly (D5.2)", async () => {
  const answered = Promise.withResolvers<boolean>();
  const { desk, client } = await openWindow({ page: { expectsPrivateReply: () => answered.promise } });
  await desk.send({ ...question("Any conditions?", ["Skip"]), privateReply: true });
  await client.getByRole("button", { name: "Skip" }).waitFor();
  await client.getByRole("textbox", { name: "Message" }).fill("coeliac disease");
  await client.getByRole("textbox", { name: "Message" }).press("Enter");
  await client.getByText("••••").waitFor();
  answered.resolve(true);
  await client.getByText("•••• (private answer)").waitFor();
  expect(await client.getByRole("log").textContent()).not.toContain("coeliac");
  expect(desk.inbounds[0]?.body).toEqual({ type: "text", text: "coeliac disease" });
});

test("a line that failed to reach the desk is sent again with the same id and appears once", async () => {
  const { desk, client } = await openWindow();
  let failures = 2;
  desk.answers(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error("the books are locked");
    return {};
  });
  await client.getByRole("textbox", { name: "Message" }).fill("book");
  await client.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect.poll(() => desk.inbounds.length).toBe(3);
  expect(new Set(desk.inbounds.map(({ id }) => id)).size).toBe(1);
  expect(await client.getByText("book", { exact: true }).count()).toBe(1);
});

test("a line that is too long is returned to the box with the reason", async () => {
  const { desk, client } = await openWindow();
  const box = client.getByRole("textbox", { name: "Message" });
  await box.fill("a".repeat(12_001));
  await box.press("Enter");
  await client.getByRole("status").getByText("That text is too long. Please send a shorter one.").waitFor();
  expect((await box.inputValue()).length).toBe(12_001);
  expect(await client.getByText("aaaaa", { exact: false }).and(client.locator(".body")).count()).toBe(0);
  expect(desk.inbounds).toEqual([]);
});

test("after a desk outage the page shows the missed messages and sends the unsent lines once", async () => {
  const { desk, client, window } = await openWindow();
  const { port } = new URL(desk.address);
  await desk.server.close();
  await window.getByText("Connection lost, trying again…").waitFor();
  await client.getByRole("textbox", { name: "Message" }).fill("anybody there?");
  await client.getByRole("textbox", { name: "Message" }).press("Enter");
  await client.getByText("anybody there?").waitFor();
  await desk.send(says("Missed this?"), { user: "maya", outboxId: "ob_missed" });
  const again = openHttpServer({ routes: desk.page.routes, log: openLog({ level: "silent" }), drainMs: 1_000 });
  await again.listen(Number(port), "127.0.0.1");
  try {
    await window.getByRole("heading", { name: "Missed this?" }).waitFor();
    await expect.poll(() => desk.inbounds.filter(({ body }) => body.type === "text").length).toBe(1);
    expect(await client.getByText("anybody there?").count()).toBe(1);
    await expect.poll(() => window.locator("#connection").textContent()).toBe("");
  } finally {
    await again.close();
  }
});

test("the newest message is scrolled into view; if the reader has scrolled up, a button leads to it", async () => {
  const { desk, client } = await openWindow();
  for (let i = 1; i <= 20; i += 1) await desk.send(question(`Question ${i}`, ["Yes", "No"]), { outboxId: `ob_${i}` });
  const log = client.getByRole("log");
  await expect.poll(() => client.getByRole("heading", { name: "Question 20" }).isVisible()).toBe(true);
  const isAtEnd = () => log.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2);
  await expect.poll(isAtEnd).toBe(true);
  await log.hover();
  await log.evaluate((it) => it.scrollTo(0, 0));
  await expect.poll(isAtEnd).toBe(false);
  await desk.send(says("News"), { outboxId: "ob_news" });
  const jump = client.getByRole("button", { name: "New messages" });
  await jump.waitFor();
  expect(await log.evaluate((it) => it.scrollTop)).toBe(0);
  await jump.click();
  await expect.poll(isAtEnd).toBe(true);
  expect(await jump.isVisible()).toBe(false);
});

test("both sides may show the same person, each with its own controls", async () => {
  const { desk, client, practitioner, window } = await openWindow();
  await practitioner.getByRole("combobox", { name: "Signed in as" }).selectOption({ label: "Ana Alves" });
  await expect.poll(() => desk.inbounds.length).toBeGreaterThan(0);
  await desk.send({
    ...says("Why?"),
    parts: [
      {
        type: "inputs",
        inputs: [{ id: "why", label: "Reason", kind: "short_text", required: false }],
        submit: { label: "Send it", action: { event: { type: "x" } } },
      },
    ],
  });
  await client.getByLabel("Reason").fill("left");
  await practitioner.getByLabel("Reason").fill("right");
  expect(await client.getByLabel("Reason").inputValue()).toBe("left");
  expect(await findings(window)).toEqual([]);
});

test("mail arrives without a reload, opens to show its text, and offers its invitation", async () => {
  const { desk, mail, window } = await openWindow();
  await mail.getByText(/^No mail yet/).waitFor();
  const letter = { sentAtMs: 0, to: "Ana Alves <ana@example.com>", text: "Hello Ana,\n\nsee you on Tuesday." };
  await desk.tray.add({ ...letter, id: "ml_1", subject: "We have your request" });
  await desk.tray.add({ ...letter, id: "ml_2", subject: "Confirmed for Tuesday", ics: "BEGIN:VCALENDAR" });
  desk.page.mailArrived();
  const confirmed = mail.getByRole("button", { name: "Confirmed for Tuesday" });
  await confirmed.click();
  expect(await mail.getByRole("listitem").locator("button .subject").allTextContents()).toEqual([
    "Confirmed for Tuesday",
    "We have your request",
  ]);
  expect(await confirmed.getAttribute("aria-expanded")).toBe("true");
  expect(await mail.getByText("see you on Tuesday.").filter({ visible: true }).count()).toBe(1);
  const download = window.waitForEvent("download");
  await mail.getByRole("link", { name: "Add to calendar (.ics)" }).click();
  expect((await download).suggestedFilename()).toBe("session.ics");
  await confirmed.click();
  expect(await mail.getByText("see you on Tuesday.").filter({ visible: true }).count()).toBe(0);
});

test.each([380, 800])(
  "at %d pixels every view is reached from the row of views, which marks unread news",
  async (width) => {
    const { desk, mail, window, client } = await openWindow({ viewport: { width, height: 780 } });
    expect(await window.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await desk.tray.add({ id: "ml_1", sentAtMs: 0, to: "ana@example.com", subject: "Confirmed", text: "See you." });
    desk.page.mailArrived();
    const views = window.getByRole("navigation", { name: "Views" });
    await views.getByRole("link", { name: "Mail (new)" }).click();
    await expect
      .poll(() =>
        mail.evaluate((it) => it.getBoundingClientRect().right <= it.ownerDocument.documentElement.clientWidth + 1),
      )
      .toBe(true);
    await views.getByRole("link", { name: "Mail", exact: true }).waitFor();
    await client.getByRole("textbox", { name: "Message" }).fill("found by its name, wherever it is");
  },
);
