import type { ServerResponse } from "node:http";
import type { PageMessage } from "../../src/ports/page-messages.ts";
import type { Look, ShownMessage } from "./drawings.ts";

/** Pushes changes to open browser windows by server-sent events. */
export interface Live {
  /** Subscribes a window to these users' chats, the mail tray and the clock. Cards are drawn in the window's look. */
  listen(response: ServerResponse, users: readonly string[], look: Look): void;
  /** Whether an open window shows this user's chat. */
  watches(user: string): boolean;
  chatChanged(message: PageMessage): void;
  mailChanged(): void;
  /** Closes all streams. The windows reconnect and reload everything. */
  startOver(): void;
  /** The desk's time was moved to `nowMs`. */
  clockMoved(nowMs: number): void;
}

/** Must stay below 30 s, after which some proxies close an idle connection. */
const heartbeatMs = 15_000;
/** A window that stops reading (a suspended laptop) is disconnected; it reloads everything when it reconnects. */
const maxUnreadBytes = 1_000_000;

/** Opens the window registry. `shown` draws a message for one window. The heartbeat timer does not keep the process alive. */
export function openLive(shown: (message: PageMessage, look: Look) => ShownMessage): Live {
  const windows = new Map<ServerResponse, { readonly users: ReadonlySet<string>; readonly look: Look }>();
  let heartbeat: NodeJS.Timeout | undefined;

  function send(response: ServerResponse, text: string): void {
    if (response.writableLength > maxUnreadBytes) response.destroy();
    else response.write(text);
  }

  function remove(response: ServerResponse): void {
    windows.delete(response);
    if (windows.size === 0) clearInterval(heartbeat);
  }

  function sendToAll(text: string): void {
    for (const response of windows.keys()) send(response, text);
  }

  function beat(): void {
    sendToAll(":\n\n");
  }

  return {
    listen(response, users, look) {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      response.write("retry: 1000\n\n");
      response.on("close", () => remove(response));
      windows.set(response, { users: new Set(users), look });
      if (windows.size === 1) heartbeat = setInterval(beat, heartbeatMs).unref();
    },
    watches: (user) => [...windows.values()].some(({ users }) => users.has(user)),
    chatChanged(message) {
      for (const [response, { users, look }] of windows) {
        if (!users.has(message.user)) continue;
        send(response, eventText("chat", { user: message.user, message: shown(message, look) }));
      }
    },
    startOver() {
      for (const response of windows.keys()) response.end();
    },
    mailChanged: () => sendToAll(eventText("mail", {})),
    clockMoved: (nowMs) => sendToAll(eventText("clock", { nowMs })),
  };
}

function eventText(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
