import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import * as fc from 'fast-check';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  EndpointError,
  EndpointLoadBalancer,
} from '../../lib';
import { INTEGRATION_RULES } from '../../lib/endpoint/integration-rules';
import { endpoints } from '../support/arbitrary-endpoints';
import { makeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { runs } from '../support/property-runs';
import { clients, endpointProps, loadBalancerProps } from '../support/shared-load-balancer';
import { onlyResource, resources, synthesize, warningsOf } from '../support/synthesis';
import { INTEGRATION_MISTAKES, orders } from './integration.refusals';

const OFFICE = '203.0.113.7/32';

function problemsOf(make: (stack: TerraformStack) => void): EndpointError['problems'] {
  try {
    synthesize(make);
  } catch (error) {
    if (error instanceof EndpointError) return error.problems;
    throw error;
  }
  return [];
}

describe('an integration', () => {
  it.each(INTEGRATION_MISTAKES.map((each) => [each.rule, each.where, each] as const))(
    'is refused with %s where %s',
    (rule, _, { make, problem }) => {
      expect(problemsOf(make)).toEqual([
        expect.objectContaining({
          rule,
          property: problem.property,
          ...('value' in problem && { value: problem.value }),
          reason: expect.stringMatching(problem.reason),
          remedy: expect.stringMatching(problem.remedy),
        }),
      ]);
    },
  );

  it('has a row for each of its rules', () => {
    const rows = new Set(INTEGRATION_MISTAKES.map(({ rule }) => rule));

    expect(INTEGRATION_RULES.map(({ name }) => name).filter((name) => !rows.has(name))).toEqual([]);
  });

  it('adds a rule of its own, named after it, to those of the endpoint', () => {
    const tf = synthesize((stack) => {
      orders(stack).addIntegration('Looker', { allow: [AllowedSource.cidr(OFFICE)] });
    });

    expect(onlyResource(tf, 'aws_vpc_security_group_ingress_rule')['for_each']).toEqual({
      '52.20.30.40/32': 'Client of a database endpoint',
      [OFFICE]: 'Looker',
    });
  });

  it('may have a source that the endpoint or another integration has: one rule says whose it is', () => {
    const tf = synthesize((stack) => {
      const endpoint = orders(stack, {
        internetFacing: false,
        allow: [
          AllowedSource.cidr(OFFICE, { description: 'Office' }),
          AllowedSource.prefixList('pl-0a', { description: 'Vendors', maxEntries: 3 }),
          AllowedSource.securityGroup('sg-0a', { description: 'Jobs' }),
        ],
      });
      endpoint.addIntegration('Looker', { allow: [AllowedSource.cidr(OFFICE), AllowedSource.prefixList('pl-0a')] });
      endpoint.addIntegration('Airbyte', { allow: [AllowedSource.cidr(OFFICE), AllowedSource.securityGroup('sg-0a')] });
    });

    const rules = Object.assign(
      {},
      ...resources(tf, 'aws_vpc_security_group_ingress_rule').map((rule) => rule['for_each']),
    );
    expect(rules).toEqual({
      [OFFICE]: 'Airbyte; Looker; Office',
      'pl-0a': { id: 'pl-0a', description: 'Looker; Vendors' },
      'sg-0a': { id: 'sg-0a', description: 'Airbyte; Jobs' },
    });
  });

  it('may not name a security group in another way than the endpoint does: EC2 would refuse the second rule', () => {
    const problems = problemsOf((stack) => {
      orders(stack, { allow: [AllowedSource.securityGroup('sg-0a')] }).addIntegration('Looker', {
        allow: [AllowedSource.securityGroup('123456789012/sg-0a')],
      });
    });

    expect(problems).toMatchObject([{ rule: 'SourceDuplicate', property: "addIntegration('Looker').allow[0]" }]);
  });

  it('is counted against the quotas together with the endpoint', () => {
    const problems = problemsOf((stack) => {
      orders(stack, { allow: clients(290) }).addIntegration('Looker', { allow: clients(20, 30) });
    });

    expect(problems).toMatchObject([{ rule: 'TooManyRules', reason: expect.stringContaining('310') }]);
  });

  it('is judged against what the endpoint may admit together', () => {
    const half = (block: string) => AllowedSource.cidr(block);
    const problems = problemsOf((stack) => {
      orders(stack, { allow: [half('3.0.0.0/9'), half('5.0.0.0/9')] }).addIntegration('Looker', {
        allow: [half('18.0.0.0/9')],
      });
    });

    expect(problems).toMatchObject([{ rule: 'AllowlistTooBroad' }]);
  });

  it('has everything pinned, computed and spread over groups as if it had been there from the start', () => {
    const computed = () => AllowedSource.cidr(expression('var.office'), { description: 'c' });
    const pinned = AllowedSource.cidr('18.1.2.3/32', { group: 'partner', description: 'p' });
    const described = (from: AllowedSource[]) =>
      from.map(({ _values }) => AllowedSource.cidr(_values[0], { description: 'd' }));
    const start = described(clients(50));
    const more = () => [...described(clients(30, 30)), pinned, computed()];

    expect(
      synthesize((stack) => {
        orders(stack, { allow: start }).addIntegration('Looker', { allow: more() });
      }),
    ).toEqual(synthesize((stack) => void orders(stack, { allow: [...start, ...more()] })));
  });

  it('keeps every group that was there, so that references to them stay true', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const endpoint = orders(stack, { allow: clients(50) });
    const before = endpoint.loadBalancer.securityGroups;
    endpoint.addIntegration('Looker', { allow: clients(30, 30) });
    const after = endpoint.loadBalancer.securityGroups;

    expect(before).toHaveLength(1);
    expect(after.length).toBeGreaterThan(1);
    expect(after[0]).toBe(before[0]);
  });

  it('shows each warning once', () => {
    const endpoint = orders(new TerraformStack(Testing.app(), 'prod'), { allow: [AllowedSource.prefixList('pl-0a')] });
    endpoint.addIntegration('Looker', { allow: [AllowedSource.prefixList('pl-0b')] });

    const about = warningsOf(endpoint).filter((warning) => warning.includes('PrefixListSizeUnknown'));
    expect(about).toHaveLength(2);
    expect(about.filter((warning) => warning.includes("addIntegration('Looker').allow[0]"))).toHaveLength(1);
  });
});

describe('an endpoint whose access is given by integrations only', () => {
  const synthesized = (integrate: (endpoint: DatabaseEndpoint) => void, props: Partial<DatabaseEndpointProps> = {}) => {
    const app = new App({ stackTraces: false, outdir: Testing.app().outdir });
    const stack = new TerraformStack(app, 'prod');
    new AwsProvider(stack, 'aws', {});
    integrate(orders(stack, { allow: undefined, ...props }));
    app.synth();
  };

  it('is the same as one with these sources', () => {
    expect(
      synthesize((stack) => {
        orders(stack, { allow: undefined }).addIntegration('Looker', {
          allow: [AllowedSource.cidr(OFFICE, { description: 'd' })],
        });
      }),
    ).toEqual(synthesize((stack) => void orders(stack, { allow: [AllowedSource.cidr(OFFICE, { description: 'd' })] })));
  });

  it('is refused at synthesis where there is none', () => {
    expect(() => synthesized(() => undefined)).toThrow(/AllowlistEmpty/);
  });

  it('may have who must be admitted in any of them, and is refused where nobody brings them', () => {
    const mustInclude = { allowlist: { mustInclude: ['198.51.100.1/32'] } };
    const add =
      (...texts: string[]) =>
      (endpoint: DatabaseEndpoint) => {
        for (const [i, text] of texts.entries())
          endpoint.addIntegration(`I${i}`, { allow: [AllowedSource.cidr(text)] });
      };

    expect(() => synthesized(add(OFFICE, '198.51.100.0/24'), mustInclude)).not.toThrow();
    expect(() => synthesized(add(OFFICE), mustInclude)).toThrow(/MustIncludeLockedOut/);
  });
});

/** Splits the sources of an endpoint between itself and two integrations. */
const split = endpoints.chain(({ props }) =>
  fc
    .array(fc.constantFrom('own', 'Looker', 'Airbyte'), {
      minLength: props.allow?.length ?? 0,
      maxLength: props.allow?.length ?? 0,
    })
    .map((owners) => ({ props, owners })),
);

test('whatever integrations bring, the stack is that of an endpoint which had it from the start', () => {
  fc.assert(
    fc.property(split, ({ props, owners }) => {
      const { allow = [] } = props;
      const of = (owner: string) => allow.filter((_, i) => owners[i] === owner);
      const names = ['Looker', 'Airbyte'].filter((name) => of(name).length > 0);
      const fromStart = [
        ...of('own'),
        ...names.flatMap((name) =>
          of(name).map((source, i) => AllowedSource._ofIntegration(name, source, { property: `${i}` })),
        ),
      ];
      const own = of('own').length > 0 ? of('own') : undefined;
      const joined = synthesize((stack) => {
        const endpoint = makeEndpoint(stack, 'Orders', { ...props, allow: own });
        for (const name of names) endpoint.addIntegration(name, { allow: of(name) });
      });

      expect(joined).toEqual(synthesize((stack) => void makeEndpoint(stack, 'Orders', { ...props, allow: fromStart })));
    }),
    { numRuns: runs(100) },
  );
});

describe('an integration of an endpoint that shares its load balancer', () => {
  const described = (from: AllowedSource[]) =>
    from.map(({ _values }) => AllowedSource.cidr(_values[0], { description: 'd' }));

  it.each([
    ['in its own port', false],
    ['with ports merged', true],
  ])('has its rules where they had been from the start, %s', (_, mergePorts) => {
    const computed = () => AllowedSource.cidr(expression('var.office'), { description: 'c' });
    const pinned = AllowedSource.cidr('18.1.2.3/32', { group: 'partner', description: 'p' });
    const start = described(clients(20));
    const more = () => [...described(clients(10, 30)), pinned, computed()];
    const fleet = (integrated: boolean) =>
      synthesize((stack) => {
        const shared = new EndpointLoadBalancer(
          stack,
          'Partners',
          loadBalancerProps({ mergePorts, securityGroupCount: 3 }),
        );
        const first = shared.addEndpoint(
          'Orders',
          endpointProps({ allow: integrated ? start : [...start, ...more()] }),
        );
        shared.addEndpoint('Stock', endpointProps({ port: 5433, allow: [...start, computed()] }));
        if (integrated) first.addIntegration('Looker', { allow: more() });
      });

    expect(fleet(true)).toEqual(fleet(false));
  });

  it('is counted together with the other endpoints', () => {
    const problems = problemsOf((stack) => {
      const shared = new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps({ securityGroupCount: 1 }));
      const first = shared.addEndpoint('Orders', endpointProps({ allow: clients(20) }));
      shared.addEndpoint('Stock', endpointProps({ port: 5433, allow: clients(30) }));
      first.addIntegration('Looker', { allow: clients(20, 30) });
    });

    expect(problems).toMatchObject([{ rule: expect.stringMatching(/TooManyRules|Full/) }]);
  });
});

test('the exposure says which source is whose', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ allow: [AllowedSource.cidr(OFFICE)] }));
  endpoint.addIntegration('Looker', { allow: [AllowedSource.cidr(OFFICE, { owner: 'data-team' })] });

  expect(endpoint.exposure.sources).toMatchObject([
    { value: OFFICE, integration: undefined, location: 'allow[0]' },
    { value: OFFICE, integration: 'Looker', owner: 'data-team', location: "addIntegration('Looker').allow[0]" },
  ]);
});
