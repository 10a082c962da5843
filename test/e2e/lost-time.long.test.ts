import { expect, test } from "vitest";
import { openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { answerForm, chooseTime, chooseVideo } from "./request-first-visit.ts";

const monday = "2026-03-02T08:00:00Z";

test("one press replaces a time lost after the form was filled in, and the answers are kept (D4.3)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client: ana } = await openWindow(desk, { as: "Ana Alves" });
  await chooseVideo(ana, "Ana Alves");
  await chooseTime(ana, { day: "Wed 4 Mar", time: "10:00" });
  await answerForm(ana);
  const review = ana.card("Please check everything");
  await review.getByText(/This time is held for you until 08:10/).waitFor();

  // Ana's ten-minute hold expires.
  await desk.stop();
  await desk.start("2026-03-02T08:11:00Z");
  const { client: ben } = await openWindow(desk, { as: "Ben Okoro" });
  await chooseVideo(ben, "Ben Okoro");
  await chooseTime(ben, { day: "Wed 4 Mar", time: "05:00" });
  await answerForm(ben);
  await ben.press("Please check everything", "Confirm & book");
  await ben.card("Waiting for an answer").waitFor();

  await ana.press("Please check everything", "Confirm & book");
  await ana.press("That time was just taken", "Wed 4 Mar, 11:30");
  await review.getByText("Wednesday 4 March 2026, 11:30–12:30 (Lisbon)", { exact: true }).waitFor();
  await review.getByText("2 answers").waitFor();
  await ana.press("Please check everything", "Confirm & book");
  await ana.card("Waiting for an answer").waitFor();
  expect(
    desk
      .rows("bookings")
      .map(({ client_id, status }) => `${client_id} ${status}`)
      .toSorted(),
  ).toEqual(["ana requested", "ben requested"]);
});
