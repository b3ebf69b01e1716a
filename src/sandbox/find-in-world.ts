import { integrationError } from "../core/errors.js";
import type { SandboxUser, World } from "./world.js";

/** A person of the world. @throws RequestError `request.not_found` naming who lives there */
export function userOf(world: World, user: string): SandboxUser {
  const found = world.users.get(user.toLowerCase());
  if (found) return found;
  throw integrationError("request.not_found", {
    message: `Nobody called ${user} lives in this sandbox.`,
    hint: `Its people are: ${[...world.users.keys()].join(", ")}.`,
  });
}

/** Its client of a type. @throws RequestError `request.not_found` */
export function clientOf(world: World, type: "installed" | "web"): World["clients"][number] {
  const found = world.clients.find(
    (client) => client.type === type && world.registry.findClient(client.clientId) !== "deleted",
  );
  if (found) return found;
  throw integrationError("request.not_found", {
    message: `The sandbox has no client of the type ${type}.`,
    hint: `Add one with "type: ${type}" to the seed's clients, or leave clients out for one of each type.`,
  });
}
