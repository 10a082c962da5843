/** `T` without the keys that may be `undefined`, which become optional instead. */
export type Given<T> = { readonly [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  readonly [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/**
 * The fields that have a value. A field that is `undefined` is left out, so that the result fits types with optional
 * fields and equals itself after a trip through JSON:
 *
 *     const filter = { practiceId, ...given({ clientId, limit }) };
 */
export function given<const T extends object>(fields: T): Given<T> {
  // Only keys with the value `undefined` are missing, which is what the type says.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
