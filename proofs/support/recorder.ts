import { once } from "node:events";
import { request } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";

/** A stranger's server, which keeps every byte that reaches it and answers as if all were well. */
export interface Recorder extends AsyncDisposable {
  readonly port: number;
  /** Addresses that all lead to it, in ways that are easily mistaken for another host's. `host` is the host to imitate. */
  lures(host: string): string[];
  /** What has arrived since the last call. */
  take(): string;
}

/** What gives a secret away: Google's prefixes of codes, tokens and client secrets, and the names they travel by. */
const giveaways = /ya29\.|1\/\/0|4\/0A|GOCSPX-|code_verifier|refresh_token=|bearer /i;

/** Starts a stranger's server on a free port. */
export async function startRecorder(): Promise<Recorder> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined); // who comes and goes is not what is recorded
    socket.on("data", (bytes) => {
      received.push(bytes);
      const tunnel = bytes.toString("latin1").startsWith("CONNECT ");
      const head = tunnel ? "HTTP/1.1 200 Connection established" : "HTTP/1.1 200 OK\r\ncontent-type: application/json";
      socket.write(tunnel ? `${head}\r\n\r\n` : `${head}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    lures: (host) => [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `//127.0.0.1:${port}/`,
      `http://${host}@127.0.0.1:${port}/`,
      `http://127.1:${port}/`,
    ],
    take: () => Buffer.concat(received.splice(0)).toString("latin1"),
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.resolve();
    },
  };
}

/** Whether a secret is in what was received, as it is or in one of the forms in which it travels. */
export function givesAway(received: string, secrets: readonly string[]): boolean {
  const basics = [...received.matchAll(/basic ([\w+/=-]+)/gi)].map(([, text = ""]) =>
    Buffer.from(text, "base64").toString("utf8"),
  );
  const forms = [received, received.replace(/%[0-9a-f]{2}/gi, byteOf), ...basics];
  return forms.some((form) => giveaways.test(form) || secrets.some((secret) => form.includes(secret)));
}

function byteOf(escaped: string): string {
  return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
}

/** Sends a secret to an address without any care, as a naive client would. */
export async function sendCarelessly(address: string, headers: Record<string, string>, body: string): Promise<void> {
  const url = new URL(address, "http://127.0.0.1");
  const sent = request({ host: url.hostname, port: url.port, path: url.pathname, method: "POST", headers });
  sent.end(body);
  await once(sent, "response");
}
