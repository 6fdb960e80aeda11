/** One client of a database, as a line of an allowlist. */
export interface Client {
  readonly block: string;
  readonly family: 4 | 6;
  readonly description: string;
}

/** Clients at distinct public addresses, in no order: four in five have IPv4. The same ones in every run. */
export function clients(count: number): Client[] {
  return Array.from({ length: count }, (_, i) => {
    // An odd multiplier permutes the numbers of 24 bits, so no two clients share an address.
    const scattered = Math.imul(i, 0x9e3779b1) & 0xffffff;
    const [high, middle, low] = [scattered >> 16, (scattered >> 8) & 255, scattered & 255];
    const description = `Client ${i + 1}`;
    return i % 5 === 4
      ? { block: `2600:1f18:${high.toString(16)}:${(scattered & 0xffff).toString(16)}::/64`, family: 6, description }
      : { block: `52.${high}.${middle}.${low}/32`, family: 4, description };
  });
}

/** They as an allowlist file. */
export function allowlistFile(count: number): string {
  const entries = clients(count).map(
    ({ block, description }) => `  - cidr: ${block}\n    description: ${description}\n`,
  );
  return `owner: data-platform@example.com\nentries:\n${entries.join('')}`;
}
