/** A number as people write it: `8,412`. */
export function inDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A number with its noun: `1 mail`, `12 mails`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${inDigits(count)} ${count === 1 ? noun : plural}`;
}
