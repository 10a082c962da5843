import { describe, expect, test } from "vitest";
import type { Input, InputValues } from "../../src/cards/card.ts";
import type { CrisisHelp } from "../../src/domain/crisis.ts";
import { BusyError } from "../../src/errors.ts";
import { type FormParts, formRoutes, type SaveOutcome } from "../../src/web/form.ts";
import { serve } from "../support/http.ts";

const questions: readonly Input[] = [
  {
    id: "goal",
    label: "What would you like to work on?",
    kind: "long_text",
    required: true,
    help: "As much as you like.",
  },
  { id: "diet", label: "Do you follow a diet?", kind: "choice", required: true, options: ["No", "Vegan", 'Other "x"'] },
  { id: "likes", label: "What do you like?", kind: "choices", required: false, options: ["Fish", "Rice", "Beans"] },
  { id: "name", label: "Nickname", kind: "short_text", required: false },
  { id: "meals", label: "Meals a day", kind: "number", required: false },
  { id: "since", label: "Since", kind: "date", required: false },
  { id: "phone", label: "Phone", kind: "phone", required: false },
  { id: "smoke", label: "Do you smoke?", kind: "yes_no", required: false },
  { id: "agree", label: "May Maya keep notes?", kind: "consent", required: true },
];

const crisis: CrisisHelp = {
  own: [{ name: "Nurse <on call>", phone: "+351 210 000 000" }],
  lines: [{ phone: "112", line: "emergency" }],
  text: "Please do not wait for us.",
};

/** A desk with one open form, `open`, with required questions; and one form in each other state. */
async function desk(changes: Partial<FormParts> = {}, asked = questions) {
  const saved: InputValues[] = [];
  const load: FormParts["load"] = async (token) => {
    if (token === "open" && saved.length === 0)
      return {
        state: "open",
        title: "Before your first visit",
        practice: "Harbour <Wellness>",
        questions: asked,
        crisis,
      };
    return { state: token === "open" ? "used" : token === "old" ? "expired" : "unknown" };
  };
  const save = async (_token: string, values: InputValues): Promise<SaveOutcome> => {
    const missing = asked.filter(({ id, required }) => required && values[id] === undefined);
    if (missing.length > 0)
      return { ok: false, errors: Object.fromEntries(missing.map(({ id }) => [id, "Please answer this."])) };
    saved.push(values);
    return { ok: true };
  };
  const served = await serve(
    formRoutes({
      load,
      save,
      publicUrl: "https://desk.example",
      readsDistress: (answer) => answer.includes("dark"),
      ...changes,
    }),
  );
  const post = (body: string | URLSearchParams, headers: Record<string, string> = {}, token = "open") =>
    fetch(`${served.address}/form/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: body.toString(),
    });
  return { ...served, saved, post };
}

const full = new URLSearchParams([
  ["goal", "Sleep\r\nbetter"],
  ["diet", "Vegan"],
  ["likes", "Rice"],
  ["likes", "Beans"],
  ["name", ""],
  ["meals", "3"],
  ["since", "2026-01-31"],
  ["phone", "+351 910 000 000"],
  ["smoke", "no"],
  ["agree", "yes"],
]);

describe("an open form", () => {
  test("is a page of labelled fields without caching, framing, indexing or referrer", async () => {
    const { address, saved } = await desk();
    const answer = await fetch(`${address}/form/open`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("x-robots-tag")).toBe("noindex");
    const policy = answer.headers.get("content-security-policy");
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(page).not.toMatch(/<script|src=|style=/);
    expect(page).toContain('<html lang="en">');
    expect(page).toContain("Harbour &#60;Wellness&#62;");
    for (const id of ["goal", "name", "meals", "since", "phone"]) {
      expect(page).toContain(`<label for="q-${id}">`);
      expect(page).toContain(`id="q-${id}" name="${id}"`);
    }
    expect(page.match(/<fieldset/g)).toHaveLength(4);
    expect(page.match(/<legend>/g)).toHaveLength(4);
    expect(page).toContain('aria-describedby="q-goal-help"');
    expect(page.match(/\(optional\)/g)).toHaveLength(6);
    expect(saved).toEqual([]);
  });

  test("saves the answers, and says thank you", async () => {
    const { post, saved } = await desk();
    const answer = await post(full);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("return to the chat");
    expect(saved).toEqual([
      {
        goal: "Sleep\nbetter",
        diet: "Vegan",
        likes: ["Rice", "Beans"],
        meals: "3",
        since: "2026-01-31",
        phone: "+351 910 000 000",
        smoke: "no",
        agree: "yes",
      },
    ]);
  });

  test("ignores fields that were not asked", async () => {
    const { post, saved } = await desk();
    await post(`${full}&admin=true&__proto__=x&goal=second`);
    expect(Object.keys(saved[0] ?? {})).not.toContain("admin");
    expect(saved[0]).toMatchObject({ goal: "Sleep\nbetter" });
  });

  test("with a required answer missing returns with the others filled in, and an error at the missing one", async () => {
    const { post, saved } = await desk();
    const answer = await post(new URLSearchParams([...full].filter(([name]) => name !== "goal" && name !== "agree")));
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(saved).toEqual([]);
    expect(page).toContain("<title>Not sent yet: Before your first visit");
    expect(page).toContain('role="alert"');
    expect(page).toContain('<a href="#q-goal">What would you like to work on?</a>: Please answer this.');
    expect(page).toContain('aria-invalid="true" aria-describedby="q-goal-help q-goal-error"');
    expect(page).toContain('<p class="error" id="q-agree-error">Please answer this.</p>');
    expect(page).toMatch(/value="Vegan" required checked/);
    expect(page.match(/checkbox" name="likes" value="(Rice|Beans)" checked/g)).toHaveLength(2);
    expect(page).toContain('value="+351 910 000 000"');
    expect(page).toMatch(/name="smoke" value="no" checked/);
  });

  test("shows hostile answers again as text", async () => {
    const { post } = await desk();
    const hostile = `"><script>alert('1')</script></textarea><img src=x onerror=alert(1)>`;
    const page = await (
      await post(
        new URLSearchParams({ goal: hostile, name: hostile, phone: `" autofocus onfocus="alert(1)`, diet: hostile }),
      )
    ).text();
    expect(page).not.toMatch(/<script|<img|onfocus="/);
    expect(page.match(/<\/textarea>/g)).toHaveLength(1);
    expect(page).toContain("&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;");
  });

  test("keeps the first empty line of a long answer", async () => {
    const { post } = await desk();
    expect(await (await post(new URLSearchParams({ goal: "\r\n\r\nlate" }))).text()).toContain(
      ">\n\n\nlate</textarea>",
    );
  });

  test("shows hostile questions and errors as text, too", async () => {
    const asked: readonly Input[] = [
      { id: "a", label: "<b>Q</b>", kind: "choice", required: true, options: ['"><i>'], help: "<u>h</u>" },
    ];
    const { post } = await desk({ save: async () => ({ ok: false, errors: { a: "<s>e</s>" } }) }, asked);
    expect(await (await post("a=1")).text()).not.toMatch(/<b>|<i>|<u>|<s>/);
  });

  test("asks to try again when the database is busy, and keeps the answers", async () => {
    const { post } = await desk({ save: () => Promise.reject(new BusyError()) });
    const answer = await post(full);
    const page = await answer.text();
    expect(answer.status).toBe(503);
    expect(page).toContain("Nothing was saved");
    expect(page).toContain("Sleep\nbetter</textarea>");
  });
});

describe("a form that is not open", () => {
  test.each([
    ["old", 410, "This link has expired"],
    ["nonsense", 404, "This link does not work"],
    ["%3Cscript%3E", 404, "This link does not work"],
  ])("%s is a readable page for GET and POST: %i", async (token, status, words) => {
    const { address, post, saved } = await desk();
    for (const answer of [await fetch(`${address}/form/${token}`), await post(full, {}, token)]) {
      expect(answer.status).toBe(status);
      expect(await answer.text()).toContain(words);
    }
    expect(saved).toEqual([]);
  });

  test("already sent is 410, however often it is sent again", async () => {
    const { address, post, saved } = await desk();
    await post(full);
    for (const answer of [await post(full), await fetch(`${address}/form/open`)]) {
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain("Already sent");
    }
    expect(saved).toHaveLength(1);
  });

  test.each([
    ["used", 410],
    ["expired", 410],
    ["unknown", 404],
  ] as const)("that closed while being filled in (%s) says so: %i", async (state, status) => {
    const { post } = await desk({ save: async () => ({ ok: false, state }) });
    expect((await post(full)).status).toBe(status);
  });
});

describe("a post", () => {
  test.each([
    ["from another site", { origin: "https://evil.example" }, 403],
    ["from another site, by the browser's header", { "sec-fetch-site": "cross-site" }, 403],
    ["from a neighbour site, by the browser's header", { "sec-fetch-site": "same-site" }, 403],
    ["from the public address", { origin: "https://desk.example" }, 200],
    ["of this page under no-referrer", { origin: "null", "sec-fetch-site": "same-origin" }, 200],
    ["from something that is not a browser", {}, 200],
    ["that is not a form", { "content-type": "application/json" }, 415],
  ])("%s", async (_, headers, status) => {
    const { post, saved } = await desk();
    expect((await post(full, headers)).status).toBe(status);
    expect(saved).toHaveLength(status === 200 ? 1 : 0);
  });

  test("from this origin", async () => {
    const { address, post } = await desk();
    expect((await post(full, { origin: address })).status).toBe(200);
  });

  test("of 64 KB is accepted, a larger one is refused with the reason; neither uses up the link", async () => {
    const { post, saved } = await desk();
    const larger = await post(`goal=${"x".repeat(64 * 1024)}&diet=No&agree=yes`);
    expect([larger.status, saved.length]).toEqual([413, 0]);
    expect(await larger.text()).toContain("too long");
    const largest = await post(`diet=No&agree=yes&goal=${"x".repeat(64 * 1024 - 23)}`);
    expect([largest.status, saved.length]).toEqual([200, 1]);
  });

  test("that fails inside is logged without token or answer", async () => {
    const { post, lines } = await desk({ save: () => Promise.reject(new Error("planted answer")) });
    const answer = await post(full, {}, "open");
    expect(answer.status).toBe(500);
    expect(lines).toMatchObject([{ event: "http.failed", route: "/form/:token", method: "POST" }]);
    expect(JSON.stringify(lines)).not.toMatch(/planted|Sleep|form\/open/);
  });
});

describe("an answer that shows distress (W11)", () => {
  const told = [
    "no person is reading along",
    "112",
    "Nurse &#60;on call&#62;",
    "+351 210 000 000",
    "do not wait for us",
  ];
  const withGoal = (goal: string) => {
    const answers = new URLSearchParams(full);
    answers.set("goal", goal);
    return answers;
  };
  const expectHelp = (page: string) => {
    for (const text of told) expect(page).toContain(text);
    expect(page).toContain("Your practitioner has not been notified.");
    expect(page).toContain("Nothing was booked, moved or cancelled.");
  };

  test("is saved, and the page shows the numbers", async () => {
    const { post, saved } = await desk();
    const answer = await post(withGoal("It is all dark"));
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expectHelp(page);
    expect(page).toContain("has received your answers");
    expect(saved).toMatchObject([{ goal: "It is all dark" }]);
  });

  test("an answer of one line is checked too", async () => {
    const { post, saved } = await desk();
    const body = new URLSearchParams(full);
    body.set("name", "dark");
    expectHelp(await (await post(body)).text());
    expect(saved).toMatchObject([{ name: "dark" }]);
  });

  test("a form shown again has the numbers above it and keeps the typed answers", async () => {
    const { post, saved } = await desk();
    const body = new URLSearchParams([...withGoal("It is all dark")].filter(([id]) => id !== "agree"));
    const answer = await post(body);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expectHelp(page);
    expect(page.indexOf("112")).toBeLessThan(page.indexOf("<form"));
    expect(page).toContain("It is all dark");
    expect(saved).toEqual([]);
  });

  test("the pages for a busy desk and for a used link show the numbers too", async () => {
    const busy = await desk({ save: () => Promise.reject(new BusyError()) });
    expectHelp(await (await busy.post(withGoal("dark"))).text());
    const used = await desk({ save: async () => ({ ok: false, state: "used" }) });
    const answer = await used.post(withGoal("dark"));
    expect(answer.status).toBe(410);
    expectHelp(await answer.text());
  });

  test("without a known number the page says to call the local emergency number", async () => {
    const load: FormParts["load"] = async () => ({
      state: "open",
      title: "Before your first visit",
      practice: "Harbour",
      questions,
      crisis: { own: [], lines: [] },
    });
    const page = await (await (await desk({ load })).post(withGoal("dark"))).text();
    expect(page).toContain("please call your local emergency number now.");
    expect(page).not.toMatch(/<dl>|\b(112|911|999)\b/);
  });

  test("other answers, and the practice's own options, show no numbers", async () => {
    const { post } = await desk({ readsDistress: (answer) => answer === "Vegan" });
    const page = await (await post(full)).text();
    expect(page).not.toContain("112");
    expect(page).toContain("<h1>Thank you</h1>");
  });
});
