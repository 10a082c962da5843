import type { Flow } from "../src/conversation/flow.ts";
import { assignFlow } from "./assign/flow.ts";
import { bookFlow } from "./book/flow.ts";
import { bookingsFlow } from "./bookings/flow.ts";
import { cancelFlow } from "./cancel/flow.ts";
import { homeFlow } from "./home/flow.ts";
import { noticeFlow } from "./notice/flow.ts";
import { packagesFlow } from "./packages/flow.ts";
import { reviewFlow } from "./review/flow.ts";

/** Every talk the desk can have, by name. */
export const flows: Readonly<Record<string, Flow>> = {
  home: homeFlow,
  book: bookFlow,
  bookings: bookingsFlow,
  review: reviewFlow,
  notice: noticeFlow,
  packages: packagesFlow,
  assign: assignFlow,
  cancel: cancelFlow,
};
