import { htmlToText } from "../../email/mime/html-text.js";
import { visibleText } from "./visible-text.js";

/** HTML or plain text as text. */
export async function htmlOrText(text: string): Promise<{ text: string; hidden: number }> {
  if (!/<[a-z][^>]*>/i.test(text)) return visibleText(text);
  const read = await htmlToText(text);
  const seen = visibleText(read.text);
  return { text: seen.text, hidden: seen.hidden + read.removed.hiddenTexts };
}
