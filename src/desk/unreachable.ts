import type { Address, Unreachable } from "../ports/messenger.ts";
import type { Desk } from "./desk.ts";

/** Notes that nothing reaches this chat user any more. It is forgotten when they are heard of again. */
export async function noteUnreachable(desk: Desk, address: Address, why: Unreachable): Promise<void> {
  await desk.books.identities.setUnreachable(address, why, desk.nowMs);
}
