import type { Fact } from "../cards/card.ts";
import type { FrozenService } from "../domain/booking.ts";
import type { Money } from "../domain/money.ts";
import { bookWords } from "../words/book.ts";
import { money } from "../words/money.ts";
import { movingWords } from "../words/moving.ts";
import type { SessionSeen } from "./session.ts";

/** The price of another way to meet (D2.2). Shown before the tap, and to the person who agrees to the change. */
export function newPriceFacts({ booking, ownReader: { locale } }: SessionSeen, { price }: FrozenService): Fact[] {
  const before = booking.frozen.price;
  const isSame = (price?.minor ?? 0) === (before?.minor ?? 0) && price?.currency === before?.currency;
  if (isSame || booking.clientPackageId !== undefined) return [];
  const said = (amount: Money | undefined) => (amount === undefined ? movingWords.free : money(amount, locale));
  return [{ label: bookWords.price, value: movingWords.newPrice(said(price), said(before)) }];
}
