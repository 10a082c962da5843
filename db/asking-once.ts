import type { Books } from "./books.ts";

/** What a turn asks again and again, from its command to its card: who offers what, who is who, the booking at hand. */
const repositories = ["practices", "catalogue", "people", "identities", "bookings"] as const;
/** The verbs that change nothing (`ReadBooks`). */
const reading = /^(find|get|list|count|memberships)/;

/**
 * The books for one transaction, in which the same question to the same repository is asked once. Whatever writes there
 * makes it forget, and so does waiting for a practitioner's time or for a package: what was read before may have changed
 * meanwhile.
 */
export function askingOnce(books: Books): Books {
  const answers = new Map<string, Map<string, unknown>>();
  const once = Object.fromEntries(repositories.map((name) => [name, remembering(name, books[name])]));
  const { lock } = books.claims;
  const claims: Books["claims"] = {
    ...books.claims,
    lock(...whose) {
      answers.clear();
      return lock(...whose);
    },
  };
  const packages: Books["packages"] = {
    ...books.packages,
    lock(...which) {
      answers.clear();
      return books.packages.lock(...which);
    },
  };
  return { ...books, ...once, claims, packages };

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
