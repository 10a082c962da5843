import type { ServerResponse } from "node:http";
import type { PageMessage } from "../../src/ports/page-messages.ts";
import type { Look, ShownMessage } from "./drawings.ts";

/** The open browser windows, told of every change (server-sent events). */
export interface Live {
  /** Keeps the response open and tells it of these users' chats, cards drawn as it shows them, of mail and of the clock. */
  listen(response: ServerResponse, users: readonly string[], look: Look): void;
  /** Whether anybody looks at this user's chat. */
  watches(user: string): boolean;
  chatChanged(message: PageMessage): void;
  mailChanged(): void;
  /** Lets every window connect anew, upon which it asks for everything. */
  startOver(): void;
  /** The desk's time has jumped to `nowMs`. */
  clockMoved(nowMs: number): void;
}

/** Below the half minute after which some software between browser and desk drops a silent connection. */
const heartbeatMs = 15_000;
/** A window that reads nothing any more (a suspended laptop) is dropped; it asks for everything when it comes back. */
const maxUnreadBytes = 1_000_000;

/** Opens the register of windows; `shown` draws a message for one of them. Its heartbeat never keeps the process alive. */
export function openLive(shown: (message: PageMessage, look: Look) => ShownMessage): Live {
  const windows = new Map<ServerResponse, { readonly users: ReadonlySet<string>; readonly look: Look }>();
  let heartbeat: NodeJS.Timeout | undefined;

  function tell(response: ServerResponse, text: string): void {
    if (response.writableLength > maxUnreadBytes) response.destroy();
    else response.write(text);
  }

  function forget(response: ServerResponse): void {
    windows.delete(response);
    if (windows.size === 0) clearInterval(heartbeat);
  }

  function tellAll(text: string): void {
    for (const response of windows.keys()) tell(response, text);
  }

  function beat(): void {
    tellAll(":\n\n");
  }

  return {
    listen(response, users, look) {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
      response.write("retry: 1000\n\n");
      response.on("close", () => forget(response));
      windows.set(response, { users: new Set(users), look });
      if (windows.size === 1) heartbeat = setInterval(beat, heartbeatMs).unref();
    },
    watches: (user) => [...windows.values()].some(({ users }) => users.has(user)),
    chatChanged(message) {
      for (const [response, { users, look }] of windows) {
        if (!users.has(message.user)) continue;
        tell(response, eventText("chat", { user: message.user, message: shown(message, look) }));
      }
    },
    startOver() {
      for (const response of windows.keys()) response.end();
    },
    mailChanged: () => tellAll(eventText("mail", {})),
    clockMoved: (nowMs) => tellAll(eventText("clock", { nowMs })),
  };
}

function eventText(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
