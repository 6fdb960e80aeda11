import * as fc from 'fast-check';
import { planShared, type SharedPlanOptions, sharedMisfit, sharedPart } from '../../lib/allowlist/shared-plan';
import { runs } from '../support/property-runs';

const IPV4 = { ipv4: 1, ipv6: 0 };
const IPV6 = { ipv4: 0, ipv6: 1 };

/** The rules of one endpoint, few enough that some fleets fit and some do not. */
const rules = fc.uniqueArray(
  fc.record({
    key: fc.stringMatching(/^[a-l]$/),
    counts: fc.constantFrom(IPV4, IPV6, { ipv4: 1, ipv6: 1 }, { ipv4: 3, ipv6: 3 }),
    pinnedTo: fc.constantFrom(undefined, undefined, 'ci', 'partners'),
  }),
  { selector: ({ key }) => key, maxLength: 6 },
);

/** A fleet in which most endpoints have rules that count once, and the smallest quotas. */
const fleets = fc.record({
  endpoints: fc.array(fc.record({ rules, kind: fc.constantFrom('plain', 'plain', 'large', 'pinned') }), {
    minLength: 1,
    maxLength: 4,
  }),
  rulesPerSecurityGroup: fc.integer({ min: 1, max: 6 }),
  securityGroupsPerInterface: fc.integer({ min: 1, max: 4 }),
  securityGroupCount: fc.integer({ min: 1, max: 4 }),
  mergePorts: fc.boolean(),
  pathMtu: fc.constantFrom<(4 | 6)[]>([], [4], [4, 6]),
  hasComputed: fc.constantFrom(false, false, true),
});

test('rules that are only counted fit exactly where they can be placed', () => {
  fc.assert(
    fc.property(fleets, ({ endpoints, hasComputed, ...fleet }) => {
      const { rulesPerSecurityGroup, securityGroupsPerInterface, ...rest } = fleet;
      const options: SharedPlanOptions = { quotas: { rulesPerSecurityGroup, securityGroupsPerInterface }, ...rest };
      const parts = endpoints.map((each, i) =>
        sharedPart(
          { endpoint: `prod/Endpoint${i}`, port: 7000 + i, hasComputed, isClosed: false },
          each.rules.map(({ key, counts, pinnedTo }) => ({
            key,
            ...(each.kind === 'large' ? counts : counts === IPV4 ? IPV4 : IPV6),
            pinnedTo: each.kind === 'pinned' ? pinnedTo : undefined,
          })),
        ),
      );

      const plan = planShared(parts, options);

      expect(sharedMisfit(parts, options)).toEqual('misfit' in plan ? plan.misfit : undefined);
    }),
    { numRuns: runs(4000) },
  );
});
