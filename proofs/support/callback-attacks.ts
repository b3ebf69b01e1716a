import { connect } from "node:net";

/** A listener that waits for the answer of one sign-in. */
export interface AttackedSignIn {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** The path and query of the true answer. */
  readonly target: string;
  readonly state: string;
  readonly code: string;
  /** The state of a sign-in that is over. */
  readonly oldState: string;
}

/** The bytes of one request. */
export type Attack = (at: AttackedSignIn) => string;

/** Everything that is not the true answer, in an order of its own for each round. */
export const attacks: Readonly<Record<string, Attack>> = {
  "no state": (at) => get(at, `/callback?code=${at.code}`),
  "an empty state": (at) => get(at, `/callback?state=&code=${at.code}`),
  "another state": (at) => get(at, query("x".repeat(at.state.length), at.code)),
  "the state of a sign-in that is over": (at) => get(at, query(at.oldState, at.code)),
  "a shorter state": (at) => get(at, query(at.state.slice(0, -1), at.code)),
  "a longer state": (at) => get(at, query(`${at.state}x`, at.code)),
  "a state in other letters": (at) => get(at, query(swapCase(at.state), at.code)),
  "another state before the true one": (at) => get(at, `/callback?state=wrong&state=${at.state}&code=${at.code}`),
  "another state after the true one": (at) => get(at, `/callback?state=${at.state}&code=${at.code}&state=wrong`),
  "the true state twice": (at) => get(at, `/callback?state=${at.state}&state=${at.state}&code=${at.code}`),
  "no code": (at) => get(at, `/callback?state=${at.state}`),
  "an empty code": (at) => get(at, query(at.state, "")),
  "two codes": (at) => get(at, `${at.target}&code=other`),
  "code and error": (at) => get(at, `${at.target}&error=access_denied`),
  "the root": (at) => get(at, at.target.replace("/callback", "/")),
  "another path": (at) => get(at, at.target.replace("/callback", "/callbacks")),
  "a path below": (at) => get(at, at.target.replace("/callback", "/callback/")),
  "a path in other letters": (at) => get(at, at.target.replace("/callback", "/CALLBACK")),
  "a path with a detour": (at) => get(at, at.target.replace("/callback", "/callback/../callback")),
  "a path in percents": (at) => get(at, at.target.replace("/callback", "/%63allback")),
  "a path of two slashes": (at) => get(at, `/${at.target}`),
  "a whole address": (at) => get(at, `http://evil.example${at.target}`),
  "a whole address of its own": (at) => get(at, `http://${at.host}${at.target}`),
  ...Object.fromEntries(
    ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get"].map((method): [string, Attack] => [
      `the method ${method}`,
      (at) => `${method} ${at.target} HTTP/1.1\r\nHost: ${at.host}\r\nContent-Length: 0\r\n\r\n`,
    ]),
  ),
  ...Object.fromEntries(
    [
      "evil.example",
      "localhost:PORT",
      "127.0.0.1",
      "127.0.0.1:1",
      "127.1:PORT",
      "[::1]:PORT",
      "",
      "127.0.0.1:PORT.",
    ].map((host): [string, Attack] => [
      `the host "${host}"`,
      (at) => get(at, at.target, `Host: ${host.replace("PORT", at.host.split(":")[1] ?? "")}`),
    ]),
  ),
  "no host": (at) => get(at, at.target, "X-Nothing: here"),
  "two hosts": (at) => get(at, at.target, `Host: ${at.host}\r\nHost: evil.example`),
  "an address of 9 kB": (at) => get(at, `${at.target}&x=${"y".repeat(9_000)}`),
  "an address of 100 kB": (at) => get(at, `${at.target}&x=${"y".repeat(100_000)}`),
  "a header of 100 kB": (at) => get(at, at.target, `Host: ${at.host}\r\nX-Long: ${"y".repeat(100_000)}`),
  "a line's end in the address": (at) => get(at, `/callback?state=${at.state}\r\n&code=${at.code}`),
  "half a request": (at) => `GET ${at.target} HTTP/1.1\r\nHost: ${at.host}`,
  "no HTTP": () => "\u0016\u0003\u0001\u0002\u0000\u0001",
  "nothing at all": () => "",
};

/** Sends bytes to a listener. @returns the first line of what it answers; empty when it only closes */
export function send(host: string, bytes: string): Promise<string> {
  const [address = "", port = ""] = host.split(":");
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), address, () => {
      socket.write(bytes);
      if (!bytes.endsWith("\r\n\r\n")) socket.end(); // a listener may wait for the rest, and we need not
    });
    const end = (): void => resolve(answer.split("\r\n")[0] ?? "");
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    socket.on("error", end).on("close", end);
  });
}

function get(at: AttackedSignIn, target: string, header = `Host: ${at.host}`): string {
  return `GET ${target} HTTP/1.1\r\n${header}\r\n\r\n`;
}

function query(state: string, code: string): string {
  return `/callback?state=${state}&code=${encodeURIComponent(code)}`;
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase()));
}
