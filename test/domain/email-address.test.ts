import { describe, expect, test } from "vitest";
import { isEmailAddress } from "../../src/domain/email-address.ts";

describe("an e-mail address", () => {
  test.each([
    "ana@example.com",
    "Ana.Alves@Example.COM",
    "ana+desk@mail.example",
    "mary&john@example.com",
    "o'brien@example.ie",
    "_ana-99@a-b.example",
    "info@münchen.example",
    "info@xn--mnchen-3ya.example",
    "josé@exämple.pt",
    "用户@例子.广告",
    "ana@example.xn--p1ai",
    "ana@1.example",
    `${"a".repeat(64)}@example.com`,
    `ana@${"a".repeat(63)}.example`,
  ])("is %j", (text) => expect(isEmailAddress(text)).toBe(true));

  test.each([
    ["nothing", ""],
    ["no @", "example.com"],
    ["no local part", "@example.com"],
    ["no domain", "ana@"],
    ["no second label", "ana@localhost"],
    ["two @", "ana@@example.com"],
    ["two separate @", "ana@ben@example.com"],
    ["a space inside", "ana alves@example.com"],
    ["a leading space", " ana@example.com"],
    ["a trailing space", "ana@example.com "],
    ["a no-break space", "ana\u00a0@example.com"],
    ["a second header", "ana@example.com\r\nBcc: ben@example.com"],
    ["a line break after", "ana@example.com\n"],
    ["a control character", "ana\u0000@example.com"],
    ["a zero-width character", "ana\u200b@example.com"],
    ["a direction-changing character", "ana@\u202eexample.com"],
    ["a second recipient", "ana@example.com,ben@example.com"],
    ["a second recipient after a semicolon", "ana@example.com;ben@example.com"],
    ["a display name", "Ana <ana@example.com>"],
    ["angle brackets", "<ana@example.com>"],
    ["a comment", "ana(home)@example.com"],
    ["a quoted local part", '"ana"@example.com'],
    ["a scheme", "mailto:ana@example.com"],
    ["a dot at the end", "ana@example.com."],
    ["a dot before the @", "ana.@example.com"],
    ["a dot at the start", ".ana@example.com"],
    ["two dots", "ana..alves@example.com"],
    ["two dots in the domain", "ana@example..com"],
    ["a label that starts with a hyphen", "ana@-example.com"],
    ["a label that ends with a hyphen", "ana@example-.com"],
    ["an underscore in the domain", "ana@my_host.example"],
    ["an IP address", "ana@127.0.0.1"],
    ["an address literal", "ana@[127.0.0.1]"],
    ["a port", "ana@example.com:25"],
    ["a path", "ana@example.com/ben"],
    ["a top-level domain of one letter", "ana@example.c"],
    ["Punycode with another script", "ana@xn--münchen.example"],
    ["a local part of 65 octets", `${"a".repeat(65)}@example.com`],
    ["a local part of 66 octets in 33 letters", `${"é".repeat(33)}@example.com`],
    ["a label of 64 octets", `ana@${"a".repeat(64)}.example`],
    ["a label of more than 63 octets in ASCII", `ana@${"ü".repeat(62)}.example`],
    ["255 octets", `ana@${`${"a".repeat(61)}.`.repeat(4)}abc`],
  ])("is not one with %s", (_, text) => expect(isEmailAddress(text)).toBe(false));

  test("may have a single-label host where the caller allows it", () => {
    expect(isEmailAddress("desk@localhost", 1)).toBe(true);
    expect(isEmailAddress("desk@-host", 1)).toBe(false);
  });
});
