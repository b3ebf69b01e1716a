/**
 * Runs in a page, as text, and tells what is wrong with it for a person who sees badly, uses no mouse or has a phone,
 * and what it runs or fetches. The rules are those of WCAG 2.2 AA that a program can measure.
 */
(() => {
  const problems = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const check = (fine, problem) => fine || problems.push(problem);
  const name = (element) => `${element.localName} "${element.textContent.trim().slice(0, 30)}"`;

  check(document.documentElement.lang !== "", "no language");
  check(document.title !== "", "no title");
  check(all("h1").length === 1, `${all("h1").length} headings of the first level`);
  check(all("main").length === 1, `${all("main").length} main landmarks`);
  check(new Set(all("[id]").map(({ id }) => id)).size === all("[id]").length, "an id twice");
  check(getComputedStyle(document.body).margin === "0px", "without its style");
  check(document.documentElement.scrollWidth <= innerWidth, "wider than the window");

  for (const element of all("script, img, iframe, object, embed, video, [style]"))
    problems.push(`${element.localName} that should not be there`);
  for (const element of all("*"))
    for (const { name: attribute, value } of element.attributes) {
      check(!attribute.startsWith("on"), `${element.localName} with ${attribute}`);
      check(!/^(src|href)$/.test(attribute) || value.startsWith("data:"), `${element.localName} from ${value}`);
    }

  for (const control of all("input:not([type=hidden]), select, textarea, button")) {
    const labels = [...(control.labels ?? [])];
    const label = control.localName === "button" ? control.textContent : labels.map((each) => each.textContent).join();
    check(label.trim() !== "", `${control.localName} without a name`);
    const target = labels.find((each) => each.contains(control)) ?? control;
    check(target.getBoundingClientRect().height >= 24, `${name(target)} is too low to be hit`);
  }
  for (const group of all("fieldset")) check(group.querySelector(":scope > legend"), "fieldset without a legend");
  for (const choice of all("[type=radio], [type=checkbox]"))
    check(choice.closest("fieldset"), `${choice.type} outside of a group`);

  for (const { element } of texts()) {
    check(element.closest("main, header, footer, nav"), `${name(element)} outside of the landmarks`);
    const ratio = contrast(colour(getComputedStyle(element).color), backgroundOf(element));
    check(ratio >= 4.5, `${name(element)} has a contrast of ${ratio.toFixed(2)}`);
  }
  return problems;

  /** Every text that is seen, with the element that colours it. */
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() !== "" && element.checkVisibility()) found.push({ element });
    }
    return found;
  }

  function backgroundOf(element) {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (colour(backgroundColor)[3] === 1) return colour(backgroundColor);
    }
    return [255, 255, 255, 1];
  }

  function colour(text) {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  }

  /** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance([red, green, blue]) {
    const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }
})();
