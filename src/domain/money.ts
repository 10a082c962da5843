/** An amount of money: an integer of the currency's minor unit (cents), with its ISO 4217 code (D5.6). */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}
