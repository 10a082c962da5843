import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { answerText } from "../http/answer.ts";
import { type Html, html } from "./html.ts";

/**
 * Sends one of the desk's own HTML pages. Its content security policy allows no scripts and no external resources, forms
 * post to the desk only, and the page cannot be framed, cached or indexed. It sends no referrer.
 */
export function answerDocument(
  response: ServerResponse,
  status: number,
  page: { readonly title: string; readonly body: Html },
): void {
  response.setHeader("content-security-policy", policy);
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<style>${{ html: style }}</style>
</head>
<body><main>
${page.body}
</main></body>
</html>
`;
  answerText(response, status, "text/html; charset=utf-8", document.html);
}

const style = `
:root{color-scheme:light dark;--ink:#1d2430;--soft:#55606f;--paper:#fff;--line:#6b7686;--accent:#0b5d55;--on-accent:#fff;--bad:#b00020}
@media (prefers-color-scheme:dark){:root{--ink:#eceff3;--soft:#b3bcc8;--paper:#14181d;--line:#8a95a5;--accent:#6fd6c9;--on-accent:#06231f;--bad:#ff8f9b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto;padding:1.25rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}
.practice,.help{color:var(--soft);margin:0}
.field{margin:1.75rem 0;padding:0;border:0;min-width:0}
.field label,.field legend{display:block;font-weight:600;padding:0}
.field .option{display:flex;gap:.75rem;align-items:center;font-weight:400;min-height:2.75rem;cursor:pointer}
.optional{font-weight:400;color:var(--soft)}
input:not([type=radio],[type=checkbox]),textarea{display:block;width:100%;margin-top:.375rem;padding:.625rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.375rem}
textarea{min-height:9rem;resize:vertical}
input[type=radio],input[type=checkbox]{flex:none;width:1.375rem;height:1.375rem;margin:0;accent-color:var(--accent)}
[aria-invalid=true]{border-color:var(--bad)!important;border-width:2px!important}
.error{color:var(--bad);font-weight:600;margin:.25rem 0 0}
.summary{border:2px solid var(--bad);border-radius:.375rem;padding:1rem;margin:0 0 1.5rem}
.summary h2{font-size:1.125rem;margin:0 0 .5rem}
.summary ul{margin:0;padding-left:1.25rem}
.summary a{color:var(--bad)}
button{font:inherit;font-weight:600;min-height:3rem;padding:.625rem 1.5rem;border:0;border-radius:.375rem;background:var(--accent);color:var(--on-accent);cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
