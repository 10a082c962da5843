import { describe, expect, test } from "vitest";
import { cleanLine, cleanText } from "../../../adapters/email/clean.ts";

describe("a line for a header", () => {
  test.each([
    ["a header cannot be added", "Ana\r\nBcc: all@example.com", "Ana Bcc: all@example.com"],
    ["no other line break either", "Ana\u2028x\u0085y\vz", "Ana x y z"],
    ["control characters are removed", "A\u0000n\u001Ba\u007F", "Ana"],
    ["direction marks are removed", "\u202Eeloc\u202C\u2066Ana\u2069\u200F", "elocAna"],
    ["invisible characters are removed", "A\u200Bn\uFEFFa", "Ana"],
    ["half a surrogate pair is replaced", "Ana\uD83D", "Ana\uFFFD"],
    ["spaces collapse", "  Ana \t  Alves ", "Ana Alves"],
    ["quotes, emoji with joiners and other scripts stay", 'Dr "Maya" 👩‍⚕️ مايا', 'Dr "Maya" 👩‍⚕️ مايا'],
  ])("%s", (_, given, kept) => expect(cleanLine(given, 100)).toBe(kept));

  test("is truncated between characters, with an ellipsis", () => {
    expect(cleanLine("a".repeat(10_000), 100)).toBe(`${"a".repeat(99)}…`);
    expect(cleanLine(`${"a".repeat(97)}👩‍⚕️b`, 100)).toBe(`${"a".repeat(97)}…`);
    expect(cleanLine(`e${"\u0301".repeat(10_000)}`, 100)).toBe("…");
  });
});

test("a text keeps its line breaks and is otherwise sanitised like a line", () => {
  expect(cleanText("One\r\nTwo\u2028Three\u0007\n\n\tFour\u202E ", 100)).toBe("One\nTwo\nThree\n\n\tFour");
});
