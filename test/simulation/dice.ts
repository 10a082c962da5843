import { seededDice } from "../support/dice.ts";

/** A whole number from 0 to `sides` − 1; 0 for no sides. */
export type Dice = (sides: number) => number;

/** Separate streams of one seed, so that one more throw in one of them does not change the others. */
export interface SimulationDice {
  /** The order of what is due at the same time. */
  readonly order: Dice;
  /** Delays and failures of the services. */
  readonly faults: Dice;
  /** What people do, and when the process dies. */
  readonly acts: Dice;
  /** Random bytes of ids. */
  readonly bytes: (count: number) => Buffer;
}

/** The dice of a seed. */
export function diceOf(seed: number): SimulationDice {
  const stream = (at: number) => seededDice(Math.imul(seed, 8) + at);
  const byte = stream(3);
  return {
    order: stream(0),
    faults: stream(1),
    acts: stream(2),
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => byte(256))),
  };
}

export function oneOf<Thing>(things: readonly Thing[], dice: Dice): Thing | undefined {
  return things[dice(things.length)];
}
