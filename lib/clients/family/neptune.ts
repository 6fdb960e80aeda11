import type { ClientFamily } from '../client-family';
import type { Keepalives } from '../keepalive/client-keepalive';
import { https } from '../keepalive/https';
import { httpsAt, NO_COLON } from '../recipes/https';

/**
 * Clients of Neptune; Gremlin keeps WebSockets open.
 *
 * @see https://tinkerpop.apache.org/docs/current/reference/#gremlin-java-configuration
 */
const keepalives: Keepalives = (input) => [
  ...https(input),
  {
    client: 'Gremlin Java driver',
    setting: `keepAliveInterval(${input.seconds * 1000})`,
    afterSeconds: input.seconds,
    note: "Call it on the cluster's builder.",
  },
];

/** Users are those of IAM. */
export const NEPTUNE_FAMILY = {
  neptune: {
    url: { database: 'nowhere', user: false, parameters: 'by scheme' },
    urlParameters: [],
    recipes: httpsAt('/status'),
    keepalives,
    users: undefined,
    userPattern: NO_COLON,
    databasePattern: undefined,
    urlNote: undefined,
    certificateReload: undefined,
    tlsSettings: undefined,
    clientCertificateSettings: undefined,
  },
} as const satisfies Readonly<Record<string, ClientFamily>>;
