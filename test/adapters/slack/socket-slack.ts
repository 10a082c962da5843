import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** The part of Slack that Socket Mode needs: `apps.connections.open`, `auth.test`, and one socket (RFC 6455). */
export interface SocketSlack {
  readonly apiUrl: string;
  /** The number of connections by the app. */
  connections(): number;
  /** Sends an event; returns its envelope's id. */
  event(envelopeId: string, body: object): void;
  /** The acknowledged envelope ids, in order. */
  readonly acknowledged: string[];
  /** Breaks the connection. */
  drop(): void;
  close(): Promise<void>;
}

/** Opens it on a free port. The caller closes it. */
export async function openSocketSlack(team: string): Promise<SocketSlack> {
  const sockets: Duplex[] = [];
  const acknowledged: string[] = [];
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo; // it listens on a port
    const answer = String(request.url).endsWith("apps.connections.open")
      ? { ok: true, url: `ws://127.0.0.1:${port}/link` }
      : { ok: true, team_id: team, user_id: "U0DESK", bot_id: "B0DESK" };
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  server.on("upgrade", (request, socket: Duplex) => {
    const key = `${String(request.headers["sec-websocket-key"])}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.push(socket);
    socket.on("error", () => {});
    let buffered = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (let frame = nextFrame(buffered); frame !== undefined; frame = nextFrame(buffered)) {
        buffered = buffered.subarray(frame.bytes);
        if (frame.opcode === 8) socket.end();
        if (frame.opcode === 1) acknowledged.push(String(JSON.parse(frame.text).envelope_id));
      }
    });
    send(socket, { type: "hello" });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as above
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    connections: () => sockets.length,
    event(envelopeId, payload) {
      const socket = sockets.at(-1);
      if (socket !== undefined) send(socket, { type: "events_api", envelope_id: envelopeId, payload });
    },
    acknowledged,
    drop: () => void sockets.at(-1)?.destroy(),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(socket: Duplex, message: object): void {
  const body = Buffer.from(JSON.stringify(message));
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, 0, 0]);
  if (body.length >= 126) head.writeUInt16BE(body.length, 2);
  socket.write(Buffer.concat([head, body]));
}

/** A client's frame, which is always masked; short frames only. */
function nextFrame(
  bytes: Buffer,
): { readonly opcode: number; readonly text: string; readonly bytes: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const at = short === 126 ? 4 : 2;
  if (bytes.length < at) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < at + 4 + length) return undefined;
  const mask = bytes.subarray(at, at + 4);
  const body = bytes.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 0x0f, text: Buffer.from(body).toString("utf8"), bytes: at + 4 + length };
}
