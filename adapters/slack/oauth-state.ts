import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { minuteMs } from "../../src/domain/units.ts";

/** What goes to Slack and comes back, and what stays in the browser that began: neither is worth anything alone. */
export interface InstallState {
  readonly state: string;
  readonly nonce: string;
}

/** How long an installation may take, ms. */
export const installMs = 10 * minuteMs;

/** Begins an installation: the state names when it ends, and is signed. */
export function newInstallState(secret: string, nowMs: number): InstallState {
  const nonce = randomBytes(18).toString("base64url");
  const body = `${nonce}.${nowMs + installMs}`;
  return { nonce, state: `${body}.${signed(secret, body)}` };
}

/** Whether this state was made here, is not over, and was begun in the browser that holds this nonce. */
export function isInstallState(secret: string, given: { state: string; nonce: string; nowMs: number }): boolean {
  const [nonce = "", until = "", signature = "", ...more] = given.state.split(".");
  if (more.length > 0 || nonce === "") return false;
  return (
    isSame(signature, signed(secret, `${nonce}.${until}`)) && isSame(nonce, given.nonce) && Number(until) > given.nowMs
  );
}

function signed(secret: string, body: string): string {
  return createHmac("sha256", secret).update(`slack-install:${body}`).digest("base64url");
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
