/** What the desk says in Slack beside its cards: hints that only one person sees, and the pages of the installation. */
export const slackWords = {
  commandTaken: "I answered you in our own chat, where nobody else reads along.",
  openChat: "Open our chat",
  notTaken: "I could not read that press, so nothing was done. Please type “menu” in our chat for a fresh card.",
  formNotOpened:
    "I could not open the form just now. Please press the button again, or type your answers here one after the other.",
  formOver: "That form is no longer open. The newest card in our chat shows how things stand.",
  sentenceTitle: "Not taken",
  close: "Close",
  lookAgain: (label: string, problem: string) => `${label}: ${problem}`,

  installTitle: "Add Frontdesk to Slack",
  installLead: "Frontdesk lets clients request sessions, and practitioners confirm them, in a private chat in Slack.",
  installAsks: "Slack will ask you to allow this, and nothing else:",
  installLink: "Add to Slack",
  installLasts: "This page is good for ten minutes.",
  scopes: {
    "chat:write": "write messages as Frontdesk, in its own chat with each person",
    commands: "offer the command /book and the shortcut “Book a session”",
    "im:history": "read what people write to Frontdesk in that chat; no other conversation",
    "im:write": "open that chat",
    "users:read": "know people's names and time zones, so that times are shown right",
    "app_mentions:read": "notice when it is mentioned in a channel, and answer in private",
  } as Readonly<Record<string, string>>,

  installedTitle: "Frontdesk is in your workspace",
  installedLead: (team: string) => `${team} now has the app. Two steps are left:`,
  yourWorkspace: "Your workspace",
  installedSteps: [
    "If the practice file does not name this workspace, whoever runs the desk makes a one-time code with: npm run frontdesk -- link <practice>",
    "Open Slack, find Frontdesk under Apps, and send it the code. From then on people of the practice are known here.",
  ],
  openSlack: "Open Slack",

  installFailedTitle: "The app was not installed",
  installDenied: "Slack says that it was not allowed. Nothing has changed; you can begin again whenever you like.",
  installStale:
    "This link was begun in another browser, has been used, or is older than ten minutes. Please begin again.",
  installRefused: "Slack did not accept the installation. Please begin again.",
  installUnreachable: "Slack could not be reached just now. Please begin again in a moment.",
  installWhole:
    "Frontdesk is installed for single workspaces, not yet for whole organisations. Begin again, and choose one workspace on Slack’s page.",
  installAgain: "Begin again",
} as const;
