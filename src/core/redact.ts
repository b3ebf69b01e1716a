/**
 * What a secret looks like wherever it could slip into a message: bearer headers, Google's access and refresh tokens,
 * and the parameters of an OAuth exchange.
 */
const secretShapes: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [secret]"],
  [/\bya29\.[\w.~-]+/g, "[secret]"],
  [/\b1\/\/[\w-]{8,}/g, "[secret]"],
  [/\b4\/0[\w-]{8,}/g, "[secret]"],
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
