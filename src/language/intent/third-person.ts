/** Words of the third person singular. "They" is not among them, because it also stands for people in general. */
const thirdPerson = /(?<![^ ])(?:he|she|him|her|hers|his|himself|herself)(?:'(?:s|d|ll))?(?= |$)/;
/** A phrase a pronoun may stand for: "my daughter", "the new doctor". */
const antecedent = /(?<![^ ])(?:my|your|our|their|a|an|the|this|that|another|some)(?= [^ <]+ )/;
const leadIn = "(?:well|hm+|oh|ah|but|and|so|sorry|because|no|yes|ok|i (?:think|know|guess|fear)|that|,)";
const finite =
  "(?:is|isn't|was|wasn't|has|hasn't|had|does|doesn't|did|didn't|can|can't|could|couldn't|will|won't|would|should|must|may|might|never|always|often|just|still|usually|seems|keeps|said|told|wants|needs|comes)";
const personAsSubject = new RegExp(`^(?:${leadIn} )*<person> ${finite}(?= |$)`);

/**
 * Whether a message speaks of a person instead of to them: "she is always late", "Ana never pays". A pronoun after a
 * phrase it may stand for does not count: "my daughter is ill, she needs me".
 */
export function speaksOfPerson(gist: string): boolean {
  const pronoun = thirdPerson.exec(gist);
  if (pronoun !== null && !antecedent.test(gist.slice(0, pronoun.index))) return true;
  return personAsSubject.test(gist);
}
