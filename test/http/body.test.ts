import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { answerJson } from "../../src/http/answer.ts";
import { answerRefusedBody, readBody, readJson } from "../../src/http/body.ts";
import type { Route } from "../../src/ports/route.ts";
import { serve } from "../support/http.ts";

const kilobyte = 1_024;

const json: Route = {
  method: "POST",
  path: "/json",
  async handle({ request: incoming, response }) {
    const read = await readJson(incoming, kilobyte);
    if (read.ok) answerJson(response, 200, { got: read.value });
    else answerRefusedBody(response, read.refusal);
  },
};

function post(address: string, body: string): Promise<Response> {
  return fetch(`${address}/json`, { method: "POST", body });
}

describe("a body", () => {
  test("is read completely, up to the limit", async () => {
    const { address } = await serve([json]);
    const text = JSON.stringify("é".repeat(511)); // 2 bytes each and the quotes
    expect(Buffer.byteLength(text)).toBe(kilobyte);
    const answer = await post(address, text);
    expect([answer.status, await answer.json()]).toEqual([200, { got: "é".repeat(511) }]);
  });

  test.each([
    ["one byte", kilobyte + 1],
    ["a hundred times", 100 * kilobyte],
    ["ten thousand times", 10_000 * kilobyte],
  ])("that is %s over the limit gets 413, and the next request is served", async (_, bytes) => {
    const { address } = await serve([json]);
    const answer = await post(address, "x".repeat(bytes));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ error: "That is too much for one message. Please send less." });
    expect(answer.headers.get("connection")).toBe("close");
    expect((await post(address, "1")).status).toBe(200);
  });

  test("over the limit is read to its end, so that a client that reads only after sending gets the response", async () => {
    const { port } = await serve([json]);
    const socket = connect(port, "127.0.0.1");
    const bytes = 10_000 * kilobyte;
    socket.write(`POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n`);
    await new Promise((sent) => socket.write(Buffer.alloc(bytes), sent));
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  test("over the limit without a content-length gets 413 too", async () => {
    const { address } = await serve([json]);
    const sending = request(`${address}/json`, { method: "POST" });
    sending.write("x".repeat(kilobyte));
    sending.end("x".repeat(kilobyte));
    const [answer] = await once(sending, "response");
    expect(answer.statusCode).toBe(413);
    answer.resume();
  });

  test.each(["", "{", "nonsense", "\uFEFF{}"])("%j is not JSON: 400", async (text) => {
    const { address } = await serve([json]);
    const answer = await post(address, text);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: "This request could not be read: it is not JSON." },
    ]);
  });

  test("that breaks off is a refusal, not an exception", async () => {
    const refusal = Promise.withResolvers<unknown>();
    const route: Route = {
      method: "POST",
      path: "/json",
      handle: async ({ request: incoming }) => refusal.resolve(await readBody(incoming, kilobyte)),
    };
    const { address } = await serve([route]);
    const sending = request(`${address}/json`, { method: "POST", headers: { "content-length": "1000" } });
    sending.on("error", () => {});
    sending.write("half", () => sending.destroy());
    expect(await refusal.promise).toEqual({ ok: false, refusal: "incomplete" });
  });

  test("without an end is cut off", async () => {
    const { address } = await serve([json]);
    const sending = request(`${address}/json`, { method: "POST" });
    const megabyte = Buffer.alloc(1_024 * kilobyte);
    const over = new Promise<void>((done) =>
      sending.once("error", () => done()).once("response", (answer) => answer.resume() && done()),
    );
    let stop = false;
    void over.then(() => {
      stop = true;
    });
    let sent = 0;
    while (!stop && sent < 200) {
      sent += 1;
      if (!sending.write(megabyte)) await Promise.race([once(sending, "drain").catch(() => {}), over]);
    }
    sending.destroy();
    expect(sent).toBeLessThan(200);
  });
});
