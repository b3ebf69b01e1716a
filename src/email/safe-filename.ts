/** What file systems take in one name, in bytes, less room for a number. */
const longestBytes = 240;
const fallback = "attachment";
/** Names that Windows keeps for devices, whatever follows a dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;
/** Separators, what Windows refuses, control characters, and those that change how the rest of a name is read. */
const unsafe = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

/** Whether Windows takes a name for a device, in any folder. */
export function isDeviceName(name: string): boolean {
  return devices.test(name);
}

/**
 * A file name from outside as one that is harmless in any folder of any system: it stays in it, is visible, and shows
 * its true extension.
 */
export function safeFilename(given: string): string {
  const name = given
    .normalize("NFC")
    .replace(unsafe, "_")
    .replace(/\s+/g, " ")
    .replace(/^[\s.~-]+/, "") // hidden files, and what programs take for an option
    .replace(/[\s.]+$/, ""); // Windows leaves these off
  const visible = /[^_\s]/.test(name) ? name : fallback;
  return shortened(isDeviceName(visible) ? `_${visible}` : visible);
}

/** The name with a number before its extension: `report (2).pdf`. */
export function withNumber(filename: string, number: number): string {
  const [stem, extension] = parts(filename);
  return `${stem} (${number})${extension}`;
}

function shortened(name: string): string {
  const [stem, extension] = parts(name);
  let kept = stem;
  while (Buffer.byteLength(kept + extension) > longestBytes) kept = kept.replace(/.$/su, "");
  return kept + extension;
}

function parts(name: string): [stem: string, extension: string] {
  const extension = /(\.[\p{L}\p{N}]{1,10}){1,2}$/u.exec(name)?.[0] ?? "";
  return extension === name ? [name, ""] : [name.slice(0, name.length - extension.length), extension];
}
