import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deactivateClient } from "../../src/desk/people/deactivate.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { placeOf } from "../support/place.ts";
import { wander } from "../support/wander.ts";
import { mailedCode } from "./coming-in.ts";
import { asPractitioner, dump, importAgain, inDesk, pressesIn, rows } from "./quay.ts";

// D7.4: every action of every reached card, tried by every wrong person.

const owners = ["ana", "maya", "ben", "jonas", "nobody", "cleo"];
const thieves = [
  ["eve", "another client"],
  ["kurt", "another practitioner"],
  ["dora", "an admin of another practice"],
  ["dan", "a client of another practice"],
  ["zed", "a person unknown to every practice"],
  ["rex", "a client who is deactivated"],
] as const;

const people = (yaml: string) =>
  yaml
    .replace(
      "services:",
      `  - { id: kurt, name: Kurt Kahn, email: kurt@tagus.example, chat: [{ page: kurt }], hours: [{ days: [mon], from: "09:00", to: "12:00" }] }
services:`,
    )
    .concat(`
  - { id: eve, name: Eve Esteves, email: eve@example.com, chat: [{ page: eve }] }
  - { id: rex, name: Rex Reis, email: rex@example.com, chat: [{ page: rex }] }
`);

const elsewhere = `
practice: { id: dune, name: Dune Practice, timezone: Europe/Lisbon, contact: hello@dune.example }
practitioners:
  - { id: dora, name: Dora Dias, email: dora@dune.example, admin: true, chat: [{ page: dora }], hours: [{ days: [mon], from: "09:00", to: "12:00" }] }
services:
  - { id: talk, name: Talk, publicName: Talk, durationMinutes: 60, methods: [{ kind: phone, caller: practitioner }], practitioners: [dora] }
clients:
  - { id: dan, name: Dan Duarte, email: dan@example.com, chat: [{ page: dan }] }
`;

/** The books without what every inbound leaves: its id, the turn counter of its sender, the audit. */
function books(desk: TestDesk): Readonly<Record<string, string>> {
  const { inbox: _, identities: __, audit: ___, sqlite_sequence: ____, ...rest } = dump(desk);
  return rest;
}

/** The places of a chat's presses: `people.showing deactivation.asked`. */
async function actionsOf(desk: TestDesk, owner: string) {
  const talks = new Map((await desk.talks(owner)).map((talk) => [talk.id, placeOf(talk)]));
  return pressesIn(desk, owner).map((press) => ({ press, action: `${talks.get(press.talkId)} ${press.event.type}` }));
}

test("a press from another person's chat is refused, changes nothing, and leaves one audit entry", async () => {
  const yaml = people(readFileSync(new URL("../support/practices/lisbon.yaml", import.meta.url), "utf8"));
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: yaml });
  await importAgain(desk, elsewhere);
  await inDesk(desk, (inside) =>
    deactivateClient(inside, asPractitioner("maya", { practiceId: "lisbon", admin: true }), "rex"),
  );
  for (const [thief] of thieves) await desk.open(thief);
  const tried = new Set<string>();

  async function tryAll(): Promise<void> {
    for (const owner of owners) {
      for (const { press, action } of await actionsOf(desk, owner)) {
        if (tried.has(action)) continue;
        tried.add(action);
        const before = books(desk);
        for (const [thief, who] of thieves) {
          const audited = rows(desk, "audit").length;
          const answer = await desk.forge(thief, press);
          expect(answer, `${action} as ${who}`).toEqual({ refused: expect.stringContaining("someone else") });
          expect(rows(desk, "audit").slice(audited), `${action} as ${who}`).toMatchObject([
            { action: "press.refused", subject: press.talkId, place: `page:local:${thief}` },
          ]);
        }
        expect(books(desk), action).toEqual(before);
      }
    }
  }

  const script: readonly (readonly [string, string])[] = [
    ["maya", "invite cleo@example.com"],
    ["maya", "(Send invitation)"],
    ["maya", "clients"],
    ["maya", "(Cleo Marsh · invited)"],
    ["maya", "(Copy a link)"],
    ["maya", "(Done)"],
    ["maya", "(Deactivate)"],
    ["maya", "invite"],
    ["maya", "help"],
    ["ana", "help"],
    ["ana", "contact my practitioner"],
    ["ana", "(Dr Maya Lee)"],
    ["ana", "the exercises help a lot"],
    ["ana", "(Send to Dr Maya Lee)"],
    ["maya", "(Reply)"],
    ["jonas", "switch"],
    ["ana", "book a follow-up with Maya by video on 4 March at 10:00"],
    ["ana", "yes"],
    ["maya", "what's waiting?"],
    ["maya", "confirm Ana"],
    ["maya", "(Confirm)"],
    ["ana", "bookings"],
    ["ana", "1"],
    ["ana", "cancel my session"],
    ["ana", "move my session"],
    ["nobody", "send my invitation again"],
  ];
  for (const [who, what] of script) {
    const label = /^\((.+)\)$/.exec(what)?.[1];
    if (label === undefined) await desk.say(who, what);
    else await desk.press(who, label);
    await tryAll();
  }
  await desk.say("cleo", await mailedCode(desk, "cleo@example.com"));
  await tryAll();
  for (let round = 1; round <= 10; round++) {
    await wander(desk, { users: ["ana", "maya", "ben", "jonas", "cleo"], steps: 30, seed: round });
    await tryAll();
  }
  // Guards against an empty table.
  const flows = new Set([...tried].map((action) => action.split(".")[0]));
  expect([...flows]).toEqual(
    expect.arrayContaining(["home", "book", "bookings", "review", "people", "invite", "contact", "who", "activate"]),
  );
  expect(tried.size).toBeGreaterThan(60);
});
