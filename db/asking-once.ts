import type { Books } from "./books.ts";

/** What a turn asks again and again, from its command to its card: who offers what, who is who, the booking at hand. */
const repositories = ["practices", "catalogue", "people", "identities", "bookings", "packages", "absences"] as const;
/** The verbs that change nothing (`ReadBooks`). */
const reading = /^(find|get|list|count|memberships)/;

/** Books that are asked once, over one connection: for one transaction after the other. */
export interface AskedOnce {
  readonly books: Books;
  /** Before each transaction. */
  forget(): void;
}

/**
 * The books as a transaction sees them, in which the same question to the same repository is asked once. Whatever writes there
 * makes it forget, and so does waiting for a practitioner's time or for a package: what was read before may have changed
 * meanwhile, and `lookAgain` is told so.
 */
export function askingOnce(books: Books, lookAgain: () => void = () => {}): AskedOnce {
  const answers = new Map<string, Map<string, unknown>>();
  const once = { ...books };
  for (const name of repositories) Object.assign(once, { [name]: remembering(name, books[name]) });
  once.claims = forgettingAll(books.claims);
  once.packages = forgettingAll(once.packages);
  return { books: once, forget: () => answers.clear() };

  function forgettingAll<Words extends unknown[], Repository extends { lock(...words: Words): unknown }>(
    repository: Repository,
  ): Repository {
    return {
      ...repository,
      lock(...words: Words) {
        answers.clear();
        lookAgain();
        return repository.lock(...words);
      },
    };
  }

  function remembering(name: string, repository: object): object {
    const methods = Object.entries(repository).map(([verb, method]) => {
      const ask = (...words: unknown[]): unknown => {
        if (!reading.test(verb)) {
          answers.delete(name);
          return method(...words);
        }
        const known = answers.get(name) ?? new Map<string, unknown>();
        answers.set(name, known);
        const question = JSON.stringify([verb, ...words]);
        if (!known.has(question)) known.set(question, method(...words));
        return known.get(question);
      };
      return [verb, ask];
    });
    return Object.fromEntries(methods);
  }
}
