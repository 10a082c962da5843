import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { minuteMs } from "../../src/domain/units.ts";

/** The OAuth state parameter, and the nonce in the browser's cookie. Both are needed to finish an installation. */
export interface InstallState {
  readonly state: string;
  readonly nonce: string;
}

/** Time limit of an installation, ms. */
export const installMs = 10 * minuteMs;

/** Creates the state for a new installation. It contains its expiry and is signed. */
export function newInstallState(secret: string, nowMs: number): InstallState {
  const nonce = randomBytes(18).toString("base64url");
  const body = `${nonce}.${nowMs + installMs}`;
  return { nonce, state: `${body}.${signed(secret, body)}` };
}

/** Whether the state was signed by this desk, has not expired, and matches the nonce of this browser. */
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
