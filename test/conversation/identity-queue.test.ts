import { expect, test } from "vitest";
import { mostWaiting, openIdentityQueue } from "../../src/conversation/identity-queue.ts";
import { BusyError } from "../../src/errors.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { openQuay, wordsOn } from "../desk/quay.ts";

/** A turn that ends when told. */
function openTurn() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { turn: () => promise, end: resolve, fail: reject };
}

test("the turns of one user run one after the other, those of another at once (R4)", async () => {
  const queue = openIdentityQueue();
  const order: string[] = [];
  const [first, second] = [openTurn(), openTurn()];
  const noting =
    (name: string, { turn }: ReturnType<typeof openTurn>) =>
    async () => {
      order.push(`${name} begins`);
      await turn();
      order.push(`${name} ends`);
    };
  const all = [queue.run("ana", noting("first", first)), queue.run("ana", noting("second", second))];
  await queue.run("ben", async () => void order.push("ben"));
  first.end();
  second.end();
  await Promise.all(all);
  expect(order).toEqual(["first begins", "ben", "first ends", "second begins", "second ends"]);
});

test("a user is full from 30 waiting turns until all have run; a failed turn does not stop the next", async () => {
  const queue = openIdentityQueue();
  const { turn, fail } = openTurn();
  const head = queue.run("ana", turn);
  const rest = Array.from({ length: mostWaiting }, (_, n) => {
    expect(queue.isFull("ana")).toBe(false);
    return queue.run("ana", async () => n);
  });
  expect([queue.isFull("ana"), queue.isFull("ben")]).toEqual([true, false]);
  fail(new TypeError("broken"));
  await expect(head).rejects.toThrow("broken");
  expect(await Promise.all(rest)).toEqual(Array.from({ length: mostWaiting }, (_, n) => n));
  expect(queue.isFull("ana")).toBe(false);
});

test("turns that wait behind a locked database are rejected with it, and later ones are tried", async () => {
  const queue = openIdentityQueue();
  const { turn, fail } = openTurn();
  const waiting = [queue.run("ana", turn), queue.run("ana", async () => 1), queue.run("ana", async () => 2)];
  fail(new BusyError());
  const ended = await Promise.allSettled(waiting);
  expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(await queue.run("ana", async () => 3)).toBe(3);
});

test("300 messages of one person at once: most are refused with a sentence, which she reads once, and another person is answered meanwhile (R4)", async () => {
  const desk = await openQuay();
  const from = (user: string) => ({ platform: "page", workspace: "local", user }) as const;
  const say = (user: string, id: string) =>
    desk.engine.deliver({ id, receivedAtMs: desk.clock.now(), from: from(user), body: { type: "text", text: "help" } });
  const ended: string[] = [];
  const flood = Array.from({ length: 300 }, async (_, n) => {
    const { refused } = await say("ana", `flood ${n}`);
    if (refused === undefined) ended.push("ana");
    return refused;
  });
  await say("ben", "one").then(() => ended.push("ben"));
  const refusals = (await Promise.all(flood)).filter((one) => one === conversationWords.flood);
  expect(ended.indexOf("ben")).toBeLessThan(3);
  expect(refusals).toHaveLength(300 - 1 - mostWaiting);
  await say("ana", "afterwards");
  await desk.idle();
  const told = desk.chat("ana").filter(({ card }) => wordsOn(card).includes(conversationWords.flood));
  expect(told).toHaveLength(1);
});
