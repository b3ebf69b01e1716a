/** Parts of undici without types of their own; `http.ts` gives them undici's. */
declare module "undici/lib/dispatcher/agent.js" {
  const agent: unknown;
  export = agent;
}
declare module "undici/lib/api/index.js" {
  const api: unknown;
  export = api;
}
