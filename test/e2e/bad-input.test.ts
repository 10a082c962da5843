import { randomUUID } from "node:crypto";
import { type IncomingHttpHeaders, request } from "node:http";
import { expect, test } from "vitest";
import type { PageMessage } from "../../src/ports/page-messages.ts";
import { openWindow } from "../support/desk-window.ts";
import { type RunningDesk, startDesk } from "../support/running-desk.ts";
import { chooseVideo, requestFirstVisit } from "./request-first-visit.ts";

const monday = "2026-03-02T08:00:00Z";

/**
 * What a client must not be able to change through input: a refused press is recorded in `audit`, a reply is a message.
 */
const books = [
  "bookings",
  "claims",
  "timers",
  "answers",
  "terms_acceptances",
  "clients",
  "practitioners",
  "memberships",
];

test("a forged press is refused with a message and changes nothing: another person's card, an unseen card, a time never offered (D7.4)", async () => {
  const desk = await startDesk({ clock: monday });
  const { client, practitioner } = await openWindow(desk, { as: "Ana Alves" });
  await requestFirstVisit(client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00" });
  await practitioner.card("A session request").waitFor();
  const request = await newestCard(desk, "maya");
  const own = await newestCard(desk, "ana");
  const [booking] = desk.rows("bookings");
  const before = stateOf(desk);
  const confirm = { type: "confirm.chosen" };

  const notYours = "This card belongs to someone else's chat, so nothing was done.";
  expect(await press(desk, "ana", request, confirm)).toEqual({ refused: notYours });
  expect(await press(desk, "unbound-cleo", request, confirm)).toEqual({ refused: notYours });
  expect(await press(desk, "ana", { talkId: "tk_never", revision: 1 }, confirm)).toEqual({ refused: notYours });

  const notOnCard = /^That choice is no longer on the card, so nothing was done/;
  for (const event of [
    { type: "booking.changed", status: "confirmed" },
    { type: "withdrawal.agreed" },
    { type: "slot.chosen", startsAtMs: Number(booking?.starts_at_ms) + 3_600_000 },
    { type: "xstate.init" },
  ]) {
    expect(await press(desk, "ana", own, event), event.type).toEqual({ refused: expect.stringMatching(notOnCard) });
  }
  expect(stateOf(desk)).toEqual(before);

  await client.press("Waiting for an answer", "Book another session");
  await client.press("What would you like to book?", "First visit");
  await client.press("How would you like to meet?", "Video");
  await client.card("When suits you?").waitFor();
  const times = await newestCard(desk, "ana");
  for (const startsAt of ["2026-03-04T10:00Z", "2026-03-04T10:07Z", "2026-03-02T07:00Z", "2026-03-07T10:00Z"]) {
    const event = { type: "slot.chosen", startsAtMs: Date.parse(startsAt) };
    expect(await press(desk, "ana", times, event), startsAt).toEqual({ refused: expect.stringMatching(notOnCard) });
  }
  expect(stateOf(desk)).toEqual(before);
  expect(desk.rows("audit").filter(({ action }) => action === "press.refused")).toHaveLength(11);
});

test("a message of 10,000 characters and one of only emoji get a reply, during a step and outside one", async () => {
  const desk = await startDesk({ clock: monday });
  const { client } = await openWindow(desk, { as: "Ana Alves" });
  await client.card("Hello Ana Alves").waitFor();
  await client.say("a".repeat(10_000));
  await client.newest("Hello Ana Alves").getByText("That message is too long for me.").waitFor();
  await client.say("🧘‍♀️🥦💚");
  await client.newest("I am not sure what you mean").waitFor();
  await client.press("I am not sure what you mean", "Request a session");
  await client.press("What would you like to book?", "First visit");
  await client.card("How would you like to meet?").waitFor();
  await client.say("b ".repeat(5_000));
  await client.newest("How would you like to meet?").getByText("That message is too long for me.").waitFor();
  await client.say("👍");
  await client.newest("How would you like to meet?").getByText("I did not understand that.").waitFor();
  await client.press("How would you like to meet?", "Video");
  await client.card("When suits you?").waitFor();
  expect(desk.rows("bookings")).toEqual([]);
});

test("a request the page would never send is rejected and leaves no row", async () => {
  const desk = await startDesk({ clock: monday });
  const { client } = await openWindow(desk, { as: "Ana Alves" });
  await chooseVideo(client, "Ana Alves");
  await client.card("When suits you?").waitFor();
  const { talkId, revision } = await newestCard(desk, "ana");
  const { text: earlier } = await ask(desk, "GET", "/page/chat?user=ana");
  const before = desk.counts();
  const line = JSON.stringify({ user: "ana", id: randomUUID(), text: "book" });
  const pressOf = (more: object) =>
    JSON.stringify({ user: "ana", id: randomUUID(), talkId, revision, event: { type: "went.back" }, ...more });

  expect(
    await ask(desk, "POST", "/page/say", { body: `{"user":"ana","text":"${"x".repeat(100_000)}"}` }),
  ).toMatchObject({
    status: 413,
    text: '{"error":"That is too much for one message. Please send less."}',
  });
  for (const body of [
    line.slice(0, -1),
    "",
    "null",
    "[]",
    JSON.stringify({ user: "ana", text: "book" }),
    JSON.stringify({ user: "../maya", id: randomUUID(), text: "book" }),
    JSON.stringify({ user: "ana", id: "1", text: "book" }),
    JSON.stringify({ user: "ana", id: randomUUID(), text: "book", role: "practitioner" }),
  ]) {
    expect(await ask(desk, "POST", "/page/say", { body }), body).toMatchObject({
      status: 400,
      text: expect.stringContaining("This request could not be read"),
    });
  }
  for (const body of [
    pressOf({ revision: -1 }),
    pressOf({ revision: "1" }),
    pressOf({ event: {} }),
    pressOf({ event: { type: "went.back", deep: JSON.parse(`${"[".repeat(20)}${"]".repeat(20)}`) } }),
    pressOf({ event: { type: "went.back", long: "x".repeat(9_000) } }),
    pressOf({ values: { goal: { $ne: 1 } } }),
  ]) {
    expect(await ask(desk, "POST", "/page/press", { body }), body).toMatchObject({ status: 400 });
  }

  const { address: origin } = desk;
  for (const headers of [
    { origin, "x-forwarded-for": "203.0.113.7" },
    { origin, forwarded: "for=203.0.113.7" },
    { origin, host: "desk.example" },
    { host: `desk.example:${desk.port}`, origin: `http://desk.example:${desk.port}` },
    { origin: "https://desk.example" },
    { origin: "null" },
    {},
    { origin, "content-type": "text/plain" },
  ]) {
    expect(await ask(desk, "POST", "/page/say", { body: line, headers }), JSON.stringify(headers)).toMatchObject({
      status: 404,
      text: "",
    });
  }
  for (const headers of [
    { "x-forwarded-for": "203.0.113.7" },
    { "x-forwarded-host": "desk.example" },
    { host: "desk.example" },
  ]) {
    for (const path of [
      "/",
      "/page/people",
      "/page/chat?user=ana",
      "/page/mail",
      "/page/events?client=ana&practitioner=maya",
    ]) {
      expect(await ask(desk, "GET", path, { headers }), path).toMatchObject({ status: 404, text: "" });
    }
  }
  expect(await ask(desk, "GET", "/page/say")).toMatchObject({ status: 405 });
  expect(await ask(desk, "GET", "/page/chat?user=%27%20or%201=1")).toMatchObject({ status: 400 });
  expect(await ask(desk, "GET", "/page/../../etc/passwd")).toMatchObject({ status: 404 });

  expect(desk.counts()).toEqual(before);
  expect((await ask(desk, "GET", "/page/chat?user=ana")).text).toBe(earlier);
  await client.press("When suits you?", "Back");
  await client.card("How would you like to meet?").waitFor();
});

function stateOf(desk: RunningDesk) {
  return Object.fromEntries(books.map((table) => [table, desk.rows(table)]));
}

/** The newest card of a person's chat, as the page receives it. */
async function newestCard(desk: RunningDesk, user: string): Promise<{ talkId: string; revision: number }> {
  const messages: PageMessage[] = JSON.parse((await ask(desk, "GET", `/page/chat?user=${user}`)).text);
  const { talkId, revision } = messages.findLast(({ author }) => author === "desk") ?? {};
  if (talkId === undefined || revision === undefined) throw new Error(`${user} has no card`);
  return { talkId, revision };
}

/** A press with a hand-made payload, sent the way the page's script sends it. */
async function press(desk: RunningDesk, user: string, card: { talkId: string; revision: number }, event: object) {
  const body = JSON.stringify({ user, id: randomUUID(), ...card, event });
  const { status, text } = await ask(desk, "POST", "/page/press", { body });
  expect(status).toBe(200);
  return JSON.parse(text);
}

/** A request with headers that a browser does not let a page set. Headers not given default to the page's own. */
function ask(
  desk: RunningDesk,
  method: string,
  path: string,
  { body = "", headers }: { body?: string; headers?: Record<string, string> } = {},
): Promise<{ readonly status: number | undefined; readonly headers: IncomingHttpHeaders; readonly text: string }> {
  const address = { host: `localhost:${desk.port}`, ...(headers === undefined ? { origin: desk.address } : {}) };
  const own = { ...address, "content-type": "application/json", ...headers };
  const sent = method === "POST" ? { ...own, "content-length": String(Buffer.byteLength(body)) } : own;
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port: desk.port, method, path, headers: sent, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(method === "POST" ? body : undefined);
  });
}
