import { isInstalled } from "../core/packages.js";
import type { AccessChecks, Capabilities, IntegrationProvider, ProviderContext, SetupDefinition } from "../provider.js";

/** A provider as data: everything but its client's code, which `makeClient` loads when it is first needed. */
export interface ProviderDefinition<Client> {
  readonly name: string;
  readonly kind: string;
  readonly aliases: readonly string[];
  readonly enableVariable: string;
  readonly packages: readonly string[];
  readonly capabilities: Capabilities;
  readonly setup: SetupDefinition;
  readonly quirks?: readonly string[];
  readonly makeClient: (context: ProviderContext) => Client;
  readonly openAccessChecks: (context: ProviderContext) => Promise<AccessChecks>;
}

/** Makes a provider of its definition. */
export function defineProvider<Client>(definition: ProviderDefinition<Client>): IntegrationProvider<Client> {
  const { name, kind, aliases, enableVariable, packages, capabilities, setup, quirks = [] } = definition;
  return {
    getName: () => name,
    kind,
    aliases,
    enableVariable,
    packages,
    capabilities,
    setup,
    quirks,
    isAvailable: () => packages.every(isInstalled),
    createClient: definition.makeClient,
    openAccessChecks: definition.openAccessChecks,
  };
}
