import { expect, test } from "vitest";
import { openTeamsDesk } from "../support/teams/desk.ts";
import { subjectsTo } from "../teams/harbour-teams.ts";
import { bookMoveAndCancel, codeIn, comeInAsInes, cove, inviteByMail, monday, subjects } from "./cove.ts";

test("from an empty database and strangers only, in Teams alone: the operator's code, a code typed from a mail, and a session from request to cancellation", async () => {
  const { maya: ines, ana, desk } = await openTeamsDesk({ now: monday, practice: cove });
  for (const stranger of [ines, ana]) {
    await stranger.install();
    await stranger.sees("We have not met yet.");
  }
  await comeInAsInes(desk, ines);

  await inviteByMail(ines, "ana@example.com", "Ana Alves");
  const [invitation] = await desk.store.tray.list();
  await ana.say(codeIn(invitation?.text));
  await ana.sees("Welcome, Ana Alves");
  await ines.sees("Ana Alves has joined");

  await bookMoveAndCancel(desk, ines, ana);
  expect((await subjectsTo(desk, "ana@example.com")).slice(1)).toEqual(subjects);
});
