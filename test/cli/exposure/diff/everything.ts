import { compare } from '../../../../cli/exposure/diff/compare';
import { blocks, login } from '../app';
import { endpoint } from './states';

export const LOOKER = {
  description: 'Looker',
  owner: 'data-team',
  ticket: 'SEC-7',
  expires: '2027-01-31',
  file: 'allowlist.yaml',
};

/** Everything that can be different, at four endpoints. */
export const everything = compare(
  [
    endpoint({
      endpoint: 'prod/A',
      sources: [...blocks(['8.8.8.8/32'], { owner: 'a' }), ...blocks(['9.9.9.9/32'])],
      guards: { acknowledged: [], maxBreadthIpv4: 8, maxBreadthIpv6: 24 },
      users: [login(), login({ user: 'prod/A/Gone', userName: 'gone', integration: undefined })],
    }),
    endpoint({ endpoint: 'prod/Gone' }),
    endpoint({ endpoint: 'prod/Before', hostname: 'same.example.com' }),
  ],
  [
    endpoint({
      ...{ endpoint: 'prod/A', internetFacing: false, port: '${var.port}' },
      sources: [
        ...blocks(['9.9.9.9/32', '2600::/64'], LOOKER),
        { kind: 'securityGroup', value: '123456789012/sg-0a1b2c3d4e5f60718' },
      ],
      guards: { acknowledged: ['SourceSeldomMatches'], maxBreadthIpv4: 4, maxBreadthIpv6: 24 },
      users: [
        login({
          grants: [{ schema: 'sales', tables: ['orders'], privileges: ['SELECT', 'INSERT'] }],
          ...{ auth: 'iam', futureTables: '${var.later}', integration: undefined },
        }),
        login({ user: 'prod/A/New', userName: 'new', rotateEveryDays: 30, validUntil: '2027-01-31T00:00:00Z' }),
      ],
      privateLink: {
        principals: ['*'],
        acceptanceRequired: true,
        allowlistApplies: true,
        supportedRegions: ['us-east-1'],
      },
    }),
    endpoint({ endpoint: 'prod/After', hostname: 'same.example.com' }),
    endpoint({ endpoint: 'prod/New', hostname: '${aws_lb.New.dns_name}' }),
  ],
);
