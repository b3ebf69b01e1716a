import { answerRequest } from "../answer-request.js";
import { ApiError, errorAnswer, type ErrorStyle } from "../api-error.js";
import { apiTarget, type ApiContext } from "../api-target.js";
import type { Outgoing, RequestHead } from "../exchange.js";
import { boundaryOf, splitMultipart, type MultipartPart } from "../multipart.js";
import { batchName, findRoute } from "../routes.js";
import type { Answer, Target } from "../target.js";
import { batchOutgoing } from "./batch-response.js";
import { readInnerRequest, type InnerRequest } from "./inner-request.js";

/** Gmail's own address for batches names no API. */
const addresses: Readonly<Record<string, ErrorStyle>> = {
  "/batch": "gmail",
  "/batch/gmail/v1": "gmail",
  "/batch/calendar/v3": "calendar",
};

/**
 * Many calls of one API in one request, or undefined when it is none.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/batch
 * @see https://developers.google.com/workspace/calendar/api/guides/batch
 */
export function batchTarget(context: ApiContext, head: RequestHead): Target | undefined {
  const style = head.httpMethod === "POST" ? addresses[head.url.pathname] : undefined;
  if (style === undefined) return undefined;
  return {
    name: batchName,
    user: undefined,
    run: async (body) => {
      try {
        return await answerBatch(context, head, style, partsOf(head, body, context.quota.batchCalls[style]));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // What serves batches belongs to no API and writes its errors as newer APIs do.
        return { outgoing: errorAnswer(error.refusal, "gmail") };
      }
    },
  };
}

/** @throws ApiError 400 for what is no batch, and for too many parts */
function partsOf({ headers }: RequestHead, body: Buffer, most: number): MultipartPart[] {
  const boundary = boundaryOf(headers["content-type"], "mixed");
  const parts = boundary === undefined ? undefined : splitMultipart(body, boundary);
  if (!parts || parts.length === 0) {
    throw badRequest(
      `Failed to parse batch request, error: 0 items. Received batch body: (${body.length}) bytes redacted`,
    );
  }
  if (parts.length <= most) return parts;
  throw badRequest(`Inner request count exceeds the limit. Received: ${parts.length}, Limit: ${most}`);
}

/** All at once, as Google says: the order of what they do is open, and each counts as a call under way. */
async function answerBatch(
  context: ApiContext,
  head: RequestHead,
  style: ErrorStyle,
  parts: readonly MultipartPart[],
): Promise<Answer> {
  const answers = await Promise.all(parts.map((part) => answerPart(context, readInnerRequest(part, head), style)));
  const inner = answers.map(({ outgoing }, index) => ({ contentId: parts[index]?.headers["content-id"], outgoing }));
  return {
    outgoing: batchOutgoing(inner, context.world.identifiers.token("batch_", 32)),
    // A connection that breaks under one part breaks under all.
    delivery: answers.map(({ delivery }) => delivery).find((each) => each !== undefined && each !== "whole"),
  };
}

async function answerPart(context: ApiContext, request: InnerRequest | undefined, style: ErrorStyle): Promise<Answer> {
  if (!request) return { outgoing: errorAnswer(badRequest("Failed to parse inner request.").refusal, style) };
  const { head, body } = request;
  return answerRequest(context, {
    head,
    target: innerTarget(context, head, style),
    readBody: () => body,
    inBatch: true,
  });
}

function innerTarget(context: ApiContext, head: RequestHead, style: ErrorStyle): Target {
  const match = findRoute(head.httpMethod, head.url.pathname);
  if (match?.style === style) return apiTarget(context, head, match);
  const outgoing = errorAnswer(notInBatch(head.url.pathname).refusal, style);
  return { name: head.url.pathname, user: undefined, run: (): { outgoing: Outgoing } => ({ outgoing }) };
}

/** Unsure(google): the guides say what a batch may not hold, and not how each of it is answered. */
function notInBatch(path: string): ApiError {
  if (/^\/(resumable\/)?upload\//.test(path)) return badRequest("Media uploads are not supported in batch requests.");
  if (path in addresses) return badRequest("Batch requests cannot be nested.");
  return new ApiError({ code: 404, reason: "notFound", message: `No method of this API has the path ${path}.` });
}

function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: "badRequest", message });
}
