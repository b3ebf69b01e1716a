/** What happens to a request instead of its answer. */
export type FaultResponse =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** JSON, or text as it is. */
      readonly body?: unknown;
      readonly contentType?: string;
    }
  /** The connection breaks before anything was done. */
  | "reset"
  /** No answer ever comes. */
  | "hang";

/** Which requests go wrong, and how. */
export interface FaultRule {
  /** Google's name of the method; default: any. */
  readonly method?: string;
  /** Address of the account; default: any. */
  readonly user?: string;
  /** How often; default once. */
  readonly times?: number;
  readonly respond: FaultResponse;
}

/** The faults that are still to come. */
export interface Faults {
  add(rule: FaultRule): void;
  /** The fault for a request, used up by this. */
  take(method: string, user: string | undefined): FaultResponse | undefined;
}

/** Begins without faults. */
export function createFaults(): Faults {
  const rules: { rule: FaultRule; left: number }[] = [];
  return {
    add: (rule) => void rules.push({ rule, left: rule.times ?? 1 }),
    take(method, user) {
      const found = rules.find(
        ({ rule, left }) =>
          left > 0 &&
          (rule.method === undefined || rule.method === method) &&
          (rule.user === undefined || rule.user === user),
      );
      if (!found) return undefined;
      found.left -= 1;
      return found.rule.respond;
    },
  };
}
