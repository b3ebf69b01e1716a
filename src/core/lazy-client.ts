import { clientClosed, isIntegrationError, withFacts } from "./errors.js";

/** How a method of a client answers: with a promise, or with an async sequence. */
export type CallShape = "call" | "stream";

/** What can be called on a client, besides what the lazy client does itself. */
export type ClientShape<Client> = Readonly<
  Record<Exclude<keyof Client, "service" | "userId" | "close" | typeof Symbol.asyncDispose>, CallShape>
>;

interface Lifecycle extends AsyncDisposable {
  readonly service: string;
  readonly userId: string;
  close(): Promise<void>;
}

/**
 * A client that loads the real one at its first call, so that making it costs nothing and needs no I/O.
 *
 * @param identity - whom it acts for, known before loading
 * @param shape - every method of the client, by name
 */
export function lazyClient<Client extends Lifecycle>(
  identity: Pick<Lifecycle, "service" | "userId">,
  shape: ClientShape<Client>,
  load: () => Promise<Client>,
): Client {
  let loaded: Promise<Client> | undefined;
  let closed = false;
  const client = async (operation: string): Promise<Record<string, Method>> => {
    const loading = (loaded ??= closed ? Promise.reject(clientClosed()) : load());
    try {
      return (await loading) as unknown as Record<string, Method>;
    } catch (error) {
      if (loaded === loading) loaded = undefined; // the next call tries again
      const { service, userId: profile } = identity;
      throw isIntegrationError(error) ? withFacts(error, { service, profile, operation }) : error;
    }
  };
  const close = async (): Promise<void> => {
    closed = true;
    const real = await loaded?.catch(() => undefined); // who called first was told; there is nothing to close
    await real?.close();
  };
  const methods = Object.entries<CallShape>(shape).map(([name, kind]): [string, Method] => [
    name,
    kind === "call"
      ? async (...input) => (await client(name))[name]?.(...input)
      : (...input) => streamOf(client(name).then((real) => real[name]?.(...input) as AsyncIterable<unknown>)),
  ]);
  const { service, userId } = identity;
  const lazy: Lifecycle = { service, userId, close, [Symbol.asyncDispose]: close };
  return Object.assign(lazy, Object.fromEntries(methods)) as unknown as Client; // complete: ClientShape names every method
}

type Method = (...input: unknown[]) => unknown;

async function* streamOf(items: Promise<AsyncIterable<unknown>>): AsyncGenerator<unknown, void, undefined> {
  yield* await items;
}
