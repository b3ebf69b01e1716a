/** Tags that only say how text looks. Of attributes those that name no address, with values in which nothing is escaped. */
const plainTag = new RegExp(
  String.raw`</?(?:a|abbr|b|bdi|big|blockquote|body|br|caption|center|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var)(?:\s+(?:${[
    String.raw`(?:align|bgcolor|border|cellpadding|cellspacing|class|color|colspan|dir|face|height|id|lang|name|rowspan|size|start|target|title|valign|width)=(?:"[^"<>&\\]*"|'[^'<>&\\]*')`,
    String.raw`style=(?:"[^"<>&\\(@]*"|'[^'<>&\\(@]*')`,
    String.raw`href=(?:"[^"<>]*"|'[^'<>]*')`,
  ].join("|")}))*\s*/?>`,
  "gi",
);

/**
 * Whether a mail's reader might fetch something to show its HTML: then an address in it can carry away whatever the mail's
 * writer knew. There are many ways to write that, so that anything is taken for one that is not known to be none: besides
 * tags for text, with plain attributes, no tag, comment or declaration is.
 *
 * @see https://html.spec.whatwg.org/multipage/semantics.html
 */
export function mayLoad(html: unknown): boolean {
  if (typeof html !== "string") return false;
  // What is left of a tag that was taken out could make one with what is around it.
  return /<(?![\s\d=])/.test(html.replace(plainTag, ""));
}
