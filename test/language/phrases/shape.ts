/** Texts with the time that is read in them, in the short form of `reading.ts`, on Wednesday 4 March 2026 at ten in New York. */
export interface ReadPhrases {
  readonly title: string;
  readonly phrases: readonly (readonly [text: string, reading: string])[];
}
