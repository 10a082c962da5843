import { describe, expect, test } from "vitest";
import type { Books } from "../../db/store.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { redeemCode } from "../../src/desk/people/activate.ts";
import { inviteClient } from "../../src/desk/people/invite.ts";
import { makeLinkCode } from "../../src/desk/people/link.ts";
import { mailToSend } from "../../src/desk/secrets.ts";
import type { Mail } from "../../src/ports/mailer.ts";
import { reef } from "../desk/coming-in.ts";
import { instant } from "../support/clock.ts";
import { importYaml } from "../support/desk-files.ts";
import { roomFor } from "../support/records.ts";
import { stores } from "../support/store.ts";

const now = instant("2026-03-02T08:00:00Z");
const deskOver = (books: Books): Desk => ({
  books,
  nowMs: now,
  realNowMs: now,
  publicUrl: "http://localhost:3000",
  platforms: ["page"],
});
const people = Array.from({ length: 8 }, (_, n) => `u${n}`);

describe.each(stores)("one code typed by many people at once, at two desks on $name", ({ open }) => {
  async function race(make: (books: Books) => Promise<string>) {
    const here = await open();
    await importYaml(here, reef, now);
    const code = await here.transaction(make);
    const there = await here.reopen();
    const tried = await Promise.all(
      people.map((user, n) =>
        (n % 2 === 0 ? here : there).transaction(async (books) => {
          const address = { platform: "page", workspace: "local", user } as const;
          await books.identities.beginTurn(address, undefined, now);
          const actor = { kind: "stranger", practiceId: "", place: `page:local:${user}` } as const;
          return redeemCode(deskOver(books), actor, address, code);
        }),
      ),
    );
    return { store: here, tried };
  }

  test("D7.1: an invitation's code activates one chat, the others see that it was used", async () => {
    const { store, tried } = await race(async (books) => {
      const actor = {
        kind: "practitioner",
        practiceId: "reef",
        practitionerId: "maya",
        admin: false,
        place: "test",
      } as const;
      await inviteClient(deskOver(books), actor, { clientId: "cleo" });
      const [mail] = await books.outbox.claimDue(now, 1000, roomFor(1));
      const queued = JSON.parse(mail?.payload ?? "") as Mail; // written by desk/people/invitation-mail.ts
      const { text } = await mailToSend({ books, publicUrl: "http://localhost:3000" }, queued);
      return /FD-\w{4}-\w{4}/.exec(text)?.[0] ?? "";
    });
    expect(tried.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tried.filter((one) => !one.ok && one.refusal === "used")).toHaveLength(people.length - 1);
    expect(await store.read.identities.listAddresses("reef", "client", "cleo")).toHaveLength(1);
  });

  test("D7.7: an operator's code works for one person", async () => {
    const { store, tried } = await race(async (books) => {
      const made = await makeLinkCode(
        books,
        { practiceId: "reef", practitionerId: "maya" },
        { nowMs: now, realNowMs: now },
      );
      return made.ok ? made.code : "";
    });
    expect(tried.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await store.read.identities.listAddresses("reef", "practitioner", "maya")).toHaveLength(1);
  });
});
