/** Rules that no test names, with the reason. `test/rules.test.ts` keeps the list exact. */
export const unnamedRules: Readonly<Record<string, string>> = {
  "D1.1": "It lists the names of the states. The tests of D4.10 to D4.22 run the moves between them.",
  G12: "It limits the scope: there is no second language whose absence could fail.",
};
