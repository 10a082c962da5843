import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { openSmtpMailer } from "../../../adapters/email/smtp.ts";
import type { Mail } from "../../../src/ports/mailer.ts";
import { from, invitation, mail } from "./mails.ts";

interface Letter {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly mime: Buffer;
}

const open: { close(done: () => void): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise<void>((done) => server.close(done))));
});

/** A real SMTP server that keeps every mail. */
async function mailServer(
  options: SMTPServerOptions = {},
): Promise<{ readonly url: string; readonly letters: readonly Letter[] }> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const sender = mailFrom === false ? "" : (mailFrom?.address ?? "");
        letters.push({ sender, recipients: rcptTo.map(({ address }) => address), mime: Buffer.concat(chunks) });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {}); // some tests here close the connection early
  open.push(server);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return { url: `smtp://127.0.0.1:${portOf(listener)}`, letters };
}

/** A server that accepts a connection and then runs the test's handler, which may do nothing. */
async function rudeServer(greet: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.resume();
    greet(socket);
  });
  open.push({ close: (done) => server.close(done) });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `smtp://127.0.0.1:${portOf(server)}`;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // a listening TCP server has an AddressInfo
}

function refusing(code: number, words: string): NonNullable<SMTPServerOptions["onRcptTo"]> {
  return (_address, _session, done) => done(Object.assign(new Error(words), { responseCode: code }));
}

function send(url: string, changes: Partial<Mail> = {}, timeouts = {}) {
  return openSmtpMailer({ url, from, timeouts }).send(mail(changes), "ob_1");
}

describe("a server that takes the mail", () => {
  test("gets one mail for one recipient, with its invitation", async () => {
    const { url, letters } = await mailServer();
    expect(await send(url, { invitation: invitation() })).toEqual({ ok: true });
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ sender: "desk@harbour.example", recipients: ["ana@example.com"] });
    const email = await PostalMime.parse(letters[0]?.mime ?? "");
    expect(email.subject).toBe("Confirmed: First visit, Tue 14 Jul 15:00");
    expect(email.attachments.map(({ method }) => method)).toContain("REQUEST");
  });

  test("gets separate mails for two people, without the other's address", async () => {
    const { url, letters } = await mailServer();
    await send(url, { to: { name: "Ana", address: "ana@example.com" } });
    await send(url, { to: { name: "Ben", address: "ben@example.com" } });
    expect(letters.map(({ recipients }) => recipients)).toEqual([["ana@example.com"], ["ben@example.com"]]);
    expect(letters[1]?.mime.toString()).not.toContain("ana@");
  });

  test("gets the same Message-ID when the same mail is sent again", async () => {
    const { url, letters } = await mailServer();
    await send(url);
    await send(url);
    const ids = await Promise.all(letters.map(async ({ mime }) => (await PostalMime.parse(mime)).messageId));
    expect(ids[0]).toBeDefined();
    expect(ids[1]).toBe(ids[0]);
  });

  test("may require a login", async () => {
    const { url, letters } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === "desk" && password === "p@ss" ? done(null, { user: "desk" }) : done(new Error("no")),
    });
    expect(await send(url.replace("//", "//desk:p%40ss@"))).toEqual({ ok: true });
    expect(letters).toHaveLength(1);
    // The operator can fix a wrong password, so the mails stay queued.
    expect(await send(url.replace("//", "//desk:wrong@"))).toMatchObject({
      ok: false,
      permanent: false,
      error: "EAUTH:535",
    });
  });
});

describe("a server that refuses", () => {
  test("the recipient with 550 is a permanent failure; its reply, which contains the address, is not logged", async () => {
    const { url } = await mailServer({ onRcptTo: refusing(550, "5.1.1 <ana@example.com> unknown") });
    expect(await send(url)).toEqual({ ok: false, permanent: true, error: "EENVELOPE:550:5.1.1" });
  });

  test("the recipient with 451 is retried", async () => {
    const { url } = await mailServer({ onRcptTo: refusing(451, "try later") });
    expect(await send(url)).toMatchObject({ ok: false, permanent: false });
  });

  test.each([
    [554, true],
    [452, false],
  ])("the message with %i: permanent is %s", async (code, permanent) => {
    const { url } = await mailServer({
      onData(stream, _session, done) {
        stream.resume().on("end", () => done(Object.assign(new Error("no"), { responseCode: code })));
      },
    });
    expect(await send(url)).toMatchObject({ ok: false, permanent });
  });

  test("every client with 554 in its greeting is retried: the refusal is not about this mail", async () => {
    const url = await rudeServer((socket) => socket.end("554 no service here\r\n"));
    expect(await send(url)).toMatchObject({ ok: false, permanent: false });
  });

  test("an invalid address without being contacted", async () => {
    const { url, letters } = await mailServer();
    expect(await send(url, { to: { name: "Ana", address: "ana@example.com, ben@example.com" } })).toEqual({
      ok: false,
      permanent: true,
      error: "address-invalid",
    });
    expect(letters).toEqual([]);
  });
});

describe("an unavailable server", () => {
  test("refuses the connection: retry", async () => {
    const url = await rudeServer(() => {});
    await new Promise<void>((done) => open.splice(0)[0]?.close(done));
    expect(await send(url)).toMatchObject({ ok: false, permanent: false });
  });

  test("sends nothing: retry, within the timeout", async () => {
    const url = await rudeServer(() => {});
    const outcome = await send(url, {}, { greeting: 50 });
    expect(outcome).toMatchObject({ ok: false, permanent: false, error: "ETIMEDOUT" });
  });

  test("stops responding midway: retry, within the timeout", async () => {
    const { url } = await mailServer({ onRcptTo: () => {} });
    expect(await send(url, {}, { silence: 50 })).toMatchObject({ ok: false, permanent: false, error: "ETIMEDOUT" });
  });

  test("never stops sending: retry, within the whole time", async () => {
    const url = await rudeServer((socket) => {
      const chatter = setInterval(() => socket.write("220-welcome\r\n"), 10);
      socket.on("close", () => clearInterval(chatter));
    });
    expect(await send(url, {}, { total: 100 })).toMatchObject({ ok: false, permanent: false });
  });

  test("disconnects midway: retry", async () => {
    const url = await rudeServer((socket) => socket.end("220 hello\r\n"));
    expect(await send(url)).toMatchObject({ ok: false, permanent: false });
  });

  test("has an unknown host name: retry", async () => {
    expect(await send("smtp://mail.invalid:25", {}, { connect: 2_000 })).toMatchObject({ ok: false, permanent: false });
  });
});
