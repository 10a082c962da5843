import MailComposer from "nodemailer/lib/mail-composer";
import PostalMime, { type Email } from "postal-mime";
import { describe, expect, test } from "vitest";
import { icsOf } from "../../../adapters/email/invitation.ts";
import { composeMail } from "../../../adapters/email/mail.ts";
import type { Mail } from "../../../src/ports/mailer.ts";
import { from, invitation, mail } from "./mails.ts";

async function received(changes: Partial<Mail>): Promise<Email & { readonly mime: string }> {
  const composed = composeMail(mail(changes), from);
  if ("refusal" in composed) throw new Error(composed.refusal);
  const mime = await new MailComposer(composed.message).compile().build();
  return Object.assign(await PostalMime.parse(mime), { mime: mime.toString("utf8") });
}

function header(email: Email, name: string): string | undefined {
  return email.headers.find(({ key }) => key === name)?.value;
}

describe("a mail", () => {
  test("comes from the desk's address under the practice's name; replies go to the practice", async () => {
    const email = await received({});
    expect(email.from).toMatchObject({ name: "Harbour Wellness", address: "desk@harbour.example" });
    expect(email.to).toMatchObject([{ name: "Ana Alves", address: "ana@example.com" }]);
    expect(email.replyTo).toMatchObject([{ address: "hello@harbour.example" }]);
    expect(header(email, "auto-submitted")).toBe("auto-generated");
    expect(email.subject).toBe("Confirmed: First visit, Tue 14 Jul 15:00");
  });

  test("has the same Message-ID on each attempt and continues the thread of the booking's first mail (V9)", async () => {
    const first = await received({ messageKey: "bk_1:confirmed:0", threadKey: "bk_1:confirmed:0" });
    const again = await received({ messageKey: "bk_1:confirmed:0", threadKey: "bk_1:confirmed:0" });
    const later = await received({ messageKey: "bk_1:confirmed:1", threadKey: "bk_1:confirmed:0" });
    expect(first.messageId).toBe("<bk_1%3aconfirmed%3a0@harbour.example>");
    expect(again.messageId).toBe(first.messageId);
    expect(first.inReplyTo).toBeUndefined();
    expect(later.messageId).not.toBe(first.messageId);
    expect(later.inReplyTo).toBe(first.messageId);
    expect(header(later, "references")).toBe(first.messageId);
  });

  test("keeps the Message-ID, references, UID and organiser of the desk's address when the booking was made (V8)", async () => {
    const booked = { organizer: "desk@old.example", threadKey: "bk_1.requested.0", invitation: invitation() };
    const email = await received({ messageKey: "bk_1.moved.1", ...booked });
    expect(email.from?.address).toBe("desk@harbour.example");
    expect(email.messageId).toBe("<bk_1%2emoved%2e1@old.example>");
    expect(email.inReplyTo).toBe("<bk_1%2erequested%2e0@old.example>");
    const ics = email.attachments.find((part) => part.mimeType === "text/calendar")?.content;
    const text = (typeof ics === "string" ? ics : new TextDecoder().decode(ics)).replaceAll("\r", "");
    expect(text).toContain("\nUID:bk_1@old.example\n");
    expect(text).toMatch(/ORGANIZER;CN="Dr Maya Lee":MAILTO:desk@old\.example/i);
  });

  test("has the same content in plain text and in escaped HTML, where only web addresses are links", async () => {
    const text =
      'Hi <b>Ana</b> & "Ben",\nsee https://meet.example/a?b=1&c=2.\n\njavascript:alert(1) <img src=x onerror=alert(1)>';
    const email = await received({ text });
    expect(email.text?.trim()).toBe(text);
    expect(email.html).toContain('<a href="https://meet.example/a?b=1&#38;c=2">');
    expect(email.html).toContain("Hi &#60;b&#62;Ana&#60;/b&#62; &#38;");
    expect(email.html?.match(/<a /g)).toHaveLength(1);
    expect(email.html).not.toMatch(/<img|<b>/);
    expect(email.html?.match(/<p>/g)).toHaveLength(2);
  });

  test.each(["REQUEST", "CANCEL"] as const)(
    "with an invitation names one method, %s, in MIME and in its text",
    async (method) => {
      const email = await received({ invitation: invitation({ method }) });
      const calendar = email.attachments.find((part) => part.mimeType === "text/calendar");
      expect(email.mime).toContain(`text/calendar; charset=utf-8; method=${method}`);
      expect(calendar?.method).toBe(method);
      // The parser gives text parts with bare line feeds.
      expect(textOf(calendar?.content)).toContain(`\nMETHOD:${method}\n`);
      const file = email.attachments.find((part) => part.filename === "invite.ics");
      expect(textOf(file?.content)).toBe(textOf(calendar?.content));
      // The file's own bytes keep every CRLF, the last one too.
      const ics = icsOf(invitation({ method }), { address: from.address, domain: "harbour.example" });
      expect(email.mime.replace(/\r?\n/g, "")).toContain(Buffer.from(ics).toString("base64"));
    },
  );

  test("without one has no attachment", async () => {
    expect((await received({})).attachments).toEqual([]);
  });

  test.each([
    ["subject", { subject: "Confirmed\r\nBcc: all@example.com" }],
    ["the client's name", { to: { name: "Ana\r\nBcc: all@example.com", address: "ana@example.com" } }],
    ["the practice's name", { from: { name: 'Harbour" <all@example.com>\r\nBcc: all@example.com' } }],
    ["the key", { messageKey: "x>\r\nBcc: all@example.com" }],
    ["the thread", { threadKey: "x>\r\nBcc: all@example.com" }],
  ])("is safe from header injection in %s", async (_, changes) => {
    const email = await received(changes);
    expect(header(email, "bcc")).toBeUndefined();
    expect(email.to).toHaveLength(1);
    expect(email.from?.address).toBe("desk@harbour.example");
  });

  test("shows names with quotes, emoji and other scripts as they are, and truncates long ones", async () => {
    const name = 'Dr "Maya" Lee, 👩‍⚕️ 名前';
    expect((await received({ from: { name } })).from?.name).toBe(name);
    expect((await received({ subject: "S".repeat(5_000) })).subject).toHaveLength(200);
    expect((await received({ to: { name: "\u202EanA", address: "ana@example.com" } })).to?.[0]).toMatchObject({
      name: "anA",
    });
  });

  test("reaches a domain in another script by its ASCII form, in the envelope, the headers and the invitation", async () => {
    const address = "info@münchen.example";
    const composed = composeMail(
      mail({
        to: { name: "Ana", address },
        replyTo: address,
        invitation: invitation({ attendee: { name: "Ana", address } }),
      }),
      from,
    );
    if ("refusal" in composed) throw new Error(composed.refusal);
    const ascii = "info@xn--mnchen-3ya.example";
    expect(composed.message).toMatchObject({
      to: { address: ascii },
      replyTo: { address: ascii },
      envelope: { to: [ascii] },
    });
    expect(composed.ics?.replaceAll("\r\n ", "").toLowerCase()).toContain(`mailto:${ascii}`);
  });

  test("keeps a local part in another script, which the server must support", async () => {
    const { message } = Object.assign(
      { message: {} },
      composeMail(mail({ to: { name: "", address: "用户@例子.广告" } }), from),
    );
    expect(message).toMatchObject({ envelope: { to: ["用户@xn--fsqu00a.xn--4rr70v"] } });
  });

  test.each(["ana@example.com, ben@example.com", "Ana <ana@example.com>", "nobody", ""])(
    "is refused for %j: not exactly one address",
    (address) => {
      expect(composeMail(mail({ to: { name: "Ana", address } }), from)).toEqual({ refusal: "address-invalid" });
    },
  );

  test("leaves out a Reply-To that is no address", async () => {
    expect((await received({ replyTo: "x@example.com, y@example.com" })).replyTo).toBeUndefined();
  });

  test("loads no file and no URL, whatever its texts contain (V9)", async () => {
    const composed = composeMail(mail({}), from);
    expect("message" in composed && composed.message).toMatchObject({
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });
});

function textOf(content: ArrayBuffer | Uint8Array | string | undefined): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
