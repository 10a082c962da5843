import type { SecretRef } from "../../cards/card.ts";
import type { Booking } from "../../domain/booking.ts";
import { newToken } from "../../ids.ts";
import { secretRef } from "../secrets.ts";

/**
 * The join link of a video session, set once at confirmation; undefined for other methods. `{room}` in the service's address
 * becomes 22 random base64url characters, at least 128 bits, so that the room cannot be guessed.
 */
export function joinUrlOf(booking: Booking): string | undefined {
  const { method } = booking.frozen;
  return method.kind === "video" ? method.url.replace("{room}", newToken().slice(0, 22)) : undefined;
}

/** The join link as cards and mails carry it (R9). */
export function joinLink({ practiceId, id }: Pick<Booking, "practiceId" | "id">): SecretRef {
  return secretRef("join", practiceId, id);
}
