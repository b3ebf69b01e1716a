/**
 * Applies an async function to a sequence, several at a time, and gives the results in the sequence's order.
 *
 * @param window - how many may be under way ahead of the consumer
 * @param apply - its first failure ends the sequence; the others under way are left to the caller's signal
 */
export async function* mapInOrder<In, Out>(
  source: AsyncIterable<In> | Iterable<In>,
  window: number,
  apply: (item: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const pending: Promise<Out>[] = [];
  for await (const item of source) {
    const result = apply(item);
    result.catch(() => undefined); // it is awaited below, in its turn
    pending.push(result);
    if (pending.length < window) continue;
    const first = pending.shift();
    if (first) yield await first;
  }
  for (const result of pending) yield await result;
}
