import { createHash } from "node:crypto";

/** Characters and length of a verifier. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.1 */
const verifierForm = /^[A-Za-z0-9\-._~]{43,128}$/;

/** What is wrong with a request's challenge, if anything. */
export function findChallengeProblem(challenge: string | null, method: string | null): string | undefined {
  if (challenge === null) return method === null ? undefined : "code_challenge is missing.";
  if (!["S256", "plain"].includes(method ?? "plain")) return "Invalid parameter value for code_challenge_method.";
  return verifierForm.test(challenge) ? undefined : "Invalid parameter value for code_challenge.";
}

/** What is wrong with the verifier of a code, if anything. */
export function findVerifierProblem(
  code: { readonly codeChallenge: string | undefined; readonly codeChallengeMethod: string | undefined },
  verifier: string | null,
): string | undefined {
  if (code.codeChallenge === undefined) {
    return verifier === null ? undefined : "code_verifier or verifier is not needed.";
  }
  if (verifier === null) return "Missing code verifier.";
  const hashed = createHash("sha256").update(verifier).digest("base64url");
  const expected = code.codeChallengeMethod === "S256" ? hashed : verifier;
  return verifierForm.test(verifier) && expected === code.codeChallenge ? undefined : "Invalid code verifier.";
}
