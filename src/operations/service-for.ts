import { integrationError } from "../core/errors.js";
import type { IntegrationRegistry } from "../registry.js";
import type { OperationEntry } from "./operation.js";

/**
 * The service that an operation runs on: the one that was named, else the only one of its kind that is switched on.
 *
 * @param named - a name or alias; undefined: nobody chose one
 * @throws ConfigurationError `config.missing_variable` when several could do it, with their names in `details.choices`;
 * `config.disabled` when none is switched on; `config.unknown_service`; RequestError `request.unsupported` when the
 * service has no way to do that
 */
export function serviceFor(
  registry: IntegrationRegistry,
  entry: Pick<OperationEntry, "name" | "kind" | "capability">,
  named?: string,
): string {
  const provider = registry.getProvider(named ?? onlyService(registry, entry.kind));
  const able = provider.kind !== entry.kind || Boolean(provider.capabilities[entry.capability]);
  if (able) return provider.getName(); // one of another kind is refused, with the right ones named, where clients are made
  throw integrationError("request.unsupported", {
    message: `${provider.setup.title} (${provider.getName()}) cannot do ${entry.name}: it lacks "${entry.capability}".`,
    service: provider.getName(),
    details: { capability: entry.capability },
  });
}

function onlyService(registry: IntegrationRegistry, kind: string): string {
  const known = Object.values(registry.getAvailableIntegrations()).filter((info) => info.kind === kind);
  const usable = known.filter(({ available, enabled }) => available && enabled);
  const [only, ...others] = usable.length > 0 ? usable : known;
  if (only && others.length === 0) return only.name; // if it cannot be used, whoever makes its client says why
  if (usable.length > 0) {
    const choices = usable.map(({ name }) => name);
    throw integrationError("config.missing_variable", {
      message: `Several ${kind} services are switched on: ${choices.join(", ")}.`,
      hint: `Give service: ${choices.join(" or ")}.`,
      details: { field: "service", choices },
    });
  }
  throw integrationError("config.disabled", {
    message: `No ${kind} service is switched on.`,
    hint: `Use one of: ${known.map(({ name, problem }) => `${name} (${problem ?? "not available"})`).join(", ") || "none is registered"}.`,
  });
}
