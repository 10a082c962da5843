import type { Session } from "./ledger.ts";

/** A minimal checkout page: amount, card number, pay button, link back. */
export function hostedPage(session: Session, trouble = ""): string {
  if (session.status !== "open") return page("This page is no longer open", "<p>Nothing can be paid here.</p>");
  const amount = `${(session.amount / 100).toFixed(2)} ${session.currency.toUpperCase()}`;
  return page(
    "Checkout",
    `<p id="what">${escaped(session.title)}</p><p id="amount">${amount}</p>
<form method="post">${trouble === "" ? "" : `<p role="alert">${trouble}</p>`}
<label for="card">Card number</label><input id="card" name="card" autocomplete="off">
<button type="submit">Pay</button></form>
<p><a href="${escaped(session.cancelUrl)}">Back</a></p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
