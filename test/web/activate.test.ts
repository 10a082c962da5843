import { describe, expect, test } from "vitest";
import { type ActivationParts, activationRoutes } from "../../src/web/activate.ts";
import { serve } from "../support/http.ts";

/** A desk with an open invitation, `open`, and one in each other state. */
async function desk() {
  let made = 0;
  const states = { old: "expired", spent: "used", back: "revoked" } as const;
  const open = { state: "open", invitation: {} as never, practice: "Harbour <Wellness>", name: "Cleo" } as const;
  const load: ActivationParts["load"] = async (token) =>
    token === "open" ? open : { state: states[token as keyof typeof states] ?? "unknown" };
  const makeCode: ActivationParts["makeCode"] = async (token) => {
    const link = await load(token);
    if (link.state !== "open") return link;
    made++;
    return { ...link, code: "FD-7K3M-Q2XP" };
  };
  const served = await serve(activationRoutes({ load, makeCode, publicUrl: "https://desk.example" }));
  const post = (token: string, headers: Record<string, string> = {}) =>
    fetch(`${served.address}/activate/${token}`, { method: "POST", headers });
  return { ...served, post, made: () => made };
}

describe("/activate/:token", () => {
  test("GET shows practice and name, and changes nothing, because mail scanners follow links (V11)", async () => {
    const { address, made } = await desk();
    const answer = await fetch(`${address}/activate/open`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain("Harbour &#60;Wellness&#62;");
    expect(page).toContain("Cleo");
    expect(page).toContain('<form method="post">');
    expect(page).not.toContain("FD-");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(made()).toBe(0);
  });

  test("POST gives a code to type in the chat", async () => {
    const { post, made } = await desk();
    const answer = await post("open", { origin: "https://desk.example" });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("FD-7K3M-Q2XP");
    expect(made()).toBe(1);
  });

  test.each([
    ["old", 410, "expired"],
    ["spent", 410, "has been used"],
    ["back", 410, "withdrawn"],
    ["nothing", 404, "does not work"],
  ])("a link that is %s says so, by GET and by POST", async (token, status, words) => {
    const { address, post, made } = await desk();
    for (const answer of [await fetch(`${address}/activate/${token}`), await post(token)]) {
      expect(answer.status).toBe(status);
      expect(await answer.text()).toContain(words);
    }
    expect(made()).toBe(0);
  });

  test("a POST from another site gives nothing", async () => {
    const { post, made } = await desk();
    expect((await post("open", { origin: "https://evil.example" })).status).toBe(403);
    expect((await post("open", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(made()).toBe(0);
  });
});
