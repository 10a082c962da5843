import { describe, expect, test } from "vitest";
import { formatMistake } from "../../src/practice-file/mistake.ts";
import { example, exampleWith, mistakesIn } from "./example.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a text that is not a practice file gets one clear line", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /^\(file\): is empty/],
    ["only a comment", "# later", /^\(file\): is empty/],
    [
      "a plain sentence",
      "hello there",
      /^\(file\) \(line 1\): "hello there" is text. Allowed: a mapping with the keys practice/,
    ],
    ["a list", "- practice", /^\(file\) \(line 1\): is a list/],
    [
      "more than 1 MB",
      `${example}# ${"x".repeat(1_000_000)}`,
      /^\(file\): is 10\d{5} bytes large. Allowed: at most 1,000,000 bytes/,
    ],
    ["bytes in Latin-1", Uint8Array.of(...bytes("name: Jo"), 0xe3, ...bytes("o")), /^\(file\): is not text in UTF-8/],
    ["UTF-16", new Uint8Array(Buffer.from("\uFEFFpractice: {}", "utf16le")), /^\(file\): is not text in UTF-8/],
    ["a wrongly decoded text", "name: Jo\uFFFDo", /^\(file\): is not text in UTF-8/],
    ["half a surrogate pair", "name: Jo\uD83Do", /^\(file\): is not text in UTF-8/],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), /^\(file\): is not text in UTF-8/],
    [
      "two documents",
      `${example}---\n${example}`,
      /^\(file\) \(line 54\): has a second document here. Allowed: one practice per file/,
    ],
    ["an open bracket", "practice: { id: harbour", /^\(file\) \(line 1\): /],
    ["an open quote", 'practice: "x', /^\(file\) \(line 1\): lacks a closing quote/],
    ["a tab for an indent", "practice:\n\tid: harbour", /^\(file\) \(line 2\): is indented with a tab/],
    ["a second colon", "practice:\n  name: Harbour: Wellness", /^\(file\) \(line 2\): has a second colon in one line/],
    ["a tag", "practice: !ruby/object {}", /^\(file\) \(line 1\): has a YAML tag/],
    ["bytes in a tag", "practice: !!binary aGVsbG8=", /^\(file\) \(line 1\): has a YAML tag/],
    ["unlimited nested brackets", "[".repeat(100_000), /^\(file\) \(line 1\): is nested too deeply/],
    ["an unknown alias", "practice: *other", /^\(file\): has an alias without an anchor \(other\)/],
    [
      "too many aliases",
      `x: &a y\nz: [${"*a,".repeat(101)}]`,
      /^\(file\): has 101 aliases. Allowed: at most 100 aliases/,
    ],
    [
      "aliases that multiply",
      ["a: &a [x, x]", "b: &b [*a, *a, *a, *a, *a, *a]", "c: &c [*b, *b, *b, *b, *b, *b]", "d: [*c, *c, *c, *c]"].join(
        "\n",
      ),
      /^\(file\): has aliases that repeat themselves too often/,
    ],
  ])("%s", (_what, input, line) => {
    expect(mistakesIn(input).map(formatMistake)).toEqual([expect.stringMatching(line)]);
  });

  test("every faulty line is reported, with its first fault", () => {
    expect(mistakesIn("a: b: c\nd: 1\ne: f: g: h\n").map(({ line }) => line)).toEqual([1, 3]);
  });
});

describe("YAML features beyond keys and values", () => {
  test("anchors and aliases may be used", () => {
    const methods = '{ kind: video, url: &room "https://meet.harbour.example/{room}" }, { kind: in_person';
    const text = exampleWith('{ kind: video, url: "https://meet.harbour.example/{room}" }, { kind: in_person', methods);
    expect(
      mistakesIn(
        text.replace(
          '[{ kind: video, url: "https://meet.harbour.example/{room}" }, { kind: phone',
          "[{ kind: video, url: *room }, { kind: phone",
        ),
      ),
    ).toEqual([]);
  });

  test("a list that contains itself is a mistake, without an endless loop", () => {
    expect(mistakesIn("practice: &p [*p]").map(({ path }) => path)).toEqual(["practice"]);
    expect(mistakesIn(`${example}\nextra: &p { again: *p }`).map(({ path }) => path)).toEqual(["extra"]);
  });

  test("keys with a meaning in JavaScript are unknown keys like others", () => {
    const text = exampleWith(
      "weekStartsOn: monday }",
      "weekStartsOn: monday, __proto__: { admin: true }, constructor: 1, toString: x }",
    );
    expect(mistakesIn(text).map(({ path, problem }) => `${path} ${problem}`)).toEqual([
      "practice.__proto__ is not a key here",
      "practice.constructor is not a key here",
      "practice.toString is not a key here",
    ]);
  });

  test("a key with line breaks or control characters cannot break its report line", () => {
    const [mistake] = mistakesIn(exampleWith("weekStartsOn: monday }", 'weekStartsOn: monday, "a\\nb\\u202E": 1 }'));
    expect(mistake?.path).toBe('practice["a\\u{a}b\\u{202e}"]');
  });
});
