import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { type Certificate, loopbackCertificate } from "./certificate.ts";

/** A request with its complete body. */
export interface Call {
  readonly method: string;
  /** Decoded path segments. */
  readonly path: readonly string[];
  readonly authorization: string;
  readonly body: string;
}

/** A response with a JSON body, or a broken connection. */
export type Reply =
  | { readonly status: number; readonly json?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "reset"
  | "hang";

export interface Loopback {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

let made: Certificate | undefined;

/** The certificate shared by this process's loopback servers. */
function testCertificate(): Certificate {
  made ??= loopbackCertificate();
  return made;
}

/** Makes this process trust the loopback servers. Other processes need `NODE_EXTRA_CA_CERTS` at start. */
export function trustLoopback(): void {
  const trusted = getCACertificates("default");
  const { ca } = testCertificate();
  if (!trusted.includes(ca)) setDefaultCACertificates([...trusted, ca]);
}

/** Writes the CA certificate to a file for `NODE_EXTRA_CA_CERTS`. The caller removes it. */
export function authorityFile(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-authority-"));
  const path = join(folder, "authority.pem");
  writeFileSync(path, testCertificate().ca);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Serves on a free port. An error thrown by `answer` becomes a 500 with its message. */
export async function serveLoopback(
  answer: (call: Call) => Reply | Promise<Reply>,
  { plain = false }: { readonly plain?: boolean } = {},
): Promise<Loopback> {
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    let reply: Reply;
    try {
      reply = await answer(await callOf(request));
    } catch (error) {
      reply = { status: 500, json: { error: { code: "DoubleFailed", message: String(error) } } };
    }
    if (reply === "reset") request.socket.destroy();
    if (typeof reply === "string") return;
    response.writeHead(reply.status, { "content-type": "application/json; charset=utf-8", ...reply.headers });
    response.end(reply.json === undefined ? undefined : JSON.stringify(reply.json));
  };
  const { key, cert } = testCertificate();
  const server = plain ? createPlain(listener) : createServer({ key, cert }, listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `${plain ? "http" : "https"}://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname } = new URL(request.url ?? "/", "http://loopback");
  return {
    method: request.method ?? "GET",
    path: pathname.split("/").filter(Boolean).map(decodeURIComponent),
    authorization: request.headers.authorization ?? "",
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
