import { describe, expect, test } from "vitest";
import { copyInvitationLink, inviteClient, resendInvitation, revokeInvitation } from "../../src/desk/people/invite.ts";
import { codePattern, connect, mailedCode, openReef, reef } from "./coming-in.ts";
import {
  asClient,
  asPractitioner,
  buttonsOn,
  dump,
  importAgain,
  inDesk,
  openQuay,
  quay,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

const clients = (desk: Parameters<typeof rows>[0]) =>
  rows(desk, "clients").map(({ email, source }) => ({ email, source }));

describe("D7.1: a practitioner invites", () => {
  test("a new client by mail address: the card shows the data, one tap sends, and the chat creates the client", async () => {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await desk.say("m", "invite ana.alves@example.com");
    expect(titleOf(desk, "m")).toBe("Send this invitation?");
    expect(wordsOn(desk.newest("m"))).toContain("ana.alves@example.com: new");
    expect(rows(desk, "clients")).toHaveLength(1);
    await desk.press("m", "Send invitation", { "name-0": "Ana Alves" });
    expect(titleOf(desk, "m")).toBe("Invitation sent");
    expect(clients(desk)).toContainEqual({ email: "ana.alves@example.com", source: "chat" });
    const mail = (await desk.mails()).at(-1);
    expect(mail).toMatchObject({ to: "ana.alves@example.com", subject: "Reef Practice invites you to book in chat" });
    expect(mail?.text).toMatch(codePattern);
    expect(mail?.text).toContain("http://localhost:3000/activate/");
    expect(mail?.text).toContain("Thu 5 Mar, 08:00");
  });

  test("an imported client by address or by name, without a duplicate", async () => {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await desk.say("m", "invite CLEO@example.com");
    expect(wordsOn(desk.newest("m"))).toContain("Cleo Marsh: cleo@example.com, already your client");
    await desk.say("m", "yes");
    expect(titleOf(desk, "m")).toBe("Invitation sent");
    await desk.say("m", "invite Cleo");
    await desk.press("m", "Send invitation");
    expect(clients(desk)).toEqual([{ email: "cleo@example.com", source: "file" }]);
    expect((await desk.mails()).filter(({ to }) => to === "cleo@example.com")).toHaveLength(2);
  });

  test("several at once, each with a separate mail; clients already in get none", async () => {
    const desk = await openQuay();
    await desk.say("maya", "invite ana@example.com, cleo@example.com and dora@example.com");
    expect(titleOf(desk, "maya")).toBe("Send these 2 invitations?");
    expect(wordsOn(desk.newest("maya"))).toContain("Ana Alves: already active, nothing is sent");
    await desk.press("maya", "Send invitation", { "name-2": "Dora Dias" });
    expect((await desk.mails()).map(({ to }) => to).sort()).toEqual(["cleo@example.com", "dora@example.com"]);
    expect(rows(desk, "clients").map(({ name }) => name)).toContain("Dora Dias");
  });

  test("without an address asks for one, and accepts only an address", async () => {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await desk.say("m", "invite");
    expect(titleOf(desk, "m")).toBe("Who would you like to invite?");
    await desk.say("m", "my neighbour");
    expect(wordsOn(desk.newest("m"))).toContain("Please write an email address");
    await desk.say("m", "dora@example.com");
    expect(titleOf(desk, "m")).toBe("Send this invitation?");
    await desk.say("m", "yes");
    expect(rows(desk, "clients").map(({ name }) => name)).toContain("Dora");
  });

  test("by mention in Slack: that user is invited, in a workspace bound to the practice", async () => {
    const desk = await openReef({ platform: "slack" });
    await connect(desk, "U0MAYA", "maya");
    await desk.say("U0MAYA", "invite @U0DORA");
    await desk.press("U0MAYA", "Send invitation", { "name-0": "Dora Dias", "email-0": "not an address" });
    expect(rows(desk, "invitations")).toEqual([]);
    await desk.press("U0MAYA", "Send invitation", { "name-0": "Dora Dias", "email-0": "dora@example.com" });
    expect(titleOf(desk, "U0DORA")).toBe("You are invited by Reef Practice");
    expect(buttonsOn(desk.newest("U0DORA"))).toEqual(["Join", "Not me"]);
    expect(await desk.mails()).toEqual([]);
    await desk.press("U0DORA", "Join");
    expect(titleOf(desk, "U0DORA")).toBe("Welcome, Dora Dias");
    expect(titleOf(desk, "U0MAYA")).toBe("Dora Dias has joined");
  });

  test("a mention outside Slack asks for the mail address", async () => {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await desk.say("m", "invite @U0DORA");
    expect(titleOf(desk, "m")).toBe("Who would you like to invite?");
    await desk.say("m", "@U0DORA");
    expect(wordsOn(desk.newest("m"))).toContain("in Slack only");
  });

  test("a mention in a workspace that is not the practice's invites no one", async () => {
    const desk = await openReef();
    const at = { platform: "slack", workspace: "T0ELSEWHERE", user: "U0DORA" } as const;
    const guest = { name: "Dora", email: "dora@example.com", at };
    const invited = await inDesk(desk, (inside) =>
      inviteClient(inside, asPractitioner("maya", { practiceId: "reef" }), guest),
    );
    expect(invited).toEqual({ ok: false, refusal: "not-bound" });
    expect(rows(desk, "clients")).toHaveLength(1);
  });

  test("“Not me” revokes the invitation and notifies the practitioner", async () => {
    const desk = await openReef({ platform: "slack" });
    await connect(desk, "U0MAYA", "maya");
    await desk.say("U0MAYA", "invite @U0DORA");
    await desk.press("U0MAYA", "Send invitation", { "name-0": "Dora", "email-0": "dora@example.com" });
    await desk.press("U0DORA", "Not me");
    expect(titleOf(desk, "U0DORA")).toBe("Thank you for telling us");
    expect(titleOf(desk, "U0MAYA")).toBe("An invitation reached the wrong person");
    expect(rows(desk, "invitations")).toMatchObject([{ state: "revoked" }]);
  });
});

describe("an open invitation", () => {
  async function invited() {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await desk.say("m", "invite cleo");
    await desk.press("m", "Send invitation");
    return desk;
  }

  test("is listed with its status, and sent again with a new code: the old code is invalid", async () => {
    const desk = await invited();
    const old = await mailedCode(desk, "cleo@example.com");
    await desk.say("m", "clients");
    expect(buttonsOn(desk.newest("m"))).toContain("Cleo Marsh · invited");
    await desk.press("m", "Cleo Marsh · invited");
    expect(wordsOn(desk.newest("m"))).toContain("Status: invited, until Thu 5 Mar, 08:00");
    await desk.press("m", "Send it again");
    expect(wordsOn(desk.newest("m"))).toContain("on its way");
    await desk.say("c", old);
    expect(wordsOn(desk.newest("c"))).toContain("expired");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("is revoked: its code is invalid", async () => {
    const desk = await invited();
    await desk.say("m", "clients");
    await desk.press("m", "Cleo Marsh · invited");
    await desk.press("m", "Withdraw invitation");
    expect(wordsOn(desk.newest("m"))).toContain("Status: not invited");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(wordsOn(desk.newest("c"))).toContain("withdrawn");
    expect(rows(desk, "memberships")).toHaveLength(1);
  });

  test("has a link to pass on, shown once on the practitioner's card; the mail's code stays valid", async () => {
    const desk = await invited();
    await desk.say("m", "Cleo");
    await desk.say("m", "clients");
    await desk.press("m", "Cleo Marsh · invited");
    await desk.press("m", "Copy a link");
    expect(wordsOn(desk.newest("m"))).toMatch(/http:\/\/localhost:3000\/activate\/[\w-]{40}/);
    await desk.press("m", "Done");
    expect(wordsOn(desk.newest("m"))).not.toContain("/activate/");
    expect(rows(desk, "talks").some(({ snapshot }) => String(snapshot).includes("/activate/"))).toBe(false);
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("lasts 72 hours, is shown as expired, and can be sent again", async () => {
    const desk = await invited();
    const code = await mailedCode(desk, "cleo@example.com");
    await desk.advance("2026-03-05T08:00+00:00");
    await desk.say("c", code);
    expect(wordsOn(desk.newest("c"))).toContain("expired");
    await desk.say("m", "clients");
    await desk.press("m", "Cleo Marsh · invitation expired");
    await desk.press("m", "Send it again");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("its secrets are stored as hashes; only its mail and its card contain them", async () => {
    const desk = await invited();
    const code = await mailedCode(desk, "cleo@example.com");
    const { tray_mails: _, outbox: __, ...books } = dump(desk);
    expect(JSON.stringify(books)).not.toContain(code.slice(3));
  });
});

describe("the practice file", () => {
  test("does not archive clients invited in chat, and keeps an imported client's activation", async () => {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await desk.say("m", "invite dora@example.com, cleo@example.com");
    await desk.press("m", "Send invitation");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    await desk.say("d", await mailedCode(desk, "dora@example.com"));
    const before = dump(desk);
    const report = await importAgain(desk, reef);
    expect(report).toEqual({ added: 0, updated: 0, archived: 0 });
    const after = dump(desk);
    expect(after.clients).toBe(before.clients);
    expect(after.memberships).toBe(before.memberships);
    await importAgain(desk, reef.replace(/clients:\n.*\n/, ""));
    await desk.say("c", "hello");
    await desk.say("d", "hello");
    expect(titleOf(desk, "c")).toBe("Welcome");
    expect(titleOf(desk, "d")).toBe("Hello Dora");
  });
});

describe("D7.4: who may invite whom", () => {
  test("clients and strangers cannot invite", async () => {
    const desk = await openQuay();
    for (const user of ["ana", "zed"]) {
      await desk.say(user, "invite dora@example.com");
      expect(titleOf(desk, user)).not.toContain("invitation?");
    }
    const guest = { name: "Dora", email: "dora@example.com" };
    expect(await inDesk(desk, (inside) => inviteClient(inside, asClient("ana"), guest))).toEqual({
      ok: false,
      refusal: "not-yours",
    });
  });

  test("a practitioner does not see or change a colleague's clients; an admin does", async () => {
    const desk = await openReef();
    await connect(desk, "m", "maya");
    await connect(desk, "j", "jonas");
    await desk.say("m", "invite cleo");
    await desk.press("m", "Send invitation");
    await desk.say("j", "clients");
    expect(buttonsOn(desk.newest("j"))).toEqual(["Invite someone", "Home"]);
    await desk.say("j", "invite cleo@example.com");
    expect(wordsOn(desk.newest("j"))).toContain("cleo@example.com: another practitioner's client");
    const jonas = asPractitioner("jonas", { practiceId: "reef" });
    await inDesk(desk, async (inside) => {
      expect((await resendInvitation(inside, jonas, "cleo")).ok).toBe(false);
      expect(await revokeInvitation(inside, jonas, "cleo")).toBe(false);
      expect(await copyInvitationLink(inside, jonas, "cleo")).toBeUndefined();
      const admin = asPractitioner("jonas", { practiceId: "reef", admin: true });
      expect(await copyInvitationLink(inside, admin, "cleo")).toMatchObject({ link: "activate" });
    });
  });

  test("an invitation from one practice is invalid in another", async () => {
    const desk = await openQuay();
    await importAgain(
      desk,
      quay
        .replace("id: quay, name: Quay Practice", "id: dune, name: Dune Practice")
        .replaceAll(/, chat: \[[^\]]*\]/g, ""),
    );
    await desk.say("maya", "invite cleo");
    await desk.press("maya", "Send invitation");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(rows(desk, "memberships").filter(({ user }) => user === "c")).toMatchObject([{ practice_id: "quay" }]);
  });
});

test("a permanently refused invitation mail is reported to its sender", async () => {
  const desk = await openReef({ mailer: { send: async () => ({ ok: false, permanent: true, error: "550" }) } });
  await connect(desk, "m", "maya");
  await desk.say("m", "invite cleo");
  await desk.press("m", "Send invitation");
  expect(titleOf(desk, "m")).toBe("The invitation for Cleo Marsh could not be delivered");
});
