/** Classes and ids that a mail's own style sheet hides everywhere. */
export interface HiddenSelectors {
  readonly classes: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

type Attributes = Readonly<Record<string, string>>;

/** Reads a style sheet for what it hides; what it hides on some screens only is shown somewhere. */
export function hiddenSelectors(css: string, known?: HiddenSelectors): HiddenSelectors {
  const classes = new Set(known?.classes);
  const ids = new Set(known?.ids);
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
  for (const [, selectors = "", body = ""] of plain.matchAll(/([^{}]{1,1000})\{([^{}]*)\}/g)) {
    if (!hides(declarations(body))) continue;
    for (const selector of selectors.split(",")) {
      const [, sign, name] = /^\s*(?:[a-z]+)?([.#])([\w-]+)\s*$/i.exec(selector) ?? [];
      if (name !== undefined) (sign === "." ? classes : ids).add(name);
    }
  }
  return { classes, ids };
}

/** Whether no reader sees an element, by its own attributes or the mail's style sheet. */
export function isHidden(attributes: Attributes, { classes, ids }: HiddenSelectors): boolean {
  if (attributes["hidden"] !== undefined) return true;
  if (attributes["style"] !== undefined && hides(declarations(attributes["style"]))) return true;
  if (ids.has(attributes["id"] ?? "")) return true;
  return classes.size > 0 && (attributes["class"] ?? "").split(/\s+/).some((name) => classes.has(name));
}

/** Whether a picture is too small to be seen: it is there to be fetched. */
export function isTrackingPixel(attributes: Attributes): boolean {
  const style = declarations(attributes["style"] ?? "");
  if (hides(style)) return true;
  const [width, height] = ["width", "height"].map((side) => lengthOf(style.get(side) ?? attributes[side]));
  return (width !== undefined && width <= 1) || (height !== undefined && height <= 1);
}

function declarations(style: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const declaration of style.slice(0, 10_000).split(";")) {
    const colon = declaration.indexOf(":");
    if (colon === -1) continue;
    const value = declaration.slice(colon + 1).replace(/!\s*important/i, "");
    found.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return found;
}

function hides(style: ReadonlyMap<string, string>): boolean {
  const of = (name: string): string => style.get(name) ?? "";
  if (of("display") === "none" || /^(hidden|collapse)$/.test(of("visibility"))) return true;
  if (isZero(of("opacity")) || isZero(of("font-size")) || of("color") === "transparent") return true;
  // A box without size shows nothing of what does not fit into it.
  const noSize = ["height", "max-height", "width", "max-width"].some((side) => isZero(of(side)));
  if (noSize && /hidden|clip/.test(of("overflow") + of("overflow-y") + of("overflow-x"))) return true;
  const farAway = ["left", "top", "right", "text-indent", "margin-left"].some(
    (side) => (lengthOf(of(side)) ?? 0) < -900,
  );
  if (farAway || /rect\(\s*0(px)?[\s,]+0(px)?[\s,]+0(px)?[\s,]+0(px)?\s*\)/.test(of("clip"))) return true;
  const background = of("background-color") || of("background");
  return background !== "" && of("color") !== "" && colour(background) === colour(of("color"));
}

function isZero(value: string): boolean {
  return /^[+-]?0*\.?0*(px|em|rem|pt|%|vh|vw)?$/.test(value) && /0/.test(value);
}

function lengthOf(value: string | undefined): number | undefined {
  const found = /^\s*(-?\d+(?:\.\d+)?)(px|pt)?\s*$/i.exec(value ?? "");
  return found ? Number(found[1]) : undefined;
}

function colour(value: string): string {
  const named: Readonly<Record<string, string>> = { white: "ffffff", black: "000000" };
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(value)?.[1];
  if (hex?.length === 3) return hex.replace(/./g, "$&$&");
  return hex ?? named[value] ?? value;
}
