import { inspect } from "node:util";
import { isIntegrationError } from "maigic-integrations";
import { allAttempts, read, type Attempt, type Scene } from "./support/host-attempts.js";
import { outcome, type Outcome } from "./support/proof.js";
import { givesAway, sendCarelessly, startRecorder, type Recorder } from "./support/recorder.js";
import { openWorld, services } from "./support/world.js";

export const name = "hosts";
export const claim =
  "no redirect, proxy, address or edited file makes a secret reach another origin, while the true host still works";

const user = "alice@example.com";
/** One that shares its names and numbers with no other attempt. */
const seed = {
  users: [{ email: user, messages: [{ from: "bob@example.com", to: user, subject: "Hello", text: "Hi" }] }],
};

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const all = allAttempts();
  const attempts = full ? all : all.filter((_, index) => index % 14 === 0);
  await using recorder = await startRecorder();
  const problems: string[] = [];
  for (const attempt of attempts) {
    const problem = await problemWith(attempt, recorder);
    if (problem !== undefined) problems.push(`${attempt.name}: ${problem}`);
  }
  return outcome(
    {
      figure: [
        `${attempts.length - problems.length} of ${attempts.length} attempts in vain`,
        ...problems.slice(0, 5),
      ].join("; "),
      target: full ? "all, and at least 100" : `all of ${attempts.length}, a sample of ${all.length}`,
      holds: problems.length === 0 && all.length >= 100,
    },
    await controls(recorder),
  );
}

/** Makes one attempt on a fresh account. @returns what went wrong, if anything */
async function problemWith({ act }: Attempt, recorder: Recorder): Promise<string | undefined> {
  await using world = await openWorld(seed, user);
  recorder.take();
  const scene: Scene = { world, recorder };
  const failure = await act(scene).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (givesAway(recorder.take(), await secretsOf(scene))) return "a secret reached the stranger";
  if (failure !== undefined && !isIntegrationError(failure)) return `ended with ${inspect(failure)}`;
  for (const service of services) {
    const broken = await read(world, service).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (broken !== undefined) return `afterwards ${service} does not work: ${inspect(broken)}`;
  }
  return givesAway(recorder.take(), await secretsOf(scene)) ? "a secret reached the stranger afterwards" : undefined;
}

async function secretsOf({ world }: Scene): Promise<string[]> {
  const { installed } = world.sandbox.clientFile() as { installed: { client_secret: string } };
  const tokens = await Promise.all(services.map((service) => world.credentials.getAccessToken(service)));
  return [installed.client_secret, ...tokens.map((token) => token.reveal())];
}

/** Careless clients: each must be caught, at every lure, or the attempts above show nothing. */
async function controls(recorder: Recorder): Promise<Record<string, boolean>> {
  await using world = await openWorld(seed, user);
  const [secret = "", token = ""] = await secretsOf({ world, recorder });
  const caught = async (address: string, headers: Record<string, string>, body: string): Promise<boolean> => {
    recorder.take();
    await sendCarelessly(address, headers, body);
    return givesAway(recorder.take(), [secret, token]);
  };
  const lures = recorder.lures(new URL(world.sandbox.url).host);
  const everyLure = await Promise.all(
    lures.map((lure) => sendCarelessly(lure, { authorization: `Bearer ${token}` }, "")),
  );
  const received = recorder.take().match(/Bearer/g)?.length ?? 0;
  const basic = Buffer.from(`client:${secret}`).toString("base64");
  return {
    "a token at every lure": received === everyLure.length,
    "a client secret in a form": await caught(lures[0] ?? "", {}, `client_secret=${encodeURIComponent(secret)}`),
    "a client secret by HTTP Basic": await caught(lures[1] ?? "", { authorization: `Basic ${basic}` }, ""),
    "a code in an encoded form": await caught(lures[0] ?? "", {}, "code=4%2F0Asecret"),
    "nothing where there is no secret": !(await caught(lures[0] ?? "", {}, "hello")),
  };
}
