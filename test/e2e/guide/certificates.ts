import { authority, type Identity, issue } from '../../cli/support/certificates';

/** The name that clients connect to; it leads to loopback in the terminals of the tests alone. */
export const HOST = 'orders.db.example.test';

/** The name in the certificate of a managed database, which leads nowhere from outside. */
export const OTHER = 'orders.managed.example.test';

/** The CA that the guide's readers trust. */
export const CA = authority('The CA of the test');

const named = (name: string) => ({ commonName: name, names: [name], issuer: CA });

/** What a server shows, and whether it deserves trust. */
export const SHOWN = {
  right: issue(named(HOST)),
  'of another name': issue(named('evil.example.test')),
  'of another CA': issue({ ...named(HOST), issuer: authority('The CA of the test') }),
  'that signs itself': issue({ ...named(HOST), issuer: undefined }),
  expired: issue({ ...named(HOST), validFromDays: -9, validForDays: 7 }),
  'of the managed database': issue(named(OTHER)),
} satisfies Record<string, Identity>;

export type Shown = keyof typeof SHOWN;
