import { answerJson, answerText } from "../../src/http/answer.ts";
import type { MailTray, TrayMail } from "../../src/ports/mailer.ts";
import type { Route } from "../../src/ports/route.ts";
import { answerEmpty } from "./answer.ts";

const icsFile = /^(.+)\.ics$/;

/** Routes of the mail tray: the list of mails, newest first, and each mail's .ics file. */
export function mailRoutes(tray: MailTray): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/page/mail",
      handle: async ({ response }) => answerJson(response, 200, (await tray.list()).map(listed).toReversed()),
    },
    {
      method: "GET",
      path: "/page/mail/:file",
      async handle({ response, params }) {
        const id = icsFile.exec(params.file ?? "")?.[1];
        const mail = (await tray.list()).find((each) => each.id === id);
        if (mail?.ics === undefined) return answerEmpty(response, 404);
        response.setHeader("content-disposition", 'attachment; filename="session.ics"');
        answerText(response, 200, "text/calendar; charset=utf-8", mail.ics);
      },
    },
  ];
}

function listed({ ics, ...mail }: TrayMail): Omit<TrayMail, "ics"> & { readonly hasInvitation: boolean } {
  return { ...mail, hasInvitation: ics !== undefined };
}
