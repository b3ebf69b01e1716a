import * as v from "valibot";
import { startDeadline } from "../../core/deadline.js";
import { isIntegrationError } from "../../core/errors.js";
import type { AccessLevel } from "../../credentials/types.js";
import type { AccessCheck, AccessChecks, ProviderContext } from "../../provider.js";
import { openGoogleApi, type ApiFacts, type ApiRequest, type GoogleApi } from "./http.js";

/** A call that one scope allows, and that finds nothing to change. */
export interface ScopeCall {
  readonly title: string;
  readonly scope: string;
  readonly request: ApiRequest;
}

/** The checks of a Google API at the context's access level; `write` when that does not say. */
export async function openScopeChecks(
  context: ProviderContext,
  facts: Omit<ApiFacts, "account">,
  calls: Readonly<Record<AccessLevel, readonly ScopeCall[]>>,
): Promise<AccessChecks> {
  const record = await context.credentials.getCredentials(context.service, context.userId);
  const api = openGoogleApi(context, { ...facts, account: record?.account });
  const level = context.access ?? record?.access ?? "write";
  return { checks: calls[level].map((call) => scopeCheck(api, context, call)), close: () => api.close() };
}

function scopeCheck(api: GoogleApi, { clock }: ProviderContext, { title, scope, request }: ScopeCall): AccessCheck {
  return {
    title,
    scope,
    async run(options) {
      const { deadline, end } = startDeadline(options, clock);
      try {
        await api.call({ ...request, repeatable: true, answer: v.unknown() }, deadline);
      } catch (error) {
        // Google looks at the scopes before it looks for what is to be changed: that it found nothing means yes.
        if (!isIntegrationError(error, "request.not_found") && !isIntegrationError(error, "request.invalid"))
          throw error;
      } finally {
        end();
      }
    },
  };
}
