/**
 * Longest wait for one condition, ms. It detects hangs only: a condition that holds ends its wait at once, and no test
 * passes or fails by the speed of the machine.
 */
export const patienceMs = 120_000;

/** Limit of one test or hook, ms. Longer than a wait, so that the wait fails first and names its condition. */
export const hangMs = 300_000;
