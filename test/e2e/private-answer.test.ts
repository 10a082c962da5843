import { expect, test } from "vitest";
import { type DeskWindow, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { answerForm, chooseTime, chooseVideo } from "./request-first-visit.ts";

const filledIn = "planted-in-the-form-gluten";
/** Not sensitive, so stored in the clear: proves that the search through the files would find an answer. */
const notPrivate = "+351 912 000 777";
const typed = "planted-in-the-chat-migraine";

test("a health answer, filled in or typed, appears in no file, log line, mail, card or outbox row (D5.2)", async () => {
  const desk = await startDesk({ clock: "2026-03-02T08:00:00Z" });
  const ana = await openWindow(desk, { as: "Ana Alves" });
  await chooseVideo(ana.client, "Ana Alves");
  await chooseTime(ana.client, { day: "Wed 4 Mar", time: "10:00" });
  await answerForm(ana.client, filledIn);
  await ana.client.press("Please check everything", "Change answers");
  const form = ana.client.card("A few questions");
  await form.getByText("Answered. Fill it in again to change your answer.").waitFor();
  expect(await form.getByLabel("What would you like to work on?").inputValue()).toBe("");
  await form.getByLabel("Phone").fill(notPrivate);
  await ana.client.press("A few questions", "Continue");
  await ana.client.press("Please check everything", "Confirm & book");
  await ana.practitioner.press("A session request", "Confirm");
  await ana.client.card("Your session is confirmed").waitFor();

  const ben = await openWindow(desk, { as: "Ben Okoro" });
  await chooseVideo(ben.client, "Ben Okoro");
  await chooseTime(ben.client, { day: "Wed 4 Mar", time: "06:30" });
  await ben.client.card("A few questions").waitFor();
  await ben.client.say(typed);
  await ben.client.card("A few questions").getByText("Or type your answer to “Do you follow a diet?”").waitFor();
  await ben.client.log.getByText("•••• (private answer)").waitFor();
  await ben.client.say("Vegan");
  await ben.client.card("A few questions").getByText("Or type your answer to “Phone”").waitFor();
  await ben.client.say("skip");
  await ben.client.press("Please check everything", "Confirm & book");
  await ben.practitioner.press("A session request", "Decline");
  await ben.practitioner.press("Decline Ben Okoro's request?", "Decline");
  await ben.client.card("This time is not possible").waitFor();
  await ana.mail.getByRole("button", { name: /^Not possible/ }).waitFor();

  for (const window of [ana, ben]) {
    expect(traces(await shown(window))).toEqual([]);
    await window.page.reload();
    await window.client.log.getByRole("article").first().waitFor();
    expect(traces(await shown(window))).toEqual([]);
  }
  // Both answers were stored, each sealed: the search finds nothing because of encryption, not because of missing data.
  expect(desk.rows("answers").filter(({ question_id }) => question_id === "goal")).toMatchObject([
    { sealed: 1 },
    { sealed: 1 },
  ]);
  expect(desk.files().some(({ bytes }) => bytes.includes(notPrivate))).toBe(true);
  expect(desk.rows("outbox").length).toBeGreaterThan(10);
  expect(traces(JSON.stringify([desk.rows("outbox"), desk.rows("tray_mails"), desk.rows("page_messages")]))).toEqual(
    [],
  );
  expect(desk.files().map(({ name }) => name)).toEqual(expect.arrayContaining(["desk.db", "desk.db-wal"]));
  expect(
    desk.files().flatMap(({ name, bytes }) => traces(bytes.toString("latin1")).map((trace) => [name, trace])),
  ).toEqual([]);
  await desk.stop();
  expect(
    desk.files().flatMap(({ name, bytes }) => traces(bytes.toString("latin1")).map((trace) => [name, trace])),
  ).toEqual([]);
  expect(desk.printed()).toContain("desk.closing");
  expect(traces(desk.printed())).toEqual([]);
});

/** The page's HTML and the values of its inputs. */
async function shown({ page }: DeskWindow): Promise<string> {
  const boxes = await page.getByRole("textbox").all();
  return [await page.content(), ...(await Promise.all(boxes.map((box) => box.inputValue())))].join("\n");
}

/** The planted words found in a text, also in the two encodings in which programs write them. */
function traces(text: string): string[] {
  return [filledIn, typed].filter((planted) =>
    [planted, Buffer.from(planted).toString("base64").slice(0, -4), Buffer.from(planted).toString("hex")].some((form) =>
      text.includes(form),
    ),
  );
}
