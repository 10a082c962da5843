import type { Talk } from "../../db/store.ts";
import type { Reading } from "../language/reading.ts";
import type { OpenTalk } from "./open-talk.ts";
import type { Receiving } from "./turns.ts";

/** A message being heard. */
export interface Saying {
  readonly receiving: Receiving;
  readonly text: string;
  readonly reading: Reading;
  readonly newest: Talk | undefined;
  readonly open: OpenTalk | undefined;
}
