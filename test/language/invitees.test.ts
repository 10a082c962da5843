import { expect, test } from "vitest";
import { emailIn, inviteesIn } from "../../src/language/names/invitees.ts";

test.each([
  ["invite ana@example.com", ["ana@example.com"]],
  ["invite Ana@Example.com.", ["ana@example.com"]],
  ["please ask in info@münchen.example, thanks", ["info@münchen.example"]],
  ["mary&john@example.com and ana+yoga@example.com!", ["mary&john@example.com", "ana+yoga@example.com"]],
  ["info@xn--mnchen-3ya.example", ["info@xn--mnchen-3ya.example"]],
  ['Ana <ana@example.com>; "ben@example.com"', ["ana@example.com", "ben@example.com"]],
  ["‘ana@example.com’ or *ben@example.com*?", ["ana@example.com", "ben@example.com"]],
  ["ana@example.com ANA@example.com", ["ana@example.com"]],
  ["ana@ben@example.com", []],
  ["ana@example", []],
  ["ana@example..com", []],
  ["meet @ noon", []],
])("%j names %j", (text, emails) => {
  expect(inviteesIn(text).flatMap((one) => (one.by === "email" ? [one.email] : []))).toEqual(emails);
});

test("mentions and addresses keep the order of the line", () => {
  expect(inviteesIn("invite @U0BEN and ana@example.com")).toEqual([
    { by: "mention", user: "U0BEN" },
    { by: "email", email: "ana@example.com" },
  ]);
  expect(emailIn("invite @U0BEN")).toBeUndefined();
});
