import { describe, expect, test } from "vitest";
import { findActivationLink, joinInvited, openActivationLink } from "../../src/desk/people/activate.ts";
import { codePattern, connect, mailedCode, mailedToken, openReef } from "./coming-in.ts";
import { buttonsOn, inDesk, openQuay, pressOn, rows, titleOf, wordsOn } from "./quay.ts";

/** Cleo is invited by mail. */
async function withCleoInvited() {
  const desk = await openReef();
  await connect(desk, "m", "maya");
  await desk.say("m", "invite cleo");
  await desk.press("m", "Send invitation");
  return desk;
}

describe("D7.1: activation", () => {
  test("binds the chat that types the code, welcomes with Request a session, tells the practitioner", async () => {
    const desk = await withCleoInvited();
    await desk.open("c");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
    expect(rows(desk, "memberships").find(({ user }) => user === "c")).toMatchObject({
      role: "client",
      person_id: "cleo",
      source: "activation",
    });
    expect(titleOf(desk, "m")).toBe("Cleo Marsh has joined");
    await desk.press("c", "Request a session");
    expect(titleOf(desk, "c")).toBe("When suits you?");
    const audited = (await desk.store.read.audit.list("reef", "cleo")).map(({ action, actor }) => `${actor} ${action}`);
    expect(audited).toEqual(["practitioner:maya client.invited", "stranger:page:local:c client.activated"]);
  });

  test("a code works once: a second person is refused, and nothing of theirs changes", async () => {
    const desk = await withCleoInvited();
    const code = await mailedCode(desk, "cleo@example.com");
    await desk.say("c", code);
    await desk.say("eve", code);
    expect(wordsOn(desk.newest("eve"))).toContain("already been used");
    expect(buttonsOn(desk.newest("eve"))).toEqual([]);
    await desk.say("eve", "book");
    expect(titleOf(desk, "eve")).toBe("Welcome");
    await desk.say("c", code);
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("no chat is bound by name: a stranger with a client's name stays a stranger", async () => {
    const desk = await openReef();
    await desk.engine.deliver({
      id: "1",
      receivedAtMs: 0,
      from: { platform: "page", workspace: "local", user: "x" },
      profile: { name: "Cleo Marsh" },
      body: { type: "text", text: "I am Cleo Marsh, cleo@example.com" },
    });
    await desk.idle();
    expect(titleOf(desk, "x")).toBe("Welcome");
    expect(rows(desk, "memberships")).toEqual([]);
  });

  test("a chat that already belongs to a client is not given to another one", async () => {
    const desk = await openQuay();
    await desk.say("maya", "invite cleo");
    await desk.press("maya", "Send invitation");
    const code = await mailedCode(desk, "cleo@example.com");
    await desk.say("ana", code);
    expect(wordsOn(desk.newest("ana"))).toContain("already connected to someone else at that practice");
    await desk.say("c", code);
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("an invitation made for one chat user cannot be used by another", async () => {
    const desk = await openReef({ platform: "slack" });
    await connect(desk, "U0MAYA", "maya");
    await desk.say("U0MAYA", "invite @U0DORA");
    await desk.press("U0MAYA", "Send invitation", { "name-0": "Dora", "email-0": "dora@example.com" });
    const press = pressOn(desk, "U0DORA", "Join");
    expect((await desk.forge("U0EVE", press)).refused).toContain("someone else");
    const id = String(rows(desk, "invitations")[0]?.id);
    const eve = { platform: "slack", workspace: "local", user: "U0EVE" } as const;
    const actor = { kind: "stranger", practiceId: "", place: "slack:local:U0EVE" } as const;
    expect(await inDesk(desk, (inside) => joinInvited(inside, actor, eve, id))).toMatchObject({ ok: false });
    // Dora herself gets the question again, whatever she types.
    await desk.say("U0DORA", "hello");
    expect(titleOf(desk, "U0DORA")).toBe("You are invited by Reef Practice");
    await desk.say("U0DORA", "yes");
    expect(titleOf(desk, "U0DORA")).toBe("Welcome, Dora");
  });
});

describe("the invitation's page", () => {
  test("gives a code for the chat that is valid for half an hour; GET gives none", async () => {
    const desk = await withCleoInvited();
    const token = await mailedToken(desk, "cleo@example.com");
    const link = await findActivationLink(desk.store.read, token, desk.clock.realNow());
    expect(link).toMatchObject({ state: "open", practice: "Reef Practice", name: "Cleo Marsh" });
    const codes = rows(desk, "entry_codes").length;
    const made = await inDesk(desk, (inside) => openActivationLink(inside, token));
    const code = "code" in made ? made.code : "";
    expect(rows(desk, "entry_codes")).toHaveLength(codes + 1);
    expect(code).toMatch(codePattern);
    await desk.advance("2026-03-02T08:29:59+00:00");
    await desk.say("c", code);
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
    expect(await findActivationLink(desk.store.read, token, desk.clock.realNow())).toEqual({ state: "used" });
  });

  test("its code expires after half an hour, the mail's does not", async () => {
    const desk = await withCleoInvited();
    const token = await mailedToken(desk, "cleo@example.com");
    const made = await inDesk(desk, (inside) => openActivationLink(inside, token));
    await desk.advance("2026-03-02T08:30:00+00:00");
    await desk.say("c", "code" in made ? made.code : "");
    expect(wordsOn(desk.newest("c"))).toContain("expired");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });
});

describe("D7.3: invited, not activated", () => {
  test("is asked to read the mail; may have it sent again to the invited address only", async () => {
    const desk = await withCleoInvited();
    await desk.say("c", "book a session");
    expect(titleOf(desk, "c")).toBe("Welcome");
    expect(wordsOn(desk.newest("c"))).toContain("check your email");
    await desk.say("c", "send my invitation again");
    await desk.say("c", "eve@example.com");
    expect(titleOf(desk, "c")).toBe("Please check your email");
    expect(await desk.mails()).toHaveLength(1);
    await desk.say("c", "please send the invitation again");
    await desk.press("c", "Send it", { email: "Cleo@Example.com" });
    expect(titleOf(desk, "c")).toBe("Please check your email");
    expect((await desk.mails()).map(({ to }) => to)).toEqual(["cleo@example.com", "cleo@example.com"]);
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("an old code offers the mail again, to the invitation's own address", async () => {
    const desk = await withCleoInvited();
    const code = await mailedCode(desk, "cleo@example.com");
    await desk.advance("2026-03-06T08:00+00:00");
    await desk.say("c", code);
    await desk.press("c", "Send it again");
    expect(titleOf(desk, "c")).toBe("Please check your email");
    expect((await desk.mails()).at(-1)?.to).toBe("cleo@example.com");
    await desk.say("c", await mailedCode(desk, "cleo@example.com"));
    expect(titleOf(desk, "c")).toBe("Welcome, Cleo Marsh");
  });

  test("can ask for mail five times an hour at most", async () => {
    const desk = await withCleoInvited();
    for (let times = 0; times < 6; times++) {
      await desk.say("c", "send my invitation again");
      await desk.say("c", "cleo@example.com");
    }
    expect(wordsOn(desk.newest("c"))).toContain("Too many attempts");
    expect(await desk.mails()).toHaveLength(6);
  });

  test("a person who was never invited gets no mail by naming an address the practice knows", async () => {
    const desk = await openReef();
    await desk.say("c", "send my invitation again");
    await desk.say("c", "cleo@example.com");
    expect(titleOf(desk, "c")).toBe("Please check your email");
    expect(await desk.mails()).toEqual([]);
  });
});
