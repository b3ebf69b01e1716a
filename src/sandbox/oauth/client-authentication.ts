import { percentDecoded } from "../percent.js";
import { refuse, type OAuthReply } from "./oauth-reply.js";
import type { RegisteredClient, Registry } from "./registry.js";

/** A client names itself in the body or by HTTP Basic. @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
export function authenticateClient(
  registry: Registry,
  form: URLSearchParams,
  authorization: string | undefined,
): RegisteredClient | OAuthReply {
  const basic = /^Basic (.+)$/i.exec(authorization ?? "")?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, "base64").toString("utf8").split(":").map(percentDecoded)
    : [form.get("client_id"), form.get("client_secret")];
  if (!id) return refuse(400, "invalid_request", "Could not determine client ID from request.");
  const client = registry.findClient(id);
  if (client === "deleted") return refuse(401, "deleted_client", "The OAuth client was deleted.");
  if (!client) return refuse(401, "invalid_client", "The OAuth client was not found.");
  if (!secret) return refuse(400, "invalid_request", "client_secret is missing.");
  return secret === client.clientSecret ? client : refuse(401, "invalid_client", "Unauthorized");
}
