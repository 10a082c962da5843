import { request } from "node:http";
import { expect, test } from "vitest";
import { mayAnswer } from "../../../adapters/page/guard.ts";
import { openTestPage } from "./test-page.ts";

const home = { isLoopbackHost: true, isLoopbackUrl: true, production: false };
const get = (headers: Record<string, string>) => mayAnswer({ method: "GET", headers }, home);
const post = (headers: Record<string, string>) =>
  mayAnswer(
    { method: "POST", headers: { host: "localhost:3000", "content-type": "application/json", ...headers } },
    home,
  );

test.each(["localhost", "localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"])(
  "the page answers under the local name %s",
  (host) => expect(get({ host })).toBe(true),
);

test.each([
  "desk.example",
  "localhost.example:3000",
  "localhost:3000.example",
  "127.0.0.1.example",
  "127.0.0.2",
  "user@localhost",
  "192.168.1.2:3000",
  "",
])("the page does not exist under the name “%s”", (host) => expect(get({ host })).toBe(false));

test("the page does not exist without a Host header", () => expect(get({})).toBe(false));

test.each([
  ...["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-anything", "forwarded", "via"],
  ...["x-real-ip", "cf-connecting-ip", "cf-ray", "cf-anything", "cdn-loop", "true-client-ip", "fly-client-ip"],
  ...["x-client-ip", "x-original-host", "x-amzn-trace-id"],
])("R12 the page does not exist behind a proxy that adds %s, whatever its value", (name) => {
  expect(get({ host: "localhost", [name]: "127.0.0.1" })).toBe(false);
  expect(get({ host: "localhost", [name]: "" })).toBe(false);
});

test.each(["accept", "user-agent", "sec-fetch-site", "x-requested-with", "dnt", "cache-control", "device-memory"])(
  "the page answers a browser that sends %s",
  (name) => expect(get({ host: "localhost", [name]: "1" })).toBe(true),
);

test("R12 the page does not exist in production, on the network, or where PUBLIC_URL is another host", () => {
  const asked = { method: "GET", headers: { host: "localhost:3000" } };
  expect(mayAnswer(asked, { ...home, production: true })).toBe(false);
  expect(mayAnswer(asked, { ...home, isLoopbackHost: false })).toBe(false);
  expect(mayAnswer(asked, { ...home, isLoopbackUrl: false })).toBe(false);
});

test("a POST must come from the page itself", () => {
  expect(post({ origin: "http://localhost:3000" })).toBe(true);
  expect(post({ host: "localhost", origin: "http://localhost" })).toBe(true);
  expect(post({ host: "localhost:80", origin: "http://localhost" })).toBe(true);
  expect(post({ origin: "http://127.0.0.1:3000" })).toBe(false);
  expect(post({ origin: "http://localhost:4000" })).toBe(false);
  expect(post({ origin: "https://localhost:3000" })).toBe(false);
  expect(post({ origin: "https://evil.example" })).toBe(false);
  expect(post({ origin: "null" })).toBe(false);
  expect(post({})).toBe(false);
});

test("a POST must be JSON, which another site's form cannot send", () => {
  const origin = "http://localhost:3000";
  expect(post({ origin, "content-type": "application/json; charset=utf-8" })).toBe(true);
  expect(post({ origin, "content-type": "text/plain" })).toBe(false);
  expect(post({ origin, "content-type": "application/x-www-form-urlencoded" })).toBe(false);
});

test("rejected requests get an empty 404 on every route and deliver nothing", async () => {
  const { page, address, inbounds } = await openTestPage({ production: true });
  for (const route of page.routes) {
    const answer = await fetch(`${address}${route.path}`, { method: route.method });
    expect([route.path, answer.status, await answer.text()]).toEqual([route.path, 404, ""]);
  }
  expect(inbounds).toEqual([]);
});

test("a foreign host name that resolves to this machine (DNS rebinding) is rejected over HTTP", async () => {
  const { address } = await openTestPage();
  const { port } = new URL(address);
  const status = (host: string) =>
    new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/page/people", headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
  expect(await status(`localhost:${port}`)).toBe(200);
  expect(await status(`evil.example:${port}`)).toBe(404);
});

test("every page response allows its own scripts only, no sniffing and no caching", async () => {
  const { address } = await openTestPage();
  for (const path of ["/", "/page/app.js", "/page/style.css", "/page/people"]) {
    const { status, headers } = await fetch(`${address}${path}`);
    expect(status).toBe(200);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'self';/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});
