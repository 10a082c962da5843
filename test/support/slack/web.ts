import type { IncomingMessage } from "node:http";
import type { Visitor } from "./oauth.ts";
import { type Json, record, text, unpacked } from "./shape.ts";

/** A parsed request to the fake Slack. */
export type ApiRequest = { readonly method: string; readonly args: Json } & (
  | { readonly kind: "method"; readonly authorization: string }
  | { readonly kind: "response"; readonly id: string; readonly body: string }
  | {
      readonly kind: "page";
      readonly query: URLSearchParams;
      readonly visitor: Visitor | undefined;
      /** The redirect URL if the app names none. */
      readonly fallback: string;
    }
);

/** Header that identifies the user at the browser, in place of Slack's session cookie. */
export const visitorHeader = "x-fake-visitor";

/** Parses a request with a form or JSON body. */
export async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, room = "", ...rest] = url.pathname.split("/");
  const args = { ...Object.fromEntries(url.searchParams), ...fields(body, request.headers["content-type"] ?? "") };
  if (room === "response") return { kind: "response", method: "response_url", args, id: rest.join("/"), body };
  if (room === "oauth") {
    const { teamId, userId, answer, fallback } = record(unpacked(request.headers[visitorHeader] ?? ""));
    const known = teamId !== undefined && userId !== undefined;
    return {
      kind: "page",
      method: "authorize",
      args,
      query: url.searchParams,
      fallback: text(fallback),
      visitor: known
        ? { teamId: text(teamId), userId: text(userId), answer: answer === "deny" ? "deny" : "allow" }
        : undefined,
    };
  }
  const authorization = request.headers.authorization ?? "";
  return { kind: "method", method: rest.join("/"), args, authorization };
}

function fields(body: string, contentType: string): Json {
  if (contentType.includes("json")) return record(unpacked(body));
  return contentType.includes("form-urlencoded")
    ? Object.fromEntries(new URLSearchParams(body))
    : record(unpacked(body));
}
