import { type AdaptiveCard, cardLines } from "./adaptive-card.ts";
import { type CardCheck, cardFaults } from "./card-checks.ts";
import type { Chat, Chats, Message } from "./chats.ts";
import { errorReply, type Fault, type FaultPlace, faultReply, openFaults, openPacing, type Pace } from "./faults.ts";
import type { TokenIssuer } from "./issuer.ts";
import { type Call, type Reply, serveLoopback } from "./loopback.ts";

/** A double of the Bot Connector API. */
export interface Connector {
  /** With a trailing slash, as in activities. */
  readonly serviceUrl: string;
  /** Makes following calls fail. */
  fail(fault: Fault, place?: FaultPlace): void;
  clearFaults(): void;
  /** All calls: `POST a:1…/activities` with the response status; 0 for no response. */
  calls(): readonly ConnectorCall[];
  /** Rule violations by the bot. */
  violations(): readonly string[];
  /** Like `violations`, and clears them. */
  takeViolations(): readonly string[];
  close(): Promise<void>;
}

export interface ConnectorCall {
  readonly method: string;
  /** The chat; absent when one is created. */
  readonly chat?: string;
  readonly activityId?: string;
  readonly status: number;
  /** The JSON body. */
  readonly body?: unknown;
}

export interface ConnectorOptions {
  readonly chats: Chats;
  /** `28:…` */
  readonly botId: string;
  readonly botToken: TokenIssuer["botToken"];
  readonly pace: readonly Pace[];
  /** Wall time for rate limits, ms. */
  readonly realNow: () => number;
  /** The sender's own card rules, in addition to Teams'. */
  readonly houseRules: CardCheck;
  /** Serves http instead of https. */
  readonly plain?: boolean;
}

/** Teams accepts about 100 KB. The desk's own limit leaves a margin for what Teams adds (T18). */
const mostBytes = 80_000;

/** The fields of a bot's message that the double checks. */
interface Outgoing {
  readonly type?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly attachments?: readonly { readonly contentType?: string; readonly content?: AdaptiveCard }[];
  readonly suggestedActions?: { readonly actions?: readonly { readonly title: string; readonly value: string }[] };
}

/** Opens the Connector double on loopback. */
export async function openConnector(options: ConnectorOptions): Promise<Connector> {
  const { chats, botId } = options;
  const faults = openFaults();
  const pacing = openPacing(options.pace, options.realNow);
  const calls: ConnectorCall[] = [];
  let violations: string[] = [];
  const violation = (what: string) => void violations.push(what);

  const { url, close } = await serveLoopback(
    (asked) => {
      const call = { ...asked, path: asked.path.slice(1) }; // the protocol has no region
      const [, , chat, , activityId] = call.path;
      const reply = answer(call);
      calls.push({
        method: call.method,
        ...(chat === undefined ? {} : { chat }),
        ...(activityId === undefined ? {} : { activityId }),
        status: typeof reply === "string" ? 0 : reply.status,
        ...(call.body === "" ? {} : { body: JSON.parse(call.body) }),
      });
      return reply;
    },
    { plain: options.plain ?? false },
  );

  function answer(call: Call): Reply {
    const { method, path } = call;
    const token = options.botToken(call.authorization);
    if (token !== "good") {
      if (token === "foreign") violation(`${method} /${path.join("/")} without a token of the bot`);
      return errorReply(401, "Unauthorized", "Authorization has been denied for this request.");
    }
    const chatId = path[2];
    if (method !== "GET" && chatId !== undefined) {
      const early = pacing.tooEarly(chatId);
      if (early?.ignored) violation(`${method} came before the time that Retry-After named was over`);
      if (early !== undefined)
        return errorReply(429, "Throttled", "API calls quota exceeded.", early.retryAfterSeconds);
    }
    const fault = faults.meet(method, chatId);
    if (fault === "reset" || fault === "hang") return fault;
    if (fault === "lost reply") {
      done(call);
      return "reset";
    }
    if (fault === undefined) return done(call);
    if (chatId !== undefined && fault.retryAfterSeconds !== undefined) pacing.told(chatId, fault.retryAfterSeconds);
    return faultReply(fault);
  }

  function done({ method, path, body }: Call): Reply {
    const [version, conversations, chatId, what, id] = path;
    if (version !== "v3" || conversations !== "conversations") return errorReply(404, "NotFound", path.join("/"));
    if (chatId === undefined) return method === "POST" ? create(body) : errorReply(405, "MethodNotAllowed", method);
    const chat = chats.find(chatId);
    if (chat === undefined) return errorReply(404, "ConversationNotFound", "Conversation not found.");
    if (!chat.installed)
      return errorReply(403, "ForbiddenOperationException", "The bot is not part of the conversation roster.");
    if (what === "members" || what === "pagedmembers") return members(chat, what, id);
    if (what !== "activities") return errorReply(404, "NotFound", path.join("/"));
    if (chat.blocked) return errorReply(403, "MessageWritesBlocked", "User blocked the conversation with the bot.");
    if (method === "POST") return post(chat, body);
    return change(chat, { method, id: id ?? "", body });
  }

  /** Validates a message: a refusal, or the contents to store. */
  function read(body: string): { readonly refusal: Reply } | { readonly content: Partial<Message>; split: boolean } {
    if (Buffer.byteLength(body) > mostBytes) {
      violation(`a message of ${Buffer.byteLength(body)} bytes`);
      return { refusal: errorReply(413, "MessageSizeTooBig", "Message size too large.") };
    }
    const { text, summary, attachments = [], suggestedActions }: Outgoing = JSON.parse(body); // validated field by field below
    const [attachment] = attachments;
    const card = attachment?.content;
    const wrong = [
      ...(attachments.length > 1 ? ["more than one attachment"] : []),
      ...(attachment !== undefined && attachment.contentType !== "application/vnd.microsoft.card.adaptive"
        ? [`an attachment of type ${attachment.contentType}`]
        : []),
      ...(text === undefined && card === undefined ? ["a message with nothing in it"] : []),
      ...(card === undefined ? [] : [...cardFaults(card), ...options.houseRules(card)]),
    ];
    const suggestions = suggestedActions?.actions ?? [];
    if (suggestions.length > 3) violation(`${suggestions.length} suggested actions, three at most`);
    if (suggestions.length > 0 && card !== undefined) violation("suggested actions with a card");
    for (const each of wrong) violation(each);
    if (wrong.length > 0) return { refusal: errorReply(400, "BadSyntax", wrong.join("; ")) };
    const content = {
      suggestions,
      ...(text === undefined ? {} : { text }),
      notification: summary ?? text ?? (card === undefined ? "" : (cardLines(card)[0] ?? "")),
      ...(card === undefined ? {} : { card }),
    };
    return { content, split: Boolean(text) && card !== undefined };
  }

  function post(chat: Chat, body: string): Reply {
    if ((JSON.parse(body) as Outgoing).type === "typing") return { status: 202, json: {} }; // only its type is read
    const found = read(body);
    if ("refusal" in found) return found.refusal;
    const { content, split } = found;
    if (!split) return { status: 201, json: { id: chats.post(chat, botId, content).id } };
    const { text = "", card, ...rest } = content;
    violation("text and card in one message: Teams splits them and gives no id back (T8)");
    chats.post(chat, botId, { ...rest, text, notification: text });
    chats.post(chat, botId, { ...rest, ...(card === undefined ? {} : { card }) });
    return { status: 201, json: {} };
  }

  function change(chat: Chat, { method, id, body }: { method: string; id: string; body: string }): Reply {
    const message = chat.messages.find((each) => each.id === id);
    if (message === undefined || message.deleted)
      return errorReply(404, "ActivityNotFoundInConversation", "The message was not found in the conversation.");
    if (message.from !== botId) {
      violation(`${method} of another sender's message`);
      return errorReply(403, "NotEnoughPermissions", "The message is not the bot's own.");
    }
    if (method === "DELETE") {
      message.deleted = true;
      chats.changed();
      return { status: 200 };
    }
    if (method !== "PUT") return errorReply(405, "MethodNotAllowed", method);
    const found = read(body);
    if ("refusal" in found) return found.refusal;
    if (found.split) violation("text and card in one message: Teams splits them (T8)");
    delete message.text;
    delete message.card;
    message.views.clear();
    const { notification: _, ...content } = found.content;
    Object.assign(message, content, { edits: message.edits + 1 });
    chats.changed();
    return { status: 200, json: { id } };
  }

  function create(body: string): Reply {
    // Each field is checked below; missing ones are refused.
    const asked = JSON.parse(body) as {
      isGroup?: boolean;
      tenantId?: string;
      channelData?: { tenant?: { id?: string } };
      members?: { id?: string }[];
    };
    const tenant = asked.tenantId ?? asked.channelData?.tenant?.id;
    if (asked.isGroup || asked.members?.length !== 1 || tenant === undefined)
      return errorReply(400, "BadSyntax", "One member, a tenant, and no group.");
    const wanted = asked.members[0]?.id;
    for (const { kind, members, tenant: where, installed } of chats.all.values()) {
      const [person] = members;
      if (kind !== "personal" || person === undefined || (person.userId !== wanted && person.aadObjectId !== wanted))
        continue;
      if (where !== tenant) continue;
      if (!installed)
        return errorReply(403, "ForbiddenOperationException", "The app is not installed for this person.");
      return { status: 201, json: { id: chats.personal(person).id } };
    }
    return errorReply(403, "ForbiddenOperationException", "The app is not installed for this person.");
  }

  return {
    serviceUrl: `${url}/emea/`,
    fail: faults.plan,
    clearFaults: faults.clear,
    calls: () => calls,
    violations: () => violations,
    takeViolations() {
      const taken = violations;
      violations = [];
      return taken;
    },
    close,
  };
}

function members(chat: Chat, what: string, id: string | undefined): Reply {
  const all = chat.members.map(({ userId, name, email, aadObjectId, tenant }) => ({
    id: userId,
    name,
    email,
    userPrincipalName: email,
    aadObjectId,
    objectId: aadObjectId,
    tenantId: tenant,
    userRole: "user",
  }));
  if (what === "pagedmembers") return { status: 200, json: { members: all } };
  if (id === undefined) return { status: 200, json: all };
  const found = all.find((member) => member.id === id || member.aadObjectId === id);
  if (found === undefined) return errorReply(404, "MemberNotFoundInConversation", "Member not found.");
  return { status: 200, json: found };
}
