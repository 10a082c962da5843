import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What stands in front of several desks, for the running test only. */
export interface Balancer {
  readonly address: string;
  /** Answers that were none: broken off, or any status but 200; a line each. */
  readonly failures: readonly string[];
  /** How many requests found nobody at a desk that is replaced, and were given to the next. */
  passedOn(): number;
  /** How many requests the desk at this port has not answered yet. */
  underWay(port: number): number;
}

/**
 * Gives each request to the desks in turn, on a connection of its own. Where it is refused, the next desk gets it; so it
 * does where a desk that `isReplaced` closes its port before it took the connection, which the system then resets.
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
        const { code } = error as NodeJS.ErrnoException; // errors of sockets have codes
        if (!isReplaced(port) || !["ECONNREFUSED", "ECONNRESET"].includes(code ?? "")) throw error;
        passedOn += 1;
      } finally {
        underWay.set(port, (underWay.get(port) ?? 0) - 1);
      }
    }
    throw new Error("nobody listens");
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
  // The client's Host and Origin go along, as a balancer in earnest is set up to do.
  const asking = request({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
  asking.end(body);
  const [response]: IncomingMessage[] = await once(asking, "response");
  if (response === undefined) throw new Error("no answer");
  return { status: response.statusCode ?? 0, answer: await buffer(response) };
}
