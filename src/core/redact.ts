/**
 * What a secret looks like wherever it could slip into a message: bearer headers, Google's access and refresh tokens,
 * and the parameters of an OAuth exchange.
 */
const secretShapes: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [secret]"],
  [/\bya29\.[\w.~-]+/g, "[secret]"],
  [/\b[14](\/\/|\/|%2F%2F|%2F)0[\w%-]{8,}/gi, "[secret]"],
  [/\btoken=[^\s&"']+/gi, "token=[secret]"],
  [/\bGOCSPX-[\w-]+/g, "[secret]"],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, "[secret]"],
  [
    /\b(access_token|refresh_token|id_token|client_secret|code_verifier|code|assertion|password|api_key)(["']?\s*[=:]\s*["']?)[^\s&"',}]+/gi,
    "$1$2[secret]",
  ],
];

/** The text without anything that looks like a secret: the last net, not the first line of defence. */
export function redact(text: string): string {
  return secretShapes.reduce((result, [shape, replacement]) => result.replace(shape, replacement), text);
}
