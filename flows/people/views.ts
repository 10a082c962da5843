import { type Button, buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { secretText } from "../../src/cards/secret.ts";
import { given } from "../../src/given.ts";
import { peopleWords, standingName, standingWords } from "../../src/words/people.ts";
import type { DetailFacts, listingFacts, toldFacts } from "./facts.ts";
import type { PeopleEvent } from "./machine.ts";

const button = buttonOf<PeopleEvent>();

const longestName = 50;
const back = button(peopleWords.back, { type: "went.back" });

export function listingView({ clients, page, hasMore }: Awaited<ReturnType<typeof listingFacts>>): Card<PeopleEvent> {
  const labels = clients.map(({ client, standing }) => `${cut(client.name)} · ${standingName(standing)}`);
  const choices = clients.map(({ client }, at) => {
    const label = labels[at] ?? "";
    const before = labels.slice(0, at).filter((one) => one === label).length;
    return button(before === 0 ? label : `${label} (${before + 1})`, { type: "client.opened", clientId: client.id });
  });
  return told(peopleWords.title, [
    ...(choices.length === 0
      ? [{ type: "text", text: peopleWords.none } as const]
      : [
          { type: "buttons", role: "choices", label: peopleWords.title, buttons: choices } as const,
          { type: "hint", text: peopleWords.hint } as const,
        ]),
    {
      type: "buttons",
      role: "navigation",
      buttons: [
        ...(hasMore ? [button(peopleWords.more, { type: "clients.paged", page: page + 1 })] : []),
        ...(page > 0 ? [button(peopleWords.first, { type: "clients.paged", page: 0 })] : []),
        button(peopleWords.invite, { type: "inviting.wanted" }),
        button(peopleWords.home, { type: "home.wanted" }),
      ],
    },
  ]);
}

export function showingView(facts: DetailFacts | undefined): Card<PeopleEvent> {
  if (facts === undefined) return goneView();
  const { client, standing, chats, coming, reader, done } = facts;
  const places = chats.map(({ platform, isOut }) => {
    const name = platform === "page" ? "the page" : platform === "slack" ? "Slack" : "Teams";
    return isOut ? `${name} (${peopleWords.unreachable})` : name;
  });
  return told(client.name, [
    ...(done === undefined ? [] : [{ type: "text", text: peopleWords[done] } as const]),
    {
      type: "facts",
      facts: [
        { label: peopleWords.email, value: client.email },
        { label: peopleWords.status, value: standingWords(standing, reader) },
        { label: peopleWords.chats, value: places.length === 0 ? peopleWords.noChat : places.join(", ") },
        { label: peopleWords.coming, value: coming.length === 0 ? peopleWords.noneComing : String(coming.length) },
      ],
    },
    { type: "buttons", role: "actions", buttons: actionsOf(facts) },
    { type: "buttons", role: "navigation", buttons: [back] },
  ]);
}

function actionsOf({ standing }: DetailFacts): readonly Button<PeopleEvent>[] {
  const deactivate = button(peopleWords.deactivate, { type: "deactivation.asked" });
  switch (standing.is) {
    case "not-invited":
      return [button(peopleWords.sendInvitation, { type: "invitation.wanted" }, "primary"), deactivate];
    case "invited":
      return [
        button(peopleWords.sendAgain, { type: "invitation.wanted" }),
        button(peopleWords.copyLink, { type: "link.wanted" }),
        button(peopleWords.revoke, { type: "revocation.wanted" }),
        deactivate,
      ];
    case "invitation-over":
      return [button(peopleWords.sendAgain, { type: "invitation.wanted" }, "primary"), deactivate];
    case "activated":
      return [button(peopleWords.message, { type: "message.wanted" }), deactivate];
    case "deactivated":
      return [button(peopleWords.reactivate, { type: "reactivation.wanted" })];
    default:
      return standing satisfies never;
  }
}

export function showingLinkView(facts: DetailFacts | undefined): Card<PeopleEvent> {
  if (facts === undefined) return goneView();
  return told(peopleWords.linkTitle(facts.client.name), [
    secretText("activate", facts.link ?? "", peopleWords.linkText),
    { type: "hint", text: peopleWords.linkHint },
    { type: "buttons", role: "actions", buttons: [button(peopleWords.done, { type: "link.seen" })] },
  ]);
}

/** The card names the sessions that remain before the tap (case 22). */
export function askingDeactivationView(facts: DetailFacts | undefined): Card<PeopleEvent> {
  if (facts === undefined) return goneView();
  const { client, coming, reader } = facts;
  const sessions = coming.map(({ frozen, startsAtMs }) => peopleWords.session(frozen.publicName, startsAtMs, reader));
  return told(peopleWords.deactivateTitle(client.name), [
    { type: "text", text: peopleWords.deactivateText(client.name) },
    ...(sessions.length === 0
      ? []
      : [{ type: "text", text: [peopleWords.deactivateComing, ...sessions.slice(0, 20)].join("\n") } as const]),
    {
      type: "buttons",
      role: "actions",
      buttons: [
        button(peopleWords.yesDeactivate, { type: "deactivation.agreed" }, "danger"),
        button(peopleWords.keep, { type: "deactivation.dropped" }),
      ],
    },
  ]);
}

export function toldView({ wanted, name }: Awaited<ReturnType<typeof toldFacts>>): Card<PeopleEvent> {
  switch (wanted) {
    case "client.joined":
      return told(peopleWords.joinedTitle(name), [{ type: "text", text: peopleWords.joinedText(name) }], "good");
    case "client.declined":
      return told(peopleWords.declinedTitle, [{ type: "text", text: peopleWords.declinedText(name) }], "bad");
    case "client.out":
      return told(peopleWords.outTitle(name), [{ type: "text", text: peopleWords.outText(name) }]);
    case "invitation.failed":
      return told(peopleWords.failedTitle(name), [{ type: "text", text: peopleWords.failedText(name) }], "bad");
    case "practitioner.unreachable":
      return told(
        peopleWords.unreachableTitle(name),
        [{ type: "text", text: peopleWords.practitionerUnreachable(name) }],
        "bad",
      );
    default:
      return told(
        peopleWords.unreachableTitle(name),
        [{ type: "text", text: peopleWords.clientUnreachable(name) }],
        "bad",
      );
  }
}

function goneView(): Card<PeopleEvent> {
  return told(peopleWords.title, [
    { type: "text", text: peopleWords.gone },
    { type: "buttons", role: "navigation", buttons: [back] },
  ]);
}

function cut(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}

function told(
  title: string,
  parts: readonly CardPart<PeopleEvent>[],
  tone?: Card<PeopleEvent>["tone"],
): Card<PeopleEvent> {
  return { summary: title, title, parts, ...given({ tone }) };
}
