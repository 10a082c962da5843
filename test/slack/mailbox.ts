import { once } from "node:events";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** A mail server that keeps every message. */
export interface Mailbox {
  /** For SMTP_URL and MAIL_FROM. */
  readonly env: Readonly<Record<string, string>>;
  readonly letters: readonly Email[];
}

/** Opens it for the running test. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 100,
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((letter) => {
          letters.push(letter);
          done();
        }, done);
      });
    },
  });
  server.on("error", () => {}); // ignores a desk that closes the connection early
  onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    env: { SMTP_URL: `smtp://127.0.0.1:${address.port}`, MAIL_FROM: "Frontdesk <desk@harbour.example>" },
    letters,
  };
}
