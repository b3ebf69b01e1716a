import { errorAnswer, gmailNotFound, invalidParameter } from "../api-error.js";
import { accessOf, apiTarget, hasToken, type ApiContext } from "../api-target.js";
import type { RequestHead } from "../exchange.js";
import { findRoute, type Match, type Route } from "../routes.js";
import type { Target } from "../target.js";
import { continueSession, startSession } from "./resumable.js";
import { mediaPayload, multipartPayload } from "./upload-payload.js";

const methods = ["POST", "PUT"];

/**
 * A call of a method that takes uploads, under its address for them, or undefined when it is none.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/uploads
 */
export function uploadTarget(context: ApiContext, head: RequestHead): Target | undefined {
  const prefix = /^\/(?:resumable\/)?upload(?=\/)/.exec(head.url.pathname)?.[0];
  if (prefix === undefined) return undefined;
  const find = (method: string): Match | undefined => {
    const found = findRoute(method, head.url.pathname.slice(prefix.length));
    return found?.route.maxUploadBytes === undefined ? undefined : found;
  };
  const uploadId = head.url.searchParams.get("upload_id");
  if (uploadId !== null) {
    const match = methods.map(find).find((each) => each !== undefined);
    return match && head.httpMethod === "PUT" ? sessionTarget(context, head, match, uploadId) : undefined;
  }
  const match = find(head.httpMethod);
  return match && firstTarget(context, head, match);
}

/** An upload in one request, or the announcement of one in several. */
function firstTarget(context: ApiContext, head: RequestHead, match: Match): Target {
  const contentType = head.headers["content-type"];
  const { maxUploadBytes: maxBytes = 0 } = match.route;
  const uploadType = head.url.searchParams.get("uploadType") ?? head.url.searchParams.get("upload_protocol");
  if (uploadType === "media" || uploadType === "raw") {
    return apiTarget(context, head, match, { payload: (body) => mediaPayload(contentType, body, maxBytes) });
  }
  if (uploadType === "multipart") {
    return apiTarget(context, head, match, { payload: (body) => multipartPayload(contentType, body, match) });
  }
  if (uploadType === "resumable") return announcementTarget(context, head, match);
  return apiTarget(context, head, match, {
    payload: () => {
      throw invalidParameter(`Invalid uploadType: ${uploadType ?? "none"}`, "uploadType");
    },
  });
}

/** Unsure(google): the announcement costs what the call costs, and the pieces nothing. */
function announcementTarget(context: ApiContext, head: RequestHead, match: Match): Target {
  const access = accessOf(context, head);
  if (!access) return apiTarget(context, head, match);
  const handle: Route["handle"] = (call) => startSession(context.world.uploads, { match, access }, head.url, call);
  return apiTarget(context, head, { ...match, route: { ...match.route, handle } });
}

/** @param match - the method that the address is for, whoever announced what */
function sessionTarget(context: ApiContext, head: RequestHead, match: Match, uploadId: string): Target {
  const session = context.world.uploads.find(uploadId);
  const access = hasToken(head) ? accessOf(context, head) : session?.access;
  // Unsure(google): somebody else's upload is answered as one that is not there.
  if (!session || (access && access.user !== session.access.user)) return notFoundTarget(match);
  const { route } = session.match;
  const handle: Route["handle"] = ({ media, ...call }) =>
    continueSession(
      session,
      head.headers["content-range"],
      media?.content ?? Buffer.alloc(0),
      async (content) =>
        await route.handle({ ...call, body: session.metadata, media: { contentType: session.contentType, content } }),
    );
  const parameters = [...(route.parameters ?? []), "upload_id"];
  return apiTarget(
    context,
    head,
    { ...session.match, route: { ...route, parameters, handle } },
    { access, free: true, payload: (content) => ({ json: undefined, media: { contentType: "", content } }) },
  );
}

/** Gmail's guide: begin anew. */
function notFoundTarget({ route, style }: Match): Target {
  const outgoing = errorAnswer(gmailNotFound().refusal, style);
  return { name: route.name, user: undefined, run: () => ({ outgoing }) };
}
