import { describe, expect, test } from "vitest";
import { findRelayTo, relayMessage } from "../../src/desk/telling/relay.ts";
import { asClient, asPractitioner, dump, inDesk, openQuay, pressOn, request, rows, titleOf, wordsOn } from "./quay.ts";

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

describe("a message to the practitioner (D0.8)", () => {
  test("is forwarded as it is, marked, announced discreetly, and can be answered", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.say("ana", "contact my practitioner");
    expect(titleOf(desk, "ana")).toBe("A message to Maya Lee");
    expect(JSON.stringify(desk.newest("ana"))).toContain("do not write about health");
    await desk.say("ana", "Could we start ten minutes later?");
    expect(titleOf(desk, "ana")).toBe("A message to Maya Lee");
    expect(rows(desk, "relays")).toHaveLength(0);
    await desk.say("ana", "yes");
    expect(titleOf(desk, "ana")).toBe("Sent to Maya Lee");
    expect(titleOf(desk, "maya")).toBe("Message from Ana Alves");
    expect(desk.newest("maya").summary).toBe("Ana Alves sent you a message");
    expect(wordsOn(desk.newest("maya"))).toContain("Could we start ten minutes later?");
    expect(wordsOn(desk.newest("maya"))).toContain("has not read it");
    await desk.press("maya", "Reply");
    expect(JSON.stringify(desk.newest("maya"))).toContain("do not write about health");
    await desk.press("maya", "Send", { message: "Yes, of course." });
    expect(wordsOn(desk.newest("maya"))).toContain("was sent");
    expect(titleOf(desk, "ana")).toBe("Message from Maya Lee");
    expect(wordsOn(desk.newest("ana"))).toContain("Yes, of course.");
    await desk.press("ana", "Reply");
    await desk.press("ana", "Send", { message: "Thank you" });
    expect(wordsOn(desk.newest("maya"))).toContain("Thank you");
  });

  test("with several practitioners asks to whom, and accepts a name", async () => {
    const desk = await openQuay();
    await desk.say("ana", "contact my practitioner");
    expect(titleOf(desk, "ana")).toBe("Who would you like to write to?");
    await desk.say("ana", "Jonas");
    expect(titleOf(desk, "ana")).toBe("A message to Jonas Weber");
    await desk.say("ana", "cancel");
    expect(titleOf(desk, "ana")).toBe("Nothing was sent");
    await desk.say("ana", "message Maya");
    expect(titleOf(desk, "ana")).toBe("A message to Maya Lee");
  });

  test("is read by its addressee only, not even by an admin (D7.4)", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.say("ana", "message Maya");
    await desk.say("ana", "Is there a lift?");
    await desk.say("ana", "yes");
    await desk.say("maya", "message Ana");
    await desk.say("maya", "Yes, on the left.");
    await desk.say("maya", "send");
    const [asked, answered] = rows(desk, "relays").map(({ id }) => String(id));
    const reads = async (actor: Parameters<typeof findRelayTo>[1], id = "") =>
      (await findRelayTo(desk.store.read, actor, id)) !== undefined;
    expect(await reads(asPractitioner("maya"), asked)).toBe(true);
    expect(await reads(asClient("ana"), answered)).toBe(true);
    for (const other of [
      asPractitioner("jonas"),
      asPractitioner("jonas", { admin: true }),
      asPractitioner("maya", { practiceId: "dune" }),
      asClient("ana"),
      asClient("ben"),
    ])
      expect(await reads(other, asked)).toBe(false);
    for (const other of [asClient("ben"), asClient("ana", "dune"), asPractitioner("maya"), asPractitioner("jonas")])
      expect(await reads(other, answered)).toBe(false);
  });

  test("is limited to five times an hour; empty and overlong ones are refused", async () => {
    const desk = await openQuay();
    await desk.say("ana", "message Maya");
    expect((await desk.press("ana", "Send", { message: "  " })).errors).toEqual({ message: "Please write a message." });
    expect((await desk.press("ana", "Send", { message: "x".repeat(1001) })).errors?.message).toContain("1000");
    for (let times = 0; times < 6; times++) {
      await desk.say("ana", "message Maya");
      await desk.say("ana", `letter ${"abcdef"[times]} of mine`);
      await desk.say("ana", "yes");
    }
    expect(wordsOn(desk.newest("ana"))).toContain("five messages");
    expect(rows(desk, "relays")).toHaveLength(5);
    await desk.advance("2026-03-02T09:00:01+00:00");
    await desk.say("ana", "message Maya");
    await desk.say("ana", "planted");
    await desk.say("ana", "yes");
    expect(titleOf(desk, "ana")).toBe("Sent to Maya Lee");
  });

  test("its words are in no snapshot and in no mail once it is sent", async () => {
    const desk = await openQuay();
    await desk.say("ana", "message Maya");
    await desk.say("ana", "planted words");
    expect(rows(desk, "relays")).toHaveLength(0);
    await desk.say("ana", "yes");
    expect(rows(desk, "relays")).toHaveLength(1);
    expect(rows(desk, "talks").some(({ snapshot }) => String(snapshot).includes("planted"))).toBe(false);
    expect(dump(desk).tray_mails).not.toContain("planted");
    expect(dump(desk).audit).not.toContain("planted");
  });

  test("cannot be read or answered by another person", async () => {
    const desk = await openQuay();
    await desk.say("ana", "message Maya");
    await desk.say("ana", "planted words");
    await desk.say("ana", "yes");
    for (const thief of ["jonas", "ben", "zed"]) {
      expect((await desk.forge(thief, pressOn(desk, "maya", "Reply"))).refused).toContain("someone else");
    }
    const hello = "hello";
    await inDesk(desk, async (inside) => {
      const elsewhere = asClient("ana", "other");
      expect(await relayMessage(inside, elsewhere, { practitionerId: "maya" }, hello)).toMatchObject({ ok: false });
      expect(await relayMessage(inside, asClient("ana"), { practitionerId: "nobody" }, hello)).toMatchObject({
        ok: false,
      });
      expect(await relayMessage(inside, asClient("ana"), { clientId: "ben" }, hello)).toMatchObject({ ok: false });
      expect(await relayMessage(inside, asPractitioner("maya"), {}, hello)).toMatchObject({ ok: false });
      const stranger = { kind: "stranger", practiceId: "", place: "page:local:zed" } as const;
      expect(await relayMessage(inside, stranger, { practitionerId: "maya" }, hello)).toMatchObject({ ok: false });
    });
  });

  test("to a practitioner without a chat shows how else to reach the practice, and is not stored", async () => {
    const desk = await openQuay();
    await inDesk(desk, async (inside) => {
      const nowhere = { ...inside, platforms: [] };
      const sent = await relayMessage(nowhere, asClient("ana"), { practitionerId: "maya" }, "hello");
      expect(sent).toEqual({ ok: false, refusal: "unreached" });
    });
    expect(rows(desk, "relays")).toEqual([]);
  });
});

test("an open request's card leads to a message to that practitioner, and stays", async () => {
  const desk = await openQuay();
  await request(desk, "ana", { service: "Duo", with: "Jonas Weber", day: "Wed 4 Mar", time: "09:00" });
  await desk.press("ana", "Message my practitioner");
  expect(titleOf(desk, "ana")).toBe("A message to Jonas Weber");
  expect(desk.chat("ana").some(({ card }) => card.title === "Waiting for an answer")).toBe(true);
});
