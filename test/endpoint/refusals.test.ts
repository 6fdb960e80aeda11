import * as fc from 'fast-check';
import {
  AllowedSource,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  EndpointTls,
  TlsHandshake,
} from '../../lib';
import { printable } from '../../lib/rules/printable';
import { handshakeOf } from '../engine/engine-facts';
import { endpoints } from '../support/arbitrary-endpoints';
import { refusal, TERMINATE } from '../support/endpoint';
import { runs } from '../support/property-runs';

interface OneMistake {
  readonly overrides: Partial<DatabaseEndpointProps>;
  /** The property that the error must name. */
  readonly property: string;
}

/** Puts one mistake into a correct endpoint. */
type Spoil = (props: DatabaseEndpointProps) => fc.Arbitrary<OneMistake>;

const known = (text: string) => !/[$%]\{/.test(text);
const text = fc.string({ unit: 'grapheme' }).filter(known);
// What CDKTF may take for the encoding of a number token is not for this test.
const notWithin = (min: number, max: number) =>
  fc
    .oneof(fc.integer(), fc.double({ min: -1e9, max: 1e9 }), fc.constantFrom(min - 1, max + 1))
    .filter((value) => !(Number.isInteger(value) && value >= min && value <= max));

const number =
  (property: 'port' | 'deregistrationDelaySeconds', min: number, max: number): Spoil =>
  () =>
    notWithin(min, max).map((value) => ({ overrides: { [property]: value }, property }));

const healthCheck =
  (property: string, min: number, max: number): Spoil =>
  () =>
    notWithin(min, max).map((value) => ({
      overrides: { healthCheck: { [property]: value } },
      property: `healthCheck.${property}`,
    }));

/** The list with one more value in it, and where. */
const inserted = <T>(values: readonly T[], extra: T) =>
  fc.nat(values.length).map((i) => ({ list: [...values.slice(0, i), extra, ...values.slice(i)], i }));

const block =
  (make: fc.Arbitrary<string>): Spoil =>
  ({ allow = [] }) =>
    make.chain((bad) =>
      inserted(allow, AllowedSource.cidr(bad)).map(({ list, i }) => ({
        overrides: { allow: list },
        property: `allow[${i}]`,
      })),
    );

const hostBits = fc
  .tuple(fc.tuple(fc.constantFrom(8, 18, 52), fc.nat(255), fc.nat(255)), fc.integer({ min: 1, max: 127 }), fc.nat(24))
  .map(([network, half, prefix]) => `${network.join('.')}.${half * 2 + 1}/${prefix}`);

const notAnAddress = text.filter((value) => !/^[\da-fA-F.:/]*$/.test(value));

const MISTAKES: readonly [string, Spoil][] = [
  [
    'a VPC that is none',
    () => text.filter((id) => !/^vpc-/.test(id)).map((vpcId) => ({ overrides: { vpcId }, property: 'vpcId' })),
  ],
  [
    'a subnet that is none',
    ({ subnetIds }) =>
      text
        .filter((id) => !/^subnet-/.test(id))
        .chain((id) => inserted(subnetIds, id))
        .map(({ list, i }) => ({ overrides: { subnetIds: list }, property: `subnetIds[${i}]` })),
  ],
  [
    'a subnet twice',
    ({ subnetIds }) =>
      fc.constantFrom(...subnetIds).map((id) => ({
        overrides: { subnetIds: [...subnetIds, id] },
        property: `subnetIds[${subnetIds.length}]`,
      })),
  ],
  ['a port that is none', number('port', 1, 65535)],
  ['a delay beyond its limits', number('deregistrationDelaySeconds', 0, 3600)],
  ['an interval beyond its limits', healthCheck('intervalSeconds', 5, 300)],
  ['a timeout beyond its limits', healthCheck('timeoutSeconds', 2, 120)],
  ['a threshold beyond its limits', healthCheck('healthyThreshold', 2, 10)],
  [
    'an idle timeout beyond its limits, or on a TLS listener',
    ({ tls }) =>
      (tls?._termination ? fc.integer({ min: 60, max: 6000 }) : notWithin(60, 6000)).map((value) => ({
        overrides: { idleTimeoutSeconds: value },
        property: 'idleTimeoutSeconds',
      })),
  ],
  [
    'a name that AWS refuses',
    () =>
      text
        .filter((name) => !/^[a-zA-Z0-9-]+$/.test(name) || name.length > 32)
        .map((name) => ({ overrides: { loadBalancerName: name }, property: 'loadBalancerName' })),
  ],
  [
    'a domain that is none',
    () =>
      text
        .filter((name) => !/^[a-zA-Z0-9.-]+$/.test(name))
        .map((name) => ({ overrides: { domain: { name } }, property: 'domain.name' })),
  ],
  [
    'a tag key that AWS refuses',
    () =>
      text
        .filter((key) => /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u.test(key))
        .map((key) => ({ overrides: { tags: { [key]: 'x' } }, property: `tags[${JSON.stringify(key)}]` })),
  ],
  [
    'an address that is none',
    () =>
      notAnAddress.map((address) => ({
        overrides: { target: DatabaseTarget.ipAddresses([address]) },
        property: 'target[0]',
      })),
  ],
  [
    'an address that is public',
    () =>
      fc.tuple(fc.constantFrom(8, 52, 203), fc.nat(255), fc.nat(255)).map(([a, b, c]) => ({
        overrides: { target: DatabaseTarget.ipAddresses([`${a}.${b}.${c}.7`]) },
        property: 'target[0]',
      })),
  ],
  ['a block that is none', block(notAnAddress)],
  ['a block with host bits', block(hostBits)],
  [
    'a source twice',
    ({ allow = [] }) =>
      fc
        .constantFrom(...allow)
        .map((source) => ({ overrides: { allow: [...allow, source] }, property: `allow[${allow.length}]` })),
  ],
  [
    'a description that EC2 refuses',
    ({ allow = [] }) =>
      text
        .filter((description) => /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/.test(description) && description.trim() !== '')
        .chain((description) => inserted(allow, AllowedSource.cidr('3.3.3.3/32', { description })))
        .map(({ list, i }) => ({ overrides: { allow: list }, property: `allow[${i}].description` })),
  ],
  ['an empty allowlist', () => fc.constant({ overrides: { allow: [] }, property: 'allow' })],
  [
    'TLS that ends where the engine negotiates it',
    () =>
      fc
        .constantFrom(...DatabaseEngine.all().filter(({ handshake }) => handshake === TlsHandshake.NEGOTIATED))
        .map((engine) => ({
          overrides: { engine, tls: TERMINATE },
          property: 'tls',
        })),
  ],
  [
    'no choice about TLS',
    () =>
      fc
        .constantFrom(...DatabaseEngine.all().filter((engine) => handshakeOf(engine) === 'immediate'))
        .map((engine) => ({
          overrides: { engine, tls: undefined },
          property: 'tls',
        })),
  ],
  [
    'passthrough where it cannot work',
    () =>
      fc.constant({ overrides: { engine: DatabaseEngine.NEPTUNE, tls: EndpointTls.passthrough() }, property: 'tls' }),
  ],
];

test.each(MISTAKES)('%s is refused in any endpoint, with an error that names the property', (_, spoil) => {
  const spoilt = endpoints.chain(({ props }) => spoil(props).map((mistake) => ({ ...mistake, props })));

  fc.assert(
    fc.property(spoilt, ({ props, overrides, property }) => {
      const error = refusal({ ...props, ...overrides });

      expect(error?.problems.map((problem) => problem.property)).toContain(property);
      // What no terminal shows is escaped.
      expect(error?.message).toContain(`prod/Orders: ${printable(property)} `);
    }),
    { numRuns: runs(40) },
  );
});
