import { describe, expect, test } from "vitest";
import { buttonOf, type Card, eventButtons, type Input } from "../../src/cards/card.ts";
import { type MessengerRig, messengers } from "./messenger-rigs.ts";

const button = buttonOf();

const question: Card = {
  summary: "Which service?",
  title: "Which service?",
  parts: [
    { type: "text", text: "Pick one." },
    {
      type: "buttons",
      role: "choices",
      buttons: [
        button("First visit", { type: "service.chosen", id: "first-visit" }, "primary"),
        button("Follow-up", { type: "service.chosen", id: "follow-up" }),
      ],
    },
    {
      type: "buttons",
      role: "switch",
      label: "Days",
      buttons: [
        { ...button("Tue 3 Mar", { type: "day.shown", date: "2026-03-03" }), selected: true },
        button("Wed 4 Mar", { type: "day.shown", date: "2026-03-04", startsAtMs: 1_772_618_400_000, isFirst: false }),
      ],
    },
    { type: "buttons", role: "actions", buttons: [button("Withdraw", { type: "withdrawn" }, "danger")] },
    { type: "buttons", role: "navigation", buttons: [button("Back", { type: "went.back" })] },
  ],
};
const answered: Card = { summary: "Waiting for an answer", title: "Waiting for an answer", parts: [] };

function messageIdOf(sent: Awaited<ReturnType<MessengerRig["send"]>>): string {
  if (!sent.ok) throw new Error(`not sent: ${sent.error}`);
  return sent.messageId;
}

describe.each(messengers)("the messenger of $name", ({ open }) => {
  test("a card is posted once, in its person's chat, and its id is returned", async () => {
    const rig = await open();
    expect(messageIdOf(await rig.send({ card: question }))).not.toBe("");
    expect(rig.seen()).toHaveLength(1);
    for (const text of ["Which service?", "Pick one.", "First visit", "Wed 4 Mar", "Back"])
      expect(rig.seen()[0]).toContain(text);
  });

  test("a repaint edits that message and posts none; a repeated repaint changes nothing", async () => {
    const rig = await open();
    const messageId = messageIdOf(await rig.send({ card: question }));
    const repaint = { outboxId: "ob_2", card: answered, messageId, revision: 2 };
    expect(messageIdOf(await rig.send(repaint))).toBe(messageId);
    expect(messageIdOf(await rig.send({ ...repaint, attempt: 2 }))).toBe(messageId);
    expect(rig.seen()).toHaveLength(1);
    expect(rig.seen()[0]).toContain("Waiting for an answer");
    expect(rig.seen()[0]).not.toContain("Follow-up");
  });

  test("a repaint of a message deleted by its person reports that it is gone, and posts nothing", async () => {
    const rig = await open();
    const messageId = messageIdOf(await rig.send({ card: question }));
    rig.deleteNewest();
    const outcome = await rig.send({ outboxId: "ob_2", card: answered, messageId, revision: 2 });
    expect(outcome).toMatchObject({ ok: false, again: false, messageGone: true });
    expect(rig.seen()).toEqual([]);
  });

  test("every button of a card arrives as its own press: the talk, the seen revision, the unchanged event", async () => {
    for (const { label, action } of eventButtons(question)) {
      const rig = await open();
      await rig.send({ card: question, talkId: "tk_7", revision: 3 });
      await rig.press(label);
      expect(rig.inbounds).toHaveLength(1);
      expect(rig.inbounds[0]).toMatchObject({
        from: rig.to,
        body: { type: "press", talkId: "tk_7", seenRevision: 3, event: action.event },
      });
    }
  });

  test.each<[Input["kind"], string | readonly string[], readonly string[] | undefined]>([
    ["short_text", "Less *salt* & <more> _sleep_", undefined],
    ["long_text", "One\nTwo", undefined],
    ["choice", "Vegan, mostly", ["No", "Vegan, mostly"]],
    ["choices", ["A, b", "100%"], ["A, b", "100%", "Neither"]],
    ["number", "42", undefined],
    ["date", "2026-03-04", undefined],
    ["phone", "+351 21 000 00 00", undefined],
    ["yes_no", "no", undefined],
    ["consent", "yes", undefined],
  ])("an answer of kind %s arrives in the same form from every messenger", async (kind, value, options) => {
    const rig = await open();
    const input: Input = { id: "q-1", label: "A question", kind, required: true, ...(options && { options }) };
    const submit = button("Continue", { type: "form.sent" });
    await rig.send({ card: { ...answered, parts: [{ type: "inputs", inputs: [input], submit }] } });
    await rig.answer(input, value, "Continue");
    expect(rig.inbounds[0]?.body).toMatchObject({
      type: "press",
      event: { type: "form.sent" },
      values: { "q-1": value },
    });
  });

  test.each([
    "<!channel> <!here> <@U0MAYA> @everyone",
    "*bold* _slanted_ ~struck~ `code`",
    "[a link](https://evil.example) <https://evil.example|a bank>",
    "<script>alert(1)</script> & <at>all</at>",
    "# heading > quote 1. first - second \\* {{DATE(2026-03-02T08:00:00Z)}} ${x}",
  ])("a person's text is shown character by character: %s", async (hostile) => {
    const rig = await open();
    const card: Card = {
      summary: hostile,
      title: hostile,
      parts: [
        { type: "text", text: hostile },
        { type: "facts", facts: [{ label: "Reason", value: hostile }] },
        { type: "hint", text: hostile },
        { type: "buttons", role: "choices", buttons: [button(hostile, { type: "chosen" })] },
      ],
    };
    await rig.send({ card });
    const [message = ""] = rig.seen();
    const letters = (text: string) => (rig.emphasises ? text.replace(/[*_~]/g, "") : text);
    expect(letters(message).split(letters(hostile)).length - 1).toBeGreaterThanOrEqual(5);
    await rig.press(hostile);
    expect(rig.inbounds[0]?.body).toMatchObject({ event: { type: "chosen" } });
  });
});

const overNetwork = messengers.filter(({ name }) => name !== "the page");
describe.each(overNetwork)("the messenger of $name, with a remote platform", ({ open }) => {
  const openFar = async () => {
    const rig = await open();
    if (rig.network === undefined) throw new Error("this messenger has a network");
    return { ...rig, network: rig.network };
  };

  test("an outage is retried, with nothing posted meanwhile", async () => {
    const rig = await openFar();
    rig.network.outage();
    expect(await rig.send({ card: question })).toMatchObject({ ok: false, again: true });
    expect(rig.seen()).toEqual([]);
    rig.pass(2_000);
    expect(await rig.send({ card: question, attempt: 2 })).toMatchObject({ ok: true });
    expect(rig.seen()).toHaveLength(1);
  });

  test("a rate limit is reported with its delay, and respected", async () => {
    const rig = await openFar();
    rig.network.limit(7);
    expect(await rig.send({ card: question })).toMatchObject({ ok: false, again: true, afterMs: 7_000 });
    expect(rig.seen()).toEqual([]);
    rig.pass(7_000);
    expect(await rig.send({ card: question, attempt: 2 })).toMatchObject({ ok: true });
    expect(rig.seen()).toHaveLength(1);
  });

  test("after a lost answer the same outbox id is there at least once: exactly once where the platform can be searched, as the same talk and revision where it cannot (Teams)", async () => {
    const rig = await openFar();
    rig.network.loseReply();
    expect(await rig.send({ card: question })).toMatchObject({ ok: false, again: true });
    rig.pass(2_000);
    expect(await rig.send({ card: question, attempt: 2 })).toMatchObject({ ok: true });
    expect(rig.seen()).toHaveLength(rig.network.canLook ? 1 : 2);
    await rig.press("Back");
    expect(rig.inbounds[0]?.body).toMatchObject({ talkId: "tk_1", seenRevision: 1, event: { type: "went.back" } });
  });

  test("an unreachable person is reported as such, and not retried", async () => {
    const rig = await openFar();
    rig.network.shutOut();
    const outcome = await rig.send({ card: question });
    expect(outcome).toMatchObject({
      ok: false,
      again: false,
      unreachable: expect.stringMatching(/blocked|gone|not-installed/),
    });
    expect(rig.seen()).toEqual([]);
  });
});
