import { describe, expect, test } from "vitest";
import { questionsToAsk } from "../../src/domain/form.ts";
import type { Question } from "../../src/domain/practice.ts";
import { answersOf, asked, hold, openQuay, quay, request, rows, titleOf, withQuestions, wordsOn } from "./quay.ts";

const visit = { service: "Visit", day: "Wed 4 Mar", time: "09:00" };
const form = "A few questions";
const review = "Please check everything";

describe("D5.1: a question shown only after a certain answer to another", () => {
  test("is asked once it is visible, and not before; a question never shown is not counted as left empty", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    expect(asked(desk)).toEqual(["goal", "diet"]);
    await desk.press("ana", "Continue", { goal: "walk", diet: "Other" });
    expect(titleOf(desk, "ana")).toBe(form);
    expect(asked(desk)).toEqual(["goal", "diet", "which-diet"]);
    await desk.press("ana", "Continue", { goal: "", diet: "Other", "which-diet": "" });
    expect(titleOf(desk, "ana")).toBe(review);
  });

  test("is not asked, not required and not counted when hidden", async () => {
    const desk = await openQuay({
      practice: quay.replace(
        "type: short_text, sensitive: false, shownIf",
        "type: short_text, sensitive: false, required: true, shownIf",
      ),
    });
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    expect(titleOf(desk, "ana")).toBe(review);
    expect(wordsOn(desk.newest("ana"))).toContain("Form: 2 answers");
    await desk.press("ana", "Confirm & book");
    expect(wordsOn(desk.newest("maya"))).toContain("Form: 2 answers");
  });

  test("that was answered and then hidden again does not count", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { goal: "walk", diet: "Other" });
    await desk.press("ana", "Continue", { goal: "", diet: "Other", "which-diet": "Paleo" });
    expect(wordsOn(desk.newest("ana"))).toContain("Form: 3 answers");
    await desk.press("ana", "Change answers");
    await desk.press("ana", "Continue", { goal: "", diet: "None", "which-diet": "Paleo" });
    expect(wordsOn(desk.newest("ana"))).toContain("Form: 2 answers");
  });

  test("may depend on a sensitive question, whose answer is never shown again", async () => {
    const desk = await openQuay({
      practice: withQuestions(
        "{ id: ill, label: Are you ill, type: yes_no, required: true, sensitive: true }",
        "{ id: since, label: Since when, type: date, required: true, shownIf: { question: ill, is: yes } }",
      ),
    });
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { ill: "yes" });
    expect(asked(desk)).toEqual(["ill", "since"]);
    await desk.press("ana", "Continue", { ill: "", since: "2026-01-15" });
    expect(titleOf(desk, "ana")).toBe(review);
    expect(await answersOf(desk)).toEqual({ ill: "yes", since: "2026-01-15" });
  });

  test("depends on visible questions only: behind a hidden question it is hidden too, whatever was answered before", () => {
    const base = { label: "", type: "yes_no", required: false, sensitive: false, askOnce: false } as const;
    const questions: readonly Question[] = [
      { ...base, id: "a" },
      { ...base, id: "b", shownIf: { question: "a", is: "yes" } },
      { ...base, id: "c", shownIf: { question: "b", is: "yes" } },
    ];
    const ids = (answers: Record<string, string>) => questionsToAsk(questions, answers).map(({ id }) => id);
    expect(ids({ a: "yes", b: "yes" })).toEqual(["a", "b", "c"]);
    expect(ids({ a: "no", b: "yes" })).toEqual(["a"]);
  });
});

describe("an empty input", () => {
  test("keeps an earlier sensitive answer, which is never shown for editing", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    await desk.press("ana", "Change answers");
    await desk.press("ana", "Continue", { goal: "", diet: "None" });
    expect(titleOf(desk, "ana")).toBe(review);
    expect(await answersOf(desk)).toMatchObject({ goal: "walk" });
  });

  test("is refused at its field when the question is required and unanswered; nothing is stored", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    const answer = await desk.press("ana", "Continue", { goal: "", diet: "None" });
    expect(answer.errors).toEqual({ goal: "Please answer “Your goal”." });
    expect(rows(desk, "answers")).toEqual([]);
    expect(titleOf(desk, "ana")).toBe(form);
  });

  test("counts as no answer where it is optional", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { goal: "walk", diet: "Other" });
    await desk.press("ana", "Continue", { goal: "", diet: "Other", "which-diet": "" });
    expect(wordsOn(desk.newest("ana"))).toContain("Form: 2 answers");
  });
});

test("a question id may equal the name of an inherited property", async () => {
  const desk = await openQuay({
    practice: withQuestions(
      "{ id: constructor, label: Your builder, type: choice, options: [A, B] }",
      "{ id: more, label: And more, type: short_text, sensitive: false, required: true, shownIf: { question: constructor, is: A } }",
    ),
  });
  await hold(desk, "ana", visit);
  await desk.press("ana", "Continue", {});
  expect(titleOf(desk, "ana")).toBe(review);
  await desk.press("ana", "Change answers");
  await desk.press("ana", "Continue", { constructor: "A" } as unknown as Record<string, string>); // an own property, not the inherited one
  await desk.press("ana", "Continue", { more: "More" });
  expect(wordsOn(desk.newest("ana"))).toContain("Form: 2 answers");
});

describe("typed answers (case 27)", () => {
  test("go to the first open question one by one, and “skip” skips an optional one", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    for (const words of ["To walk again", "other", "skip"]) await desk.say("ana", words);
    expect(titleOf(desk, "ana")).toBe(review);
    expect(await answersOf(desk)).toEqual({ goal: "To walk again", diet: "Other", "which-diet": "" });
  });

  test("“skip” is refused for a required question of another kind, and the card shows what is accepted", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.say("ana", "To walk again");
    await desk.say("ana", "skip");
    expect(wordsOn(desk.newest("ana"))).toContain("Please choose from: None, Other.");
    expect(titleOf(desk, "ana")).toBe(form);
  });

  test("while a form with a sensitive question is open the inbox stores no typed words, also when news arrived in between (D5.2)", async () => {
    const desk = await openQuay();
    const ana = { platform: "page", workspace: "local", user: "ana" } as const;
    await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    expect(await desk.engine.expectsPrivateReply(ana)).toBe(false);
    await hold(desk, "ana", { ...visit, time: "10:00" });
    expect(await desk.engine.expectsPrivateReply(ana)).toBe(true);
    await desk.press("maya", "Confirm");
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
    expect(await desk.engine.expectsPrivateReply(ana)).toBe(true);
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    expect(await desk.engine.expectsPrivateReply(ana)).toBe(false);
  });
});

describe("answers are reused", () => {
  test("from a declined request in its next attempt, so that the form is not asked again", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    await desk.press("ana", "Confirm & book");
    await desk.press("maya", "Decline");
    await desk.press("maya", "Decline");
    await desk.press("ana", "Wed 4 Mar, 10:00");
    expect(titleOf(desk, "ana")).toBe(review);
    expect(await answersOf(desk)).toEqual({ goal: "walk", diet: "None" });
  });

  test("never in another form, though its question has the same id", async () => {
    const two = quay
      .replace(
        "practitioners: [maya], confirmation: request }\n  - { id: duo",
        "practitioners: [maya], confirmation: request, form: short }\n  - { id: duo",
      )
      .replace(
        "terms:\n",
        "  - id: short\n    questions:\n      - { id: goal, label: Your score, type: number, required: true }\nterms:\n",
      );
    const desk = await openQuay({ practice: two });
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    await desk.press("ana", "Change time");
    await desk.press("ana", "Back");
    await desk.press("ana", "Talk");
    await desk.press("ana", "Wed 4 Mar");
    await desk.press("ana", "10:00");
    expect(titleOf(desk, "ana")).toBe(form);
    expect(rows(desk, "answers")).toEqual([]);
  });

  describe("a question asked only once", () => {
    const once = withQuestions(
      "{ id: birthday, label: Your birthday, type: date, required: true, sensitive: true, askOnce: true }",
      "{ id: goal, label: Your goal, type: short_text, sensitive: false, required: true }",
    );

    test("is already answered for the next booking, and sealed under that booking", async () => {
      const desk = await openQuay({ practice: once });
      await hold(desk, "ana", visit);
      await desk.press("ana", "Continue", { birthday: "1990-05-01", goal: "walk" });
      await desk.press("ana", "Confirm & book");
      await hold(desk, "ana", { ...visit, time: "10:00" });
      expect(await answersOf(desk)).toEqual({ birthday: "1990-05-01" });
      expect(JSON.stringify(rows(desk, "answers"))).not.toContain("1990");
      await desk.press("ana", "Continue", { birthday: "", goal: "run" });
      expect(titleOf(desk, "ana")).toBe(review);
      expect(await answersOf(desk)).toEqual({ birthday: "1990-05-01", goal: "run" });
    });

    test("is asked of another client, and again when it has no answer", async () => {
      const optional = once.replace("type: date, required: true", "type: date");
      const desk = await openQuay({ practice: optional });
      await hold(desk, "ana", visit);
      await desk.press("ana", "Continue", { birthday: "", goal: "walk" });
      await desk.press("ana", "Confirm & book");
      await hold(desk, "ana", { ...visit, time: "10:00" });
      expect(await answersOf(desk)).toEqual({});
      await hold(desk, "ben", { ...visit, time: "11:00" });
      expect(await answersOf(desk, "ben")).toEqual({});
    });
  });
});
