/** Numbers in [0, 1), the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What readers stumble over. */
const splinters = [
  "\r\n\r\n",
  "\r\n--b1\r\n",
  "--b1--\r\n",
  "\0\0\0",
  "=?utf-8?B?",
  "Content-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n",
  "Content-Type: text/html\r\n\r\n<table><tr><td>",
  "Content-Type: message/rfc822\r\n\r\n",
  "Content-Transfer-Encoding: base64\r\n",
  "charset=utf-16le; ",
  "<!--",
  '"',
  "(((((",
  "\ufeff",
];

/** Changes some places of some bytes: what was there is lost, doubled, moved, cut off or something else. */
export function mutate(original: Buffer, random: () => number): Buffer {
  let bytes: Buffer = Buffer.from(original);
  for (let changes = 1 + Math.floor(random() * 6); changes > 0; changes--) {
    const at = Math.floor(random() * (bytes.length + 1));
    const length = Math.floor(random() ** 3 * Math.min(bytes.length - at, 2_000));
    const splinter = Buffer.from(splinters[Math.floor(random() * splinters.length)] ?? "");
    const [before, range, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ];
    switch (Math.floor(random() * 6)) {
      case 0:
        bytes = Buffer.concat([before, after]);
        break;
      case 1:
        bytes = Buffer.concat([before, range, range, after]);
        break;
      case 2:
        bytes = Buffer.concat([before, splinter, range, after]);
        break;
      case 3:
        bytes = Buffer.concat([after, before]);
        break;
      case 4:
        bytes = Buffer.from(before);
        break;
      default:
        bytes = Buffer.from(bytes);
        for (let index = at; index < at + Math.min(length, 20); index++) bytes[index] = Math.floor(random() * 256);
    }
  }
  return bytes;
}
