/** What an OAuth endpoint answers. */
export interface OAuthReply {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose request it was, for the log. */
  readonly user?: string;
}

/** A refusal. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export function refuse(status: number, error: string, description: string): OAuthReply {
  return { status, json: { error, error_description: description } };
}

/** A refusal because of a parameter that is not there. */
export function refuseMissing(parameter: string): OAuthReply {
  return refuse(400, "invalid_request", `Missing required parameter: ${parameter}`);
}
