import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A load balancer in front of several desks, for the running test only. */
export interface Balancer {
  readonly address: string;
  /** Failed answers, a line each: broken connections and any status but 200. */
  readonly failures: readonly string[];
  /** The number of requests refused by a desk under replacement and passed on to the next one. */
  passedOn(): number;
  /** The number of requests the desk at this port has not answered yet. */
  underWay(port: number): number;
}

/**
 * Forwards each request to the desks in turn, on a connection of its own. A refused request goes to the next desk. So
 * does a request whose connection the system resets because a desk that `isReplaced` closed its port before accepting
 * it.
 */
export async function openBalancer(ports: readonly number[], isReplaced: (port: number) => boolean): Promise<Balancer> {
  const failures: string[] = [];
  const underWay = new Map(ports.map((port) => [port, 0]));
  let turn = 0;
  let passedOn = 0;

  async function forward(asked: IncomingMessage, body: Buffer): Promise<{ status: number; answer: Buffer }> {
    const first = turn++;
    const inTurn = ports.map((_, at) => ports[(first + at) % ports.length] ?? 0);
    for (const port of inTurn) {
      underWay.set(port, (underWay.get(port) ?? 0) + 1);
      try {
        return await ask(port, asked, body);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException; // socket errors carry a code
        if (!isReplaced(port) || !["ECONNREFUSED", "ECONNRESET"].includes(code ?? "")) throw error;
        passedOn += 1;
      } finally {
        underWay.set(port, (underWay.get(port) ?? 0) - 1);
      }
    }
    throw new Error("no desk is listening");
  }

  const server = createServer(async (asked, answering) => {
    const { status, answer } = await forward(asked, await buffer(asked)).catch((error: unknown) => {
      return { status: 502, answer: Buffer.from(JSON.stringify({ error: String(error) })) };
    });
    if (status !== 200) failures.push(`${asked.method} ${asked.url}: ${status} ${answer.toString().slice(0, 200)}`);
    answering.writeHead(status, { "content-type": "application/json" }).end(answer);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const at = server.address();
  if (typeof at !== "object" || at === null) throw new Error("no port");
  return {
    address: `http://127.0.0.1:${at.port}`,
    failures,
    passedOn: () => passedOn,
    underWay: (port) => underWay.get(port) ?? 0,
  };
}

async function ask(port: number, { method, url, headers }: IncomingMessage, body: Buffer) {
  // Forwards the client's Host and Origin, as a production load balancer does.
  const asking = request({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
  asking.end(body);
  const [response]: IncomingMessage[] = await once(asking, "response");
  if (response === undefined) throw new Error("no answer");
  return { status: response.statusCode ?? 0, answer: await buffer(response) };
}
