/** What the desk says in Slack beside its cards: hints that only one person sees, and the pages of the installation. */
export const slackWords = {
  commandTaken: "I answered you in our direct messages, which only you can see.",
  openChat: "Open our chat",
  notTaken: "That button could not be read, so nothing was done. Please try again, or type “menu” for a fresh card.",
  formNotOpened:
    "I could not open the form just now. Please press the button again, or type your answers here one after the other.",
  formOver: "That form is no longer open. The newest card in our chat shows how things stand.",
  /** The answers to requests that are refused before they are read. */
  unverified: "This request could not be verified, so nothing was done.",
  unread: "The desk could not read that request.",
  sentenceTitle: "Not accepted",
  close: "Close",
  lookAgain: (label: string, problem: string) => `${label}: ${problem}`,

  installTitle: "Add Frontdesk to Slack",
  installLead: "Frontdesk lets clients request sessions, and practitioners confirm them, in a private chat in Slack.",
  installAsks: "Slack will ask you to allow this, and nothing else:",
  installLink: "Add to Slack",
  installLasts: "This page expires in ten minutes.",
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
    "If the practice file does not name this workspace, the operator of the desk makes a one-time code with: npm run frontdesk -- link <practice>",
    "Open Slack, find Frontdesk under Apps, and send it the code. From then on the desk recognises the practice's people here.",
  ],
  openSlack: "Open Slack",

  installFailedTitle: "The app was not installed",
  installDenied: "Slack says that it was not allowed. Nothing has changed; you can start again at any time.",
  installStale:
    "This link was opened in another browser, has been used, or is older than ten minutes. Please start again.",
  installRefused: "Slack did not accept the installation. Please start again.",
  installUnreachable: "Slack could not be reached just now. Please start again in a moment.",
  installWhole:
    "Frontdesk is installed for single workspaces, not yet for whole organisations. Start again, and choose one workspace on Slack’s page.",
  installAgain: "Start again",
} as const;
