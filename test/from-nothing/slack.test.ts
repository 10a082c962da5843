import { expect, test } from "vitest";
import { openMailbox } from "../slack/mailbox.ts";
import { openSlackDesk } from "../support/slack/desk.ts";
import type { SlackUser } from "../support/slack/slack-user.ts";
import { until } from "../support/until.ts";
import { bookMoveAndCancel, type ChatPerson, codeIn, comeInAsInes, coveSlack, monday, subjects } from "./cove.ts";

test("from an empty database and strangers only, in Slack alone: the operator's code, an invitation by mention, a code typed from a mail, and a session from request to cancellation", async () => {
  const mailbox = await openMailbox();
  const slack = await openSlackDesk({
    now: monday,
    practice: "cove",
    workspaces: [coveSlack],
    limits: "off",
    env: mailbox.env,
  });
  const [ines, ana, ben] = ["U0INES", "U0ANA", "U0BEN"].map((id) => slack.world.user("T0COVE", id));
  if (ines === undefined || ana === undefined || ben === undefined) throw new Error("a person is missing");
  const lettersTo = (address: string) => mailbox.letters.filter(({ to }) => to?.[0]?.address === address);
  await ines.openHome();
  await ines.seesHome("We have not met yet.");
  await comeInAsInes(slack.desk(), person(ines));

  // D7.1: several at once; a person picked with @ is invited in Slack, the other by mail.
  await ines.ask("invite @U0ANA and ben@example.com");
  await ines.sees("Send these 2 invitations?");
  await ines.fill({ "Name of @U0ANA": "Ana Alves", "Email of @U0ANA": "ana@example.com" });
  await ines.fill({ "Name of ben@example.com": "Ben Okoro" });
  await ines.click("Send invitation");
  const asked = await ana.sees("You are invited by Cove Practice");
  expect(asked.buttons).toEqual(["Join", "Not me"]);
  await ana.click("Join");
  await ana.sees("Welcome, Ana Alves");
  await ines.sees("Ana Alves has joined");

  await until("Ben has mail", () => lettersTo("ben@example.com").length === 1);
  expect(() => ben.newest()).toThrow("has no message");
  await ben.ask(codeIn(lettersTo("ben@example.com")[0]?.text));
  await ben.sees("Welcome, Ben Okoro");
  await ines.sees("Ben Okoro has joined");

  await bookMoveAndCancel(slack.desk(), person(ines), person(ana));
  expect(lettersTo("ana@example.com").map(({ subject }) => subject)).toEqual(subjects);
  await slack.world.settled();
  slack.world.assertNoInjection();
});

function person(user: SlackUser): ChatPerson {
  return { say: user.ask, click: (label) => user.click(label), sees: (words) => user.sees(words), fill: user.fill };
}
