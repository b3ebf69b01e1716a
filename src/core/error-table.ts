/** One row of the table that decides how each failure is named, retried, explained and reported to a shell. */
export interface ErrorRow {
  /** Whether the same call may succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** What the command line exits with. */
  readonly exitCode: number;
  /** One sentence: what happened. */
  readonly meaning: string;
  /** One sentence: what to do, unless the place that throws knows better. */
  readonly hint: string;
}

/** Every code that this package throws. `docs/errors.md` is generated from it. */
export const errorTable = {
  "connection.network": {
    retryable: true,
    exitCode: 20,
    meaning: "The service could not be reached, or the connection broke.",
    hint: "Check the network connection and any proxy, then try again.",
  },
  "connection.timeout": {
    retryable: true,
    exitCode: 21,
    meaning: "The service did not answer within the time allowed.",
    hint: "Try again, or allow more time with timeoutMs.",
  },
  "connection.unavailable": {
    retryable: true,
    exitCode: 22,
    meaning: "Something answered, but not the service as it should: an outage, a captive portal or a proxy.",
    hint: "Open a web page to see whether this network asks for a sign-in, then try again.",
  },
  "connection.rate_limited": {
    retryable: true,
    exitCode: 23,
    meaning: "The service asked to slow down, longer than the call's time allowed for.",
    hint: "Wait for retryAfterMs, then try again with fewer calls at once.",
  },
  "connection.quota_exceeded": {
    retryable: false,
    exitCode: 24,
    meaning: "A daily or project quota of the service is used up.",
    hint: "Wait until the quota is renewed, or ask for a larger one in the service's console.",
  },

  "auth.not_connected": {
    retryable: false,
    exitCode: 30,
    meaning: "The profile is known, but nobody has signed in for it yet.",
    hint: "Run maigic-integrations-setup for this service and profile.",
  },
  "auth.expired": {
    retryable: false,
    exitCode: 31,
    meaning: "The access has expired and could not be renewed.",
    hint: "Sign in again with maigic-integrations-setup.",
  },
  "auth.revoked": {
    retryable: false,
    exitCode: 32,
    meaning: "The account's owner or administrator took the access back.",
    hint: "Sign in again with maigic-integrations-setup.",
  },
  "auth.invalid_credentials": {
    retryable: false,
    exitCode: 33,
    meaning: "The service does not accept the OAuth client or the answer to its consent page.",
    hint: "Download the client file again from the service's console and run maigic-integrations-setup.",
  },
  "auth.scope_missing": {
    retryable: false,
    exitCode: 34,
    meaning: "The sign-in did not allow what this call needs.",
    hint: "Run maigic-integrations-setup again and allow the missing permission.",
  },
  "auth.consent_denied": {
    retryable: false,
    exitCode: 35,
    meaning: "The consent page was answered with no.",
    hint: "Run maigic-integrations-setup again and allow the access, if that was not intended.",
  },
  "auth.wrong_account": {
    retryable: false,
    exitCode: 36,
    meaning: "Somebody signed in with another account than the one that this profile belongs to.",
    hint: "Sign in with the profile's own account, or use another profile name for the other account.",
  },
  "auth.key_unavailable": {
    retryable: false,
    exitCode: 37,
    meaning: "The key that opens the stored credentials is not available.",
    hint: "Bring back the key that sealed this vault; nothing was changed.",
  },
  "auth.unreadable": {
    retryable: false,
    exitCode: 38,
    meaning: "A stored credential is damaged, was edited, or was sealed by another key; it was left as it is.",
    hint: "Restore the file from a backup, or sign in again with maigic-integrations-setup.",
  },

  "config.missing_variable": {
    retryable: false,
    exitCode: 40,
    meaning: "A setting that this needs is not there.",
    hint: "Set the variable in the environment or in .env.",
  },
  "config.invalid": {
    retryable: false,
    exitCode: 41,
    meaning: "A setting or an option has a value that cannot be used.",
    hint: "Correct the value that the message names.",
  },
  "config.invalid_file": {
    retryable: false,
    exitCode: 42,
    meaning: "A file is missing, cannot be used, or does not hold what it should.",
    hint: "Correct or replace the file that the message names.",
  },
  "config.profile_not_found": {
    retryable: false,
    exitCode: 43,
    meaning: "There is no such profile for this service.",
    hint: "Run maigic-integrations-setup --list to see the profiles there are.",
  },
  "config.unknown_service": {
    retryable: false,
    exitCode: 44,
    meaning: "No provider of that name is registered for this kind of client.",
    hint: "Use one of the services that the message names.",
  },
  "config.disabled": {
    retryable: false,
    exitCode: 45,
    meaning: "The integration exists but is not switched on.",
    hint: "Set its variable to true in .env.",
  },
  "config.missing_dependency": {
    retryable: false,
    exitCode: 46,
    meaning: "The integration needs an optional package that is not installed.",
    hint: "Install the packages that the message names.",
  },
  "config.untrusted_endpoint": {
    retryable: false,
    exitCode: 47,
    meaning: "A secret would have been sent to an address that is not the service's own; nothing was sent.",
    hint: "Use the client file as the service's console gave it; only a loopback sandbox may stand in.",
  },
  "config.unsafe": {
    retryable: false,
    exitCode: 48,
    meaning: "A setting that is fine for development is not safe in production.",
    hint: "Change the setting that the message names, or do not run with MAIGIC_ENVIRONMENT=production.",
  },
  "config.invalid_profile": {
    retryable: false,
    exitCode: 49,
    meaning: "That profile name cannot be used.",
    hint: "Use 1 to 200 characters without control characters, slash or backslash.",
  },

  "request.not_found": {
    retryable: false,
    exitCode: 50,
    meaning: "The service has no such message, event, calendar or label.",
    hint: "Check the id; the item may have been deleted.",
  },
  "request.conflict": {
    retryable: false,
    exitCode: 51,
    meaning: "The item was changed by somebody else meanwhile.",
    hint: "Read it again and repeat the change.",
  },
  "request.invalid": {
    retryable: false,
    exitCode: 52,
    meaning: "The call's input cannot be used.",
    hint: "Correct the field that the message names.",
  },
  "request.forbidden": {
    retryable: false,
    exitCode: 53,
    meaning: "This account may not do that.",
    hint: "Ask whoever the message names, or use an account or access level that may.",
  },
  "request.unsupported": {
    retryable: false,
    exitCode: 54,
    meaning: "The service has no way to do that.",
    hint: "Look at the provider's capabilities before calling.",
  },
  "request.partial_failure": {
    retryable: false,
    exitCode: 55,
    meaning: "A part of what was asked for failed; what succeeded is in the error's details.",
    hint: "Use the parts that succeeded, and look at each failure's own code.",
  },
  "request.scope_required": {
    retryable: false,
    exitCode: 56,
    meaning: "The event is a series, and the call does not say which occurrences it means.",
    hint: 'Give scope: "this", "following" or "all".',
  },
  "request.not_invited": {
    retryable: false,
    exitCode: 57,
    meaning: "This account is not among the event's attendees.",
    hint: "Answer only invitations that this account received.",
  },
  "request.too_large": {
    retryable: false,
    exitCode: 58,
    meaning: "The input or the answer is larger than the service or this package allows.",
    hint: "Ask for less at once.",
  },
  "request.idempotency_mismatch": {
    retryable: false,
    exitCode: 59,
    meaning: "The idempotency key was used before with another content.",
    hint: "Use a new key for a new content.",
  },
  "request.not_permitted": {
    retryable: false,
    exitCode: 60,
    meaning: "The person's policy does not permit an assistant to do that.",
    hint: "Only the person can permit it, in policy.yaml and by a sign-in that allows it; go on without it.",
  },
  "request.confirmation_required": {
    retryable: false,
    exitCode: 61,
    meaning: "A person has to confirm this before it is done.",
    hint: "Ask the person to run npx maigic-integrations approve with the plan's id, then commit again.",
  },
  "request.plan_invalid": {
    retryable: false,
    exitCode: 62,
    meaning: "There is no such plan any more: it was carried out, declined, changed or is older than five minutes.",
    hint: "Ask for the change again, look at the new plan, and commit that.",
  },
} as const;

/** A name in the table, such as `auth.not_connected`: the part before the dot is the family. */
export type ErrorCode = keyof typeof errorTable;

/** What the codes of a family are about. */
export const errorFamilies = {
  connection: "The network, and whether the service answers, keeps up and still has quota.",
  auth: "Tokens, consent, scopes and the key of the vault. Nothing that was stored is changed or deleted.",
  config: "Variables, files, profiles and packages on this machine. Nothing was sent.",
  request: "What the service refused, or what was asked of it wrongly.",
} as const;
