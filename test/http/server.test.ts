import { once } from "node:events";
import { Agent, type ClientRequest, get, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { BusyError } from "../../src/errors.ts";
import { openHttpServer } from "../../src/http/server.ts";
import { openLog } from "../../src/log.ts";
import type { Route } from "../../src/ports/route.ts";
import { says, serve } from "../support/http.ts";

describe("routing", () => {
  test("matches method and path, with decoded parameters", async () => {
    const route: Route = {
      method: "GET",
      path: "/form/:token/part/:name",
      handle: ({ response, params, url }) =>
        void response.end(JSON.stringify({ ...params, q: url.searchParams.get("q") })),
    };
    const { address } = await serve([route]);
    const answer = await fetch(`${address}/form/a%2Fb/part/%C3%A9?q=1`);
    expect(await answer.json()).toEqual({ token: "a/b", name: "é", q: "1" });
  });

  test("prefers a literal segment over a placeholder, in any order", async () => {
    const { address } = await serve([says("/form/:token", "any"), says("/form/new", "new")]);
    expect(await (await fetch(`${address}/form/new`)).text()).toBe("new");
    expect(await (await fetch(`${address}/form/old`)).text()).toBe("any");
  });

  test.each(["/", "/x", "/form", "/form/", "/form/a/b", "/form/%ff", "//form/a", "/form//"])(
    "has no route for %s: 404 with a sentence",
    async (path) => {
      const { address } = await serve([says("/form/:token", "any")]);
      const answer = await fetch(address + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ error: "Nothing was found at this address." });
    },
  );

  test("R11 a request with two Host headers gets 400 with a sentence, and the next request is served", async () => {
    const { address, port } = await serve([says("/a", "text")]);
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /a HTTP/1.1\r\nHost: localhost\r\nhost: desk.example\r\nConnection: close\r\n\r\n");
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('{"error":"This request names more than one host."}');
    expect(await (await fetch(`${address}/a`)).text()).toBe("text");
  });

  test("R12 every response tells browsers to stay on https where people reach the desk by https", async () => {
    const secure = await serve([says("/a", "text")], { isHttps: true });
    const plain = await serve([says("/a", "text")]);
    const told = async (address: string, path: string) =>
      (await fetch(address + path)).headers.get("strict-transport-security");
    expect([await told(secure.address, "/a"), await told(secure.address, "/nothing")]).toEqual([
      "max-age=31536000",
      "max-age=31536000",
    ]);
    expect(await told(plain.address, "/a")).toBe(null);
  });

  test("with the wrong method is 405 and lists the allowed ones", async () => {
    const { address } = await serve([says("/form/:token", "any"), { ...says("/pay", ""), method: "POST" }]);
    const answers = await Promise.all([fetch(`${address}/form/a`, { method: "DELETE" }), fetch(`${address}/pay`)]);
    expect(answers.map(({ status }) => status)).toEqual([405, 405]);
    expect(answers.map(({ headers }) => headers.get("allow"))).toEqual(["GET, HEAD", "POST"]);
  });

  test("HEAD gets GET's headers and no body, even of a stream that does not end", async () => {
    const stream: Route = {
      method: "GET",
      path: "/events",
      handle: ({ response }) =>
        void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n"),
    };
    const { address } = await serve([says("/a", "text"), stream]);
    for (const path of ["/a", "/events"]) {
      const answer = await fetch(address + path, { method: "HEAD" });
      expect([answer.status, await answer.text()]).toEqual([200, ""]);
    }
  });

  test("does not depend on what the Host header or an absolute address says", async () => {
    const route: Route = { method: "GET", path: "/a", handle: ({ response, url }) => void response.end(url.origin) };
    const { port } = await serve([route]);
    expect(await raw(port, "GET /a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")).toContain(
      "http://localhost",
    );
    expect(await raw(port, "GET http://evil.example/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1.1 400 /,
    );
    expect(await raw(port, "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
    expect(await raw(port, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  });

  test("rejects duplicates", () => {
    const log = openLog({ level: "silent", destination: { write: () => {} } });
    expect(() => openHttpServer({ routes: [says("/form/:token", ""), says("/form/:id", "")], log })).toThrow(
      "duplicate route: GET /form/:id",
    );
  });
});

test("a response disables framing, caching, sniffing and indexing, unless its route sets other headers", async () => {
  const loose: Route = {
    method: "GET",
    path: "/loose",
    handle: ({ response }) => void response.setHeader("cache-control", "max-age=60").end(),
  };
  const { address } = await serve([says("/a", "text"), loose]);
  const { headers } = await fetch(`${address}/a`);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${address}/missing`)).headers.get("x-frame-options")).toBe("DENY");
  expect((await fetch(`${address}/loose`)).headers.get("cache-control")).toBe("max-age=60");
});

describe("a route that fails", () => {
  test("is 500 with a sentence and one log line that names the route pattern, not the URL", async () => {
    const route: Route = {
      method: "GET",
      path: "/form/:token",
      handle: async () => {
        throw new Error("planted");
      },
    };
    const { address, lines } = await serve([route]);
    const answer = await fetch(`${address}/form/secret`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: "Something went wrong. Please try again in a moment." });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "error", event: "http.failed", method: "GET", route: "/form/:token" });
    expect(JSON.stringify(lines)).not.toMatch(/planted|secret/);
    expect((await fetch(`${address}/form/next`)).status).toBe(500);
  });

  test("is 503 with a sentence for a retryable error, as on a locked database", async () => {
    const route: Route = {
      method: "GET",
      path: "/busy",
      handle: async () => {
        throw new BusyError();
      },
    };
    const { address } = await serve([route]);
    const answer = await fetch(`${address}/busy`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.json()).toEqual({
      error: "The desk is busy. Nothing was changed. Please try again in a moment.",
    });
  });

  test("after the headers were sent closes the connection, so that a partial response is detected", async () => {
    const route: Route = {
      method: "GET",
      path: "/half",
      handle: ({ response }) => {
        response.writeHead(200).write("half");
        throw new Error("planted");
      },
    };
    const { address } = await serve([route]);
    await expect(fetch(`${address}/half`).then((answer) => answer.text())).rejects.toThrow();
  });
});

test("a client that never finishes its request is disconnected", async () => {
  const { port } = await serve([says("/a", "")], { requestMs: 100 });
  expect(await raw(port, "GET /a HTTP/1.1\r\nHost: x\r\nX-Slow: ")).toMatch(/^HTTP\/1.1 408 /);
});

test("a port that is taken is an error of listen, not of the process", async () => {
  const { port } = await serve([]);
  const log = openLog({ level: "silent", destination: { write: () => {} } });
  await expect(openHttpServer({ routes: [], log }).listen(port, "127.0.0.1")).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

describe("closing", () => {
  test("ends event streams, closes idle keep-alive connections and refuses new ones", async () => {
    const stream: Route = {
      method: "GET",
      path: "/events",
      handle: ({ response }) =>
        void response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" }).write("data: 1\n\n"),
    };
    const { address, server } = await serve([stream, says("/a", "text")], { drainMs: 60_000 });
    const agent = new Agent({ keepAlive: true });
    const idle = await answerOf(get(`${address}/a`, { agent }));
    await bodyOf(idle);
    const events = await fetch(`${address}/events`);
    await server.close();
    expect(await events.text()).toBe("data: 1\n\n");
    await expect(fetch(`${address}/a`)).rejects.toThrow();
    agent.destroy();
  });

  test("waits for a request under way and then closes its kept-alive connection", async () => {
    const arrived = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const slow: Route = {
      method: "GET",
      path: "/slow",
      async handle({ response }) {
        arrived.resolve();
        await finish.promise;
        response.end("done");
      },
    };
    const { address, server } = await serve([slow], { drainMs: 60_000 });
    const agent = new Agent({ keepAlive: true });
    const answer = answerOf(get(`${address}/slow`, { agent }));
    await arrived.promise;
    const closed = server.close();
    finish.resolve();
    expect((await answer).headers.connection).toBe("close");
    expect(await bodyOf(await answer)).toBe("done");
    await closed;
    agent.destroy();
  });

  test("finally cuts requests that do not end", async () => {
    const arrived = Promise.withResolvers<void>();
    const { address, server } = await serve([{ method: "GET", path: "/never", handle: () => arrived.resolve() }], {
      drainMs: 50,
    });
    const answer = answerOf(get(`${address}/never`));
    await arrived.promise;
    await Promise.all([server.close(), expect(answer).rejects.toThrow()]);
  });

  test("is not held up by a client that sends nothing", async () => {
    const { port, server } = await serve([], { drainMs: 50 });
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const [, [hadError]] = await Promise.all([server.close(), once(socket.resume(), "close")]);
    expect(hadError).toBe(false);
  });
});

test("a client that disconnects while sending its body is not logged as an error", async () => {
  const left = Promise.withResolvers<void>();
  const route: Route = {
    method: "POST",
    path: "/a",
    async handle({ request: incoming }) {
      try {
        for await (const _ of incoming);
      } finally {
        left.resolve();
      }
    },
  };
  const { address, lines } = await serve([route]);
  const sending = request(`${address}/a`, { method: "POST", headers: { "content-length": "1000" } });
  sending.on("error", () => {});
  sending.write("half", () => sending.destroy());
  await left.promise;
  await new Promise((done) => setImmediate(done));
  expect(lines).toEqual([]);
});

/** Everything a server answers to these bytes until it closes the connection. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text;
}

async function answerOf(sent: ClientRequest): Promise<IncomingMessage> {
  const [answer] = await once(sent, "response");
  return answer;
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of answer) text += chunk;
  return text;
}
