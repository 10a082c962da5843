import { describe, expect, test } from "vitest";
import { connectAsPractitioner, findOwnLink } from "../../src/desk/people/link.ts";
import { codePattern, connect, linkCode, makeLink, openReef, sayAt } from "./coming-in.ts";
import { buttonsOn, dump, inDesk, openQuay, pressOn, rows, titleOf, wordsOn } from "./quay.ts";

describe("the operator's code (D7.7)", () => {
  test("binds the workspace, and asks the user which practitioner they are", async () => {
    const desk = await openReef({ platform: "slack" });
    const code = await linkCode(desk, "reef");
    expect(code).toMatch(codePattern);
    await desk.say("u1", code);
    expect(titleOf(desk, "u1")).toBe("This workspace now belongs to Reef Practice");
    expect(buttonsOn(desk.newest("u1"))).toEqual(["Maya Lee", "Jonas Weber", "Just connect the workspace"]);
    expect(rows(desk, "workspaces")).toMatchObject([
      { platform: "slack", workspace: "local", practice_id: "reef", source: "code" },
    ]);
    await desk.press("u1", "Maya Lee");
    expect(titleOf(desk, "u1")).toBe("Hello Maya Lee");
    expect(rows(desk, "memberships")).toMatchObject([
      { user: "u1", role: "practitioner", person_id: "maya", source: "activation" },
    ]);
    const audited = (await desk.store.read.audit.list("reef")).map(({ action }) => action);
    expect(audited).toEqual(["link.made", "workspace.bound", "practitioner.connected"]);
  });

  test("with --as connects at once", async () => {
    const desk = await openReef();
    await connect(desk, "u1", "jonas");
    expect(titleOf(desk, "u1")).toBe("This workspace now belongs to Reef Practice");
    await desk.say("u1", "hello");
    expect(titleOf(desk, "u1")).toBe("Hello Jonas Weber");
  });

  test("may connect the workspace only", async () => {
    const desk = await openReef();
    await desk.say("u1", await linkCode(desk, "reef"));
    await desk.press("u1", "Just connect the workspace");
    expect(rows(desk, "memberships")).toEqual([]);
    await desk.say("u1", "hello");
    expect(titleOf(desk, "u1")).toBe("Welcome");
  });

  test("asks for the name in the chat that typed it, and in no other", async () => {
    const desk = await openReef();
    await desk.say("u1", await linkCode(desk, "reef"));
    const codeId = String(rows(desk, "entry_codes")[0]?.id);
    const at = (user: string) => ({ platform: "page", workspace: "local", user }) as const;
    expect(await findOwnLink(desk.store.read, at("u1"), codeId)).toBeDefined();
    expect(await findOwnLink(desk.store.read, at("u2"), codeId)).toBeUndefined();
    const stranger = { kind: "stranger", practiceId: "", place: "page:local:u2" } as const;
    const connected = await inDesk(desk, (inside) =>
      connectAsPractitioner(inside, stranger, at("u2"), { codeId, practitionerId: "maya" }),
    );
    expect(connected.ok).toBe(false);
    expect(rows(desk, "memberships")).toEqual([]);
  });

  test("does not offer practitioners who have a chat in that workspace", async () => {
    const desk = await openReef();
    await connect(desk, "u1", "maya");
    await desk.say("u2", await linkCode(desk, "reef"));
    expect(buttonsOn(desk.newest("u2"))).toEqual(["Jonas Weber", "Just connect the workspace"]);
  });

  test("is accepted in each way people type it", async () => {
    const desk = await openReef();
    const code = await linkCode(desk, "reef");
    const [, one, two] = code.split("-");
    await desk.say("u1", `my code is fd${one?.toLowerCase()}${two}.`);
    expect(titleOf(desk, "u1")).toBe("This workspace now belongs to Reef Practice");
  });

  test("works once: another chat is refused, the same chat sees its place", async () => {
    const desk = await openReef();
    const code = await linkCode(desk, "reef");
    await desk.say("u1", code);
    await desk.say("u2", code);
    expect(wordsOn(desk.newest("u2"))).toContain("already been used");
    expect(rows(desk, "memberships")).toEqual([]);
    await desk.say("u1", code);
    expect(buttonsOn(desk.newest("u1"))).toContain("Maya Lee");
  });

  test("lasts 24 hours", async () => {
    const desk = await openReef();
    const code = await linkCode(desk, "reef");
    await desk.advance("2026-03-03T08:00:00+00:00");
    await desk.say("u1", code);
    expect(wordsOn(desk.newest("u1"))).toContain("expired");
    expect(rows(desk, "workspaces")).toEqual([]);
  });

  test("is refused for an unknown practice or practitioner, with a list of the known ones", async () => {
    const desk = await openReef();
    expect(await makeLink(desk, "sea")).toEqual({ ok: false, refusal: "no-practice", known: ["reef"] });
    expect(await makeLink(desk, "reef", "zed")).toEqual({
      ok: false,
      refusal: "no-practitioner",
      known: ["maya", "jonas"],
    });
  });

  test("is stored as a hash only", async () => {
    const desk = await openReef();
    const code = await linkCode(desk, "reef");
    await desk.say("u1", code);
    const { page_messages: _, ...books } = dump(desk);
    expect(JSON.stringify(books)).not.toContain(code.slice(3));
  });

  test("is not taken as an answer of an open form", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    await desk.press("ana", "Visit");
    await desk.press("ana", "Wed 4 Mar");
    await desk.press("ana", "09:00");
    await desk.say("ana", "FD-AAAA-2222");
    expect(titleOf(desk, "ana")).toBe("That code did not work");
    expect(rows(desk, "answers")).toEqual([]);
  });
});

describe("an unknown code", () => {
  test("is answered, five times an hour, and not stored", async () => {
    const desk = await openReef();
    const good = await linkCode(desk, "reef");
    for (let times = 0; times < 5; times++) {
      await desk.say("u1", "FD-ZZZZ-2222");
      expect(wordsOn(desk.newest("u1"))).toContain("That code is not valid");
    }
    await desk.say("u1", good);
    expect(wordsOn(desk.newest("u1"))).toContain("Too many attempts");
    expect(rows(desk, "workspaces")).toEqual([]);
    expect(JSON.stringify(dump(desk))).not.toContain("ZZZZ");
    // Each person's attempts are counted separately.
    await desk.say("u2", "FD-ZZZZ-2222");
    expect(wordsOn(desk.newest("u2"))).toContain("That code is not valid");
    await desk.advance("2026-03-02T09:00:01+00:00");
    await desk.say("u1", good);
    expect(titleOf(desk, "u1")).toBe("This workspace now belongs to Reef Practice");
  });
});

describe("only the person who typed the code says who they are", () => {
  test("another person's press on that card is refused", async () => {
    const desk = await openReef();
    await desk.say("u1", await linkCode(desk, "reef"));
    const { talkId, revision, event } = pressOn(desk, "u1", "Maya Lee");
    expect((await desk.forge("u2", { talkId, revision, event })).refused).toContain("someone else");
    expect(rows(desk, "memberships")).toEqual([]);
  });

  test("another chat cannot claim the code, and no chat can claim it twice", async () => {
    const desk = await openReef();
    await desk.say("u1", await linkCode(desk, "reef"));
    const codeId = String(rows(desk, "entry_codes")[0]?.id);
    const at = (user: string) => ({ platform: "page", workspace: "local", user }) as const;
    const stranger = (user: string) => ({ kind: "stranger", practiceId: "", place: `page:local:${user}` }) as const;
    const claim = (user: string, practitionerId: string) =>
      inDesk(desk, (inside) => connectAsPractitioner(inside, stranger(user), at(user), { codeId, practitionerId }));
    expect((await claim("u2", "maya")).ok).toBe(false);
    expect((await claim("u1", "nobody")).ok).toBe(false);
    expect((await claim("u1", "maya")).ok).toBe(true);
    expect((await claim("u1", "jonas")).ok).toBe(false);
  });
});

describe("one person, several chats (D7.2)", () => {
  const inTeams = { platform: "teams", workspace: "tenant", user: "ana-there" } as const;

  test("a client's own code connects another chat to the same client", async () => {
    const desk = await openQuay();
    await desk.say("ana", "connect another chat");
    const code = codePattern.exec(wordsOn(desk.newest("ana")))?.[0] ?? "";
    const answer = await sayAt(desk, inTeams, code);
    expect(answer.card?.title).toBe("This chat is connected");
    expect(rows(desk, "memberships").filter(({ person_id }) => person_id === "ana")).toHaveLength(2);
    expect((await sayAt(desk, inTeams, "bookings")).card?.title).toBe("Upcoming sessions");
    const again = await sayAt(desk, { ...inTeams, user: "eve" }, code);
    expect(again.card?.title).toBe("That code did not work");
  });

  test("it removes no person from their own chat", async () => {
    const desk = await openQuay();
    await desk.say("ana", "connect another chat");
    await desk.say("ben", codePattern.exec(wordsOn(desk.newest("ana")))?.[0] ?? "");
    expect(wordsOn(desk.newest("ben"))).toContain("already connected to someone else at that practice");
    await desk.say("ben", "hello");
    expect(titleOf(desk, "ben")).toBe("Hello Ben Okoro");
  });

  test("expires after half an hour", async () => {
    const desk = await openQuay();
    await desk.say("ana", "connect another chat");
    const code = codePattern.exec(wordsOn(desk.newest("ana")))?.[0] ?? "";
    await desk.advance("2026-03-02T08:30+00:00");
    expect((await sayAt(desk, inTeams, code)).card?.title).toBe("That code did not work");
  });
});
