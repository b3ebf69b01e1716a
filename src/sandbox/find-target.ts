import { apiTarget, type ApiContext } from "./api-target.js";
import { batchTarget } from "./batch/batch-target.js";
import { htmlType, jsonAnswer, type Outgoing, type RequestHead } from "./exchange.js";
import { preflight } from "./http-request.js";
import { answerConsent, showConsent, type PageReply } from "./oauth/authorize.js";
import { findEndpoint } from "./oauth/endpoints.js";
import { findRoute } from "./routes.js";
import type { Target } from "./target.js";
import { uploadTarget } from "./upload/upload-target.js";

/** What a request is for: the consent page, an OAuth endpoint, a method of an API, or nothing that Google has. */
export function findTarget(context: ApiContext, head: RequestHead, origin: string): Target {
  const { httpMethod, url } = head;
  if (/^\/o\/oauth2\/(v2\/)?auth$/.test(url.pathname)) return consentTarget(context, head);
  if (httpMethod === "OPTIONS") return { name: url.pathname, user: undefined, run: () => ({ outgoing: preflight }) };
  // Unsure(google): HEAD is answered as GET, without the body.
  const match = findRoute(httpMethod === "HEAD" ? "GET" : httpMethod, url.pathname);
  if (match) return apiTarget(context, head, match);
  return (
    batchTarget(context, head) ??
    uploadTarget(context, head) ??
    endpointTarget(context, head, origin) ??
    notFoundTarget(url.pathname)
  );
}

function consentTarget({ world, delay }: ApiContext, { httpMethod, url }: RequestHead): Target {
  return {
    name: "oauth.authorize",
    user: undefined,
    run: async (body) => {
      const reply =
        httpMethod === "POST"
          ? answerConsent(world, new URLSearchParams(body.toString("utf8")))
          : showConsent(world, url.searchParams);
      await delay();
      return { outgoing: pageOutgoing(reply) };
    },
  };
}

function endpointTarget(
  { world, delay }: ApiContext,
  { httpMethod, url, headers }: RequestHead,
  issuer: string,
): Target | undefined {
  const endpoint = findEndpoint(httpMethod, url.pathname);
  if (!endpoint) return undefined;
  return {
    name: endpoint.name,
    user: undefined,
    run: async (body) => {
      const reply = endpoint.answer(world, {
        httpMethod,
        pathname: url.pathname,
        query: url.searchParams,
        form: new URLSearchParams(body.toString("utf8")),
        authorization: headers.authorization,
        issuer,
      });
      await delay();
      const answer = jsonAnswer(reply.status, reply.json);
      const outgoing = { ...answer, headers: { ...answer.headers, "cache-control": "no-store", ...reply.headers } };
      return { outgoing, user: reply.user };
    },
  };
}

/** What Google's front end says of a path that no API has. */
function notFoundTarget(path: string): Target {
  const body =
    "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> That’s an error.</html>";
  return { name: path, user: undefined, run: () => ({ outgoing: { status: 404, headers: htmlType, body } }) };
}

function pageOutgoing({ status, page, location }: PageReply): Outgoing {
  if (page) return { status, headers: page.headers, body: page.html };
  const headers = { ...htmlType, "cache-control": "no-store", ...(location !== undefined && { location }) };
  return { status, headers, body: "" };
}
