/** Something without which a check cannot be made, or not be made in full. */
export interface Missing {
  /** The endpoints that need it. */
  readonly endpoints: readonly string[];
  /** What it is: a clause. */
  readonly what: string;
  /** How to get it: full sentences. */
  readonly remedy: string;
}

/** Collects what is missing; what several endpoints need is one thing. */
export class MissingThings {
  private readonly byText = new Map<string, { readonly what: string; readonly remedy: string; endpoints: string[] }>();

  public add(endpoint: string, what: string, remedy: string): void {
    const key = JSON.stringify([what, remedy]);
    const known = this.byText.get(key) ?? { what, remedy, endpoints: [] };
    this.byText.set(key, known);
    if (!known.endpoints.includes(endpoint)) known.endpoints.push(endpoint);
  }

  public list(): readonly Missing[] {
    return [...this.byText.values()];
  }
}
