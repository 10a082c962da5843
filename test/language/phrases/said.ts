import type { Verb } from "../../../src/language/intent/act.ts";
import type { Topic } from "../../../src/language/intent/question.ts";

/** Messages of one purpose, with what each is read as: an act of one of the verbs, or a question about one of the topics. */
export interface SaidPhrases {
  readonly title: string;
  /** What the desk does then. */
  readonly about?: string;
  readonly verbs?: readonly Verb[];
  readonly topics?: readonly Topic[];
  readonly texts: readonly string[];
}
