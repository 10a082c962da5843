import type { Fact } from "../../src/cards/card.ts";
import { otherZoneTime, sessionTime } from "../../src/words/instants.ts";
import { methodDetail, methodFor } from "../../src/words/methods.ts";
import { creditName, packageWords } from "../../src/words/packages.ts";
import { paymentName, paymentWords } from "../../src/words/payment.ts";
import { reviewWords } from "../../src/words/review.ts";
import type { ReviewFacts } from "./facts.ts";

/** A request in facts: who, what, when, how. */
export function requestFacts({
  booking,
  client,
  colleague,
  reader,
  clientZone,
  answers,
  fromPackage,
  payment,
  locale,
}: ReviewFacts): Fact[] {
  const other = otherZoneTime(booking, reader, clientZone);
  const { frozen } = booking;
  return [
    { label: reviewWords.client, value: client },
    { label: reviewWords.session, value: frozen.publicName },
    ...(colleague === undefined ? [] : [{ label: reviewWords.colleague, value: colleague }]),
    {
      label: reviewWords.when,
      value: other === undefined ? sessionTime(booking, reader) : `${sessionTime(booking, reader)} · ${other}`,
    },
    { label: reviewWords.how, value: methodFor("practitioner", frozen.method, frozen.location) },
    ...(frozen.location === undefined
      ? []
      : [{ label: reviewWords.where, value: methodDetail(frozen.method, frozen.location) }]),
    ...(fromPackage === undefined ? [] : [{ label: packageWords.fromPackage, value: creditName(fromPackage) }]),
    ...(payment === undefined
      ? []
      : [{ label: paymentWords.title, value: paymentName(payment, booking, { role: "practitioner", locale }) }]),
    ...(answers === 0 ? [] : [{ label: reviewWords.form, value: reviewWords.answers(answers) }]),
  ];
}
