import { expect, test } from "vitest";
import { type Check, healthRoutes } from "../../src/http/health.ts";
import { serve } from "../support/http.ts";

const metrics = { text: async () => ({ contentType: "text/plain; version=0.0.4", body: "frontdesk_up 1\n" }) };

async function ready(checks: Record<string, Check>) {
  const { address } = await serve(healthRoutes({ checks, metrics, checkMs: 20 }));
  const answer = await fetch(`${address}/readyz`);
  return { status: answer.status, body: await answer.json() };
}

test("/healthz is 200 whatever the checks return", async () => {
  const { address } = await serve(healthRoutes({ checks: { database: async () => false }, metrics }));
  const answer = await fetch(`${address}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
});

test("/readyz is 200 when every check passes", async () => {
  expect(await ready({ database: async () => true, migrations: async () => true })).toEqual({
    status: 200,
    body: { ok: true },
  });
});

test("/readyz is 503 and names checks that return false, throw or time out", async () => {
  const checks: Record<string, Check> = {
    database: async () => Promise.reject(new Error("planted")),
    migrations: async () => false,
    guards: () => new Promise(() => {}),
    outbox: async () => true,
  };
  expect(await ready(checks)).toEqual({
    status: 503,
    body: { ok: false, failing: ["database", "migrations", "guards"] },
  });
});

test("/metrics gives the metrics as they are", async () => {
  const { address } = await serve(healthRoutes({ checks: {}, metrics }));
  const answer = await fetch(`${address}/metrics`);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4");
  expect(await answer.text()).toBe("frontdesk_up 1\n");
});

test("R12 /metrics needs the token where one is set, and no other route does", async () => {
  const { address } = await serve(healthRoutes({ checks: {}, metrics, metricsToken: "a-token" }));
  const ask = (authorization?: string) =>
    fetch(`${address}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
  for (const wrong of [undefined, "", "Bearer", "Bearer another", "Basic a-token", "a-token", "Bearer a-token x"]) {
    const answer = await ask(wrong);
    expect([wrong, answer.status, answer.headers.get("www-authenticate")]).toEqual([wrong, 401, "Bearer"]);
    expect(await answer.json()).toEqual({ error: "The metrics need the bearer token that METRICS_TOKEN names." });
  }
  expect(await (await ask("Bearer a-token")).text()).toBe("frontdesk_up 1\n");
  expect(await (await ask("bearer a-token")).text()).toBe("frontdesk_up 1\n");
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
});
