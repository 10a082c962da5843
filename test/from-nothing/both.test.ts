import { expect, onTestFinished, test } from "vitest";
import { signingSecret, slackEnv } from "../support/slack/desk.ts";
import { openFakeSlack } from "../support/slack/fake-slack.ts";
import { openSlackWorld } from "../support/slack/slack-world.ts";
import { openTeamsDesk } from "../support/teams/desk.ts";
import { subjectsTo } from "../teams/harbour-teams.ts";
import { bookMoveAndCancel, codeIn, comeInAsInes, cove, coveSlack, inviteByMail, monday, subjects } from "./cove.ts";

test("from an empty database and strangers only, with the practitioner in Slack and the client in Teams: the operator's code, a code typed from a mail, and a session from request to cancellation", async () => {
  const fake = await openFakeSlack({ workspaces: [coveSlack], limits: "off" });
  onTestFinished(() => fake.close());
  const { ana, desk } = await openTeamsDesk({
    now: monday,
    practice: cove,
    environment: slackEnv(fake, coveSlack.id),
  });
  const user = openSlackWorld({ deskUrl: desk.address, fake, signingSecret }).user(coveSlack.id, "U0INES");
  const ines = { ...user, say: user.ask };
  await ines.openHome();
  await ines.seesHome("We have not met yet.");
  await comeInAsInes(desk, ines);

  await inviteByMail(ines, "ana@example.com", "Ana Alves");
  await ana.install();
  await ana.sees("We have not met yet.");
  const [invitation] = await desk.store.tray.list();
  await ana.say(codeIn(invitation?.text));
  await ana.sees("Welcome, Ana Alves");
  await ines.sees("Ana Alves has joined");

  await bookMoveAndCancel(desk, ines, ana);
  expect((await subjectsTo(desk, "ana@example.com")).slice(1)).toEqual(subjects);
});
