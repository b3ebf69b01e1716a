/** The largest whole number, up to one that is tried first, for which something fits that does for all smaller ones; 0 if none. */
export function largest(most: number, fits: (count: number) => boolean): number {
  if (most <= 0 || fits(most)) return most;
  let [good, bad] = [0, most];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
