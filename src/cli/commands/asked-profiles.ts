import { integrationError } from "../../core/errors.js";
import { requireUserId } from "../../credentials/names.js";
import type { IntegrationRegistry } from "../../registry.js";
import type { SetupFlags } from "../definitions/setup.js";

/**
 * The lines of the services and the profile that the flags name.
 *
 * @throws ConfigurationError `config.unknown_service`, `config.invalid_profile`, `config.profile_not_found`
 */
export function linesAsked<Line extends { readonly service: string; readonly profile: string }>(
  registry: IntegrationRegistry,
  lines: readonly Line[],
  { service, profile }: Pick<SetupFlags, "service" | "profile">,
): Line[] {
  if (profile !== undefined) requireUserId(profile);
  const services = service?.map((name) => registry.getProvider(name).getName());
  const asked = lines.filter(
    (line) => (services?.includes(line.service) ?? true) && (profile === undefined || line.profile === profile),
  );
  if (profile === undefined || asked.length > 0) return asked;
  throw integrationError("config.profile_not_found", {
    message: `There is no profile "${profile}"${services ? ` of ${services.join(" or ")}` : ""}.`,
    hint: "Leave --profile out to see every profile there is.",
    profile,
  });
}
