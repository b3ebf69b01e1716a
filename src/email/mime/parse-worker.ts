import { parentPort } from "node:worker_threads";
import { readMail } from "./read-mail.js";

// Reads one mail after the other, away from the main thread. Started by parse-mail.ts.
parentPort?.on("message", (raw: Uint8Array) => {
  readMail(raw).then(
    (mail) =>
      parentPort?.postMessage({ mail }, [
        ...new Set(mail.attachments.map(({ content }) => content.buffer)),
      ] as ArrayBuffer[]),
    (error: unknown) => parentPort?.postMessage({ failure: String(error) }),
  );
});
