import { expect, test } from "vitest";
import { type Chat, openWindow } from "../support/desk-window.ts";
import { startDesk } from "../support/running-desk.ts";
import { answerForm, chooseVideo } from "./request-first-visit.ts";

const monday = "2026-03-02T08:00:00Z";

/** Ten in Lisbon is five in New York, where Ben lives; the next times with 70 free minutes follow. */
const people = [
  { name: "Ana Alves", ten: "10:00", nearest: ["11:30", "14:00", "14:30"] },
  { name: "Ben Okoro", ten: "05:00", nearest: ["06:30", "09:00", "09:30"] },
] as const;

test("two clients press the same time at once: one holds it, the other sees “just taken” and requests one of the three nearest (D4.3)", async () => {
  const desk = await startDesk({ clock: monday });
  const both = await Promise.all(
    people.map(async (person) => {
      const { client } = await openWindow(desk, { as: person.name });
      await chooseVideo(client, person.name);
      await client.showDay("Wed 4 Mar");
      return { ...person, client };
    }),
  );
  await Promise.all(both.map(({ client, ten }) => client.press("When suits you?", ten)));
  const outcomes = await Promise.all(both.map(async (one) => ({ ...one, outcome: await outcomeOf(one.client) })));
  const winner = outcomes.find(({ outcome }) => outcome === "held");
  const loser = outcomes.find(({ outcome }) => outcome === "taken");
  if (winner === undefined || loser === undefined) throw new Error("exactly one client must win");

  const taken = loser.client.card("That time was just taken");
  await taken
    .getByText(new RegExp(`Wednesday 4 March at ${loser.ten} is being booked by someone else right now`))
    .waitFor();
  expect(await taken.getByRole("group", { name: "Choices" }).getByRole("button").allTextContents()).toEqual(
    loser.nearest.map((time) => `Wed 4 Mar, ${time}`),
  );
  await loser.client.press("That time was just taken", `Wed 4 Mar, ${loser.nearest[0]}`);
  for (const { client } of [winner, loser]) {
    await answerForm(client);
    await client.press("Please check everything", "Confirm & book");
    await client.card("Waiting for an answer").waitFor();
  }
  const starts = desk.rows("bookings").map((booking) => new Date(Number(booking.starts_at_ms)).toISOString());
  expect(starts.toSorted()).toEqual(["2026-03-04T10:00:00.000Z", "2026-03-04T11:30:00.000Z"]);
});

/** The result of a press on a time: it is held and the form follows, or it is taken. */
async function outcomeOf(client: Chat): Promise<"held" | "taken"> {
  const taken = client.card("That time was just taken");
  await client.card("A few questions").or(taken).waitFor();
  return (await taken.count()) > 0 ? "taken" : "held";
}
