/** Whether a method's name is meant by a pattern: the name itself, or its beginning with a star, such as `gmail.*`. */
export function isMethodMeant(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
