import type { TalkName } from "../src/cards/talks.ts";
import type { Flow } from "../src/conversation/flow.ts";
import { absenceFlow } from "./absence/flow.ts";
import { activateFlow } from "./activate/flow.ts";
import { answersFlow } from "./answers/flow.ts";
import { assignFlow } from "./assign/flow.ts";
import { bookFlow } from "./book/flow.ts";
import { bookingsFlow } from "./bookings/flow.ts";
import { cancelFlow } from "./cancel/flow.ts";
import { changeFlow } from "./change/flow.ts";
import { contactFlow } from "./contact/flow.ts";
import { crisisFlow } from "./crisis/flow.ts";
import { homeFlow } from "./home/flow.ts";
import { inviteFlow } from "./invite/flow.ts";
import { linkFlow } from "./link/flow.ts";
import { noticeFlow } from "./notice/flow.ts";
import { packagesFlow } from "./packages/flow.ts";
import { peopleFlow } from "./people/flow.ts";
import { planFlow } from "./plan/flow.ts";
import { planReviewFlow } from "./plan-review/flow.ts";
import { proposalFlow } from "./proposal/flow.ts";
import { questionFlow } from "./question/flow.ts";
import { remindFlow } from "./remind/flow.ts";
import { requestsFlow } from "./requests/flow.ts";
import { rescheduleFlow } from "./reschedule/flow.ts";
import { reviewFlow } from "./review/flow.ts";
import { whoFlow } from "./who/flow.ts";

/** The register: every talk the desk can have, by name, in the order in which they are asked for an act. A name without a flow, or a flow under another name, does not compile. */
export const flows: { readonly [Name in TalkName]: Flow<Name> } = {
  book: bookFlow,
  bookings: bookingsFlow,
  requests: requestsFlow,
  review: reviewFlow,
  answers: answersFlow,
  proposal: proposalFlow,
  notice: noticeFlow,
  packages: packagesFlow,
  plan: planFlow,
  "plan-review": planReviewFlow,
  assign: assignFlow,
  cancel: cancelFlow,
  reschedule: rescheduleFlow,
  change: changeFlow,
  remind: remindFlow,
  absence: absenceFlow,
  activate: activateFlow,
  link: linkFlow,
  invite: inviteFlow,
  people: peopleFlow,
  contact: contactFlow,
  crisis: crisisFlow,
  who: whoFlow,
  // Its lists only take acts that no flow above opens on.
  home: homeFlow,
  // It answers questions in words, if no flow has a card for them.
  question: questionFlow,
};
