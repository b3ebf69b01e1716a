import type { AttachmentType } from "./models.js";

const archives = /\b(zip|gzip|x-tar|x-7z-compressed|x-rar|vnd\.rar|x-bzip2|zstd)\b/;
const archiveNames = /\.(zip|gz|tgz|tar|7z|rar|bz2|xz|zst)$/i;
const documents =
  /^(text\/|message\/rfc822)|\b(pdf|msword|rtf|json|xml|epub)\b|officedocument|opendocument|vnd\.ms-(excel|powerpoint|word)/;
const documentNames = /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|md|csv|ics|html?|json|xml|eml)$/i;

/** Roughly what a file is, by its media type, else by its name. */
export function attachmentType(mimeType: string, filename: string): AttachmentType {
  const main = /^(image|audio|video)\//.exec(mimeType)?.[1];
  if (main === "image" || main === "audio" || main === "video") return main;
  if (archives.test(mimeType) || archiveNames.test(filename)) return "archive";
  if (documents.test(mimeType) || documentNames.test(filename)) return "document";
  return "other";
}
