import { describe, expect, test } from "vitest";
import { speaksOfDistress } from "../../../src/language/intent/distress.ts";
import { clientSays } from "./practice.ts";

const distress: readonly string[] = [
  "I want to kill myself",
  "i've been thinking about suicide",
  "i don't want to be alive",
  "I want to end it all",
  "i just want to die",
  "I keep hurting myself",
  "they would be better off without me",
  "there is no point in living",
  "my husband hits me",
  "he said he will kill me",
  "i am going to kill him",
  "quiero morir",
  "Me quiero matar",
  "No quiero vivir más",
  "Je veux mourir",
  "j’ai envie de me suicider",
  "Ich will nicht mehr leben",
  "ich möchte mich umbringen",
  "Quero morrer",
  "não quero mais viver",
  "voglio farla finita",
  "Non voglio più vivere",
  "ik wil niet meer leven",
  "ik ga zelfmoord plegen",
];
const ordinary: readonly string[] = [
  "this headache is killing me",
  "I'd kill for a Friday slot",
  "i'm dying to see you",
  "my back is killing me, can i come today",
  "over my dead body",
  "i cut myself shaving",
  "i'm dead tired",
  "kill that booking",
  "the traffic is murder",
  "the deadline is friday",
  "i want to die my hair",
  "i don't want to live in lisbon",
  "cancel friday",
  "book a follow-up",
  "no quiero vivir en Lisboa",
  "me voy a morir de risa",
  "je ne veux plus vivre à Paris",
  "Non voglio più vivere a Roma",
  "Ich will am Freitag nicht kommen",
  "quiero una cita",
];

describe("distress", () => {
  test.each(distress)("W11: %s is heard", (text) => {
    expect(clientSays(text).isDistress).toBe(true);
  });
  test.each(ordinary)("W11: %s is ordinary speech", (text) => {
    expect(clientSays(text).isDistress).toBe(false);
  });
});

describe("other languages", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["Quiero una cita para mañana", "es"],
    ["¿Cuánto cuesta una sesión?", "es"],
    ["Je voudrais un rendez-vous demain", "fr"],
    ["Bonjour, est-ce que je peux annuler ?", "fr"],
    ["Ich möchte einen Termin", "de"],
    ["Kann ich morgen kommen?", "de"],
    ["Quero marcar uma consulta amanhã", "pt"],
    ["Vorrei prenotare un appuntamento per domani", "it"],
    ["Ik wil graag een afspraak maken", "nl"],
  ];
  test.each(rows)("W10: %s", (text, language) => {
    expect(clientSays(text).language).toBe(language);
  });

  const english: readonly string[] = [
    "I want to see Dr Lee",
    "cancel my session with Van den Berg",
    "book Les Dupont and Maria de la Cruz",
    "is it on?",
    "me and my son",
    "do you have an hour",
    "hi",
    "Ana",
    "con brio",
    "",
  ];
  test.each(english)("W10: %s is English or a name", (text) => {
    expect(clientSays(text).language).toBeUndefined();
  });
});

test("W11: distress is found anywhere in a long text", () => {
  const filler = "and so on ".repeat(60);
  for (let before = 0; before < 90; before++) {
    expect(speaksOfDistress(`${"word ".repeat(before)}I want to end my life ${filler}`), `${before}`).toBe(true);
  }
  expect(speaksOfDistress(filler.repeat(5))).toBe(false);
  expect(speaksOfDistress("")).toBe(false);
});
