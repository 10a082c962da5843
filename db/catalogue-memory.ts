import type { Books } from "./books.ts";

/**
 * What a practice is, offers, and whom it employs: asked in every turn, changed when its file is imported. The practice's
 * first word in a question says whose it is.
 */
const kept: Readonly<Record<string, readonly string[]>> = {
  practices: ["find", "get"],
  catalogue: ["listServices", "findService", "listLocations", "findLocation", "findForm", "findTerms"],
  people: ["listPractitioners", "findPractitioner"],
  packages: ["listTemplates"],
};
/** What changes an answer, with whose it is: the practice or its id comes first, or is in the record. */
const changing: Readonly<Record<string, readonly string[]>> = {
  practices: ["save"],
  catalogue: ["saveService", "saveLocation", "saveForm", "saveTerms"],
  people: ["savePractitioner"],
  packages: ["saveTemplate"],
};

/** More questions than a practice has answers to; what asks about anything else must not pile up. */
const mostAnswers = 2_000;

/** Answers of a practice, as of a revision of it. */
interface Remembered {
  readonly revision: string;
  readonly answers: Map<string, unknown>;
}

/** Books over one connection whose catalogue is read from memory where that is up to date. */
export interface RememberingBooks {
  readonly books: Books;
  /** Before each transaction. */
  begin(): void;
  /** After waiting for somebody: what they did may have changed the catalogue. */
  lookAgain(): void;
}

/**
 * What one process remembers of the practices' catalogues, over all its connections. Every writer, in this process or
 * another, gives the practice a new revision in the same transaction; a transaction reads the revision once and then asks
 * the books only what nobody has asked since. One that writes to a catalogue remembers nothing: it may be undone.
 */
export function openCatalogueMemory(): (books: Books) => RememberingBooks {
  const practices = new Map<string, Remembered>();

  return (books) => {
    const revisions = new Map<string, Promise<string | undefined>>();
    const changed = new Set<string>();
    const remembering = { ...books };
    for (const name of Object.keys(kept)) Object.assign(remembering, { [name]: over(name, books) });
    return {
      books: remembering,
      begin() {
        revisions.clear();
        changed.clear();
      },
      lookAgain: () => revisions.clear(),
    };

    function over(name: string, { [name as keyof Books]: repository }: Books): object {
      const methods = Object.entries(repository).map(([verb, method]: [string, Method]) => {
        if (kept[name]?.includes(verb)) return [verb, (...words: Words) => answer(`${name}.${verb}`, words, method)];
        if (changing[name]?.includes(verb)) return [verb, (...words: Words) => change(words, method)];
        return [verb, method];
      });
      return Object.fromEntries(methods);
    }

    async function answer(verb: string, words: Words, method: Method): Promise<unknown> {
      const practiceId = String(words[0]);
      if (changed.has(practiceId)) return method(...words);
      const asking = revisions.get(practiceId) ?? books.practices.findRevision(practiceId);
      revisions.set(practiceId, asking);
      const revision = await asking;
      if (revision === undefined) return method(...words);
      const answers = answersAt(practiceId, revision);
      const question = [verb, ...words.slice(1)].join("\n");
      if (answers.has(question)) return answers.get(question);
      const found = await method(...words);
      if (answers.size < mostAnswers && !changed.has(practiceId)) answers.set(question, Object.freeze(found));
      return found;
    }

    async function change(words: Words, method: Method): Promise<unknown> {
      const practiceId = ownerOf(words[0]);
      changed.add(practiceId);
      await books.practices.renewRevision(practiceId);
      return method(...words);
    }
  };

  function answersAt(practiceId: string, revision: string): Map<string, unknown> {
    const known = practices.get(practiceId);
    if (known?.revision === revision) return known.answers;
    const answers = new Map<string, unknown>();
    practices.set(practiceId, { revision, answers });
    return answers;
  }
}

type Words = readonly unknown[];
type Method = (...words: Words) => Promise<unknown>;

function ownerOf(word: unknown): string {
  if (typeof word === "string") return word;
  const record = word as { readonly practiceId?: string; readonly id: string }; // a practice, or something of one
  return record.practiceId ?? record.id;
}
