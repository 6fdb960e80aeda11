import { Aspects, ref, TerraformStack, Testing, Token } from 'cdktf';
import {
  AllowedSource,
  type AllowedSourceOptions,
  DatabaseEndpoint,
  EndpointLoadBalancer,
  ExpiryEnforcement,
} from '../../lib';
import { numberedTags } from '../load-balancer/load-balancer.refusals';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { consumer } from '../support/private-link';
import { endpointProps, type Fleet, loadBalancerProps, synthesizeFleet } from '../support/shared-load-balancer';
import { resources, type TerraformJson } from '../support/synthesis';

const SAID = { owner: 'data-team', ticket: 'SEC-1', expires: '2099-12-31' };
const TOKEN = Token.asString(ref('aws_ssm_parameter.team.value'));

/** Tags of the rules of a resource: those of all, and those of each. */
const tagged = (name: string) =>
  `\${merge({"Name":"${name}"}, {for name, value in {"database-endpoint:owner" = try(each.value.owner, null), "database-endpoint:ticket" = try(each.value.ticket, null), "database-endpoint:expires" = try(each.value.expires, null)} : name => value if value != null})}`;

function rules(tf: TerraformJson) {
  return resources(tf, 'aws_vpc_security_group_ingress_rule').map(({ for_each, description, tags }) => ({
    for_each,
    description,
    tags,
  }));
}

const of = (allow: AllowedSource[], overrides = {}) =>
  rules(synthesizeEndpoint(validProps({ allow, dualStack: true, ...overrides })));

describe('the rule of an entry', () => {
  test('has nothing but the tags of the endpoint where nothing else is said', () => {
    expect(of([AllowedSource.cidr('8.8.8.8', { description: 'Looker', owner: ' ' })])).toEqual([
      { for_each: { '8.8.8.8/32': 'Looker' }, description: '${each.value}', tags: { Name: 'prod/Orders' } },
    ]);
  });

  test('is tagged with owner, ticket and expiry, and those beside it with nothing', () => {
    const allow = [AllowedSource.cidr('8.8.8.8', { description: 'Looker', ...SAID }), AllowedSource.cidr('9.9.9.9')];

    expect(of(allow)).toEqual([
      {
        for_each: {
          '8.8.8.8/32': { description: 'Looker', ...SAID },
          '9.9.9.9/32': { description: 'Client of a database endpoint' },
        },
        description: '${each.value.description}',
        tags: tagged('prod/Orders'),
      },
    ]);
  });

  test('leaves those of another kind as they are', () => {
    const allow = [AllowedSource.cidr('8.8.8.8', SAID), AllowedSource.cidr('2600:1f18::/48')];

    expect(of(allow).map(({ tags }) => tags)).toEqual([tagged('prod/Orders'), { Name: 'prod/Orders' }]);
  });

  test.each([
    ['a prefix list', AllowedSource.prefixList('pl-0a', { maxEntries: 2, ...SAID })],
    ['a prefix list of AWS', AllowedSource.awsPrefixList('com.amazonaws.eu-central-1.s3', SAID)],
    ['a security group', AllowedSource.securityGroup('sg-0a', SAID)],
    ['a block known after apply', AllowedSource.cidr(TOKEN, SAID)],
    ['everybody', AllowedSource.anywhere({ reason: 'Demo', ...SAID })],
  ])('is tagged, of %s', (_, source) => {
    for (const rule of of([source])) {
      expect(Object.values(rule.for_each as object)).toEqual([expect.objectContaining(SAID)]);
      expect(rule).toMatchObject({ description: '${each.value.description}', tags: tagged('prod/Orders') });
    }
  });

  test('is tagged, of a list known after apply', () => {
    const [rule] = of([AllowedSource.cidrs(Token.asList(ref('var.offices')), { owner: 'o"${x}', ticket: TOKEN })]);

    expect(rule.for_each).toMatch(
      /description = "Client of a database endpoint", owner = "o---x-", ticket = trimspace\(substr\(replace\(.*aws_ssm_parameter\.team\.value/,
    );
    expect(rule.tags).toEqual(tagged('prod/Orders'));
  });
});

describe('the value of a tag', () => {
  test.each([
    ['letters of any language', 'Équipe données 東京', 'Équipe données 東京'],
    ['an address', 'jane+db@example.com', 'jane+db@example.com'],
    ['what other services refuse', 'R&D <jane@example.com>; "ops"', 'R-D -jane@example.com-- -ops-'],
    ['a template', '${var.x}', '--var.x-'],
    ['a prefix of AWS', 'AWS:123', 'aws-123'],
    ['blanks around it', '  data-team  ', 'data-team'],
    ['256 characters', 'x'.repeat(256), 'x'.repeat(256)],
    ['more characters', 'x'.repeat(300), 'x'.repeat(256)],
  ])('holds %s', (_, owner, value) => {
    const [{ for_each }] = of([AllowedSource.cidr('8.8.8.8', { owner })]);

    expect(for_each).toEqual({ '8.8.8.8/32': { description: 'Client of a database endpoint', owner: value } });
  });

  test('is cut to what AWS accepts by Terraform, where it is known after apply', () => {
    const [{ for_each }] = of([AllowedSource.cidr('8.8.8.8', { owner: TOKEN })]);

    expect(Object.values(for_each as object)[0].owner).toBe(
      '${trimspace(substr(replace(replace(aws_ssm_parameter.team.value, "/[^\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+@-]/", "-"), "/^(?i:aws):/", "aws-"), 0, 256))}',
    );
  });
});

describe('entries that share a rule', () => {
  test('are all named in it, each once and in an order of their own', () => {
    const halves = [
      AllowedSource.cidr('52.20.30.0/26', { description: 'B', owner: 'sales', ticket: 'SEC-2' }),
      AllowedSource.cidr('52.20.30.64/26', { description: 'A', owner: 'data-team' }),
      AllowedSource.cidr('52.20.30.128/25', { description: 'A', owner: 'sales' }),
    ];
    const merged = {
      '52.20.30.0/24': { description: 'A; B', owner: 'data-team / sales', ticket: 'SEC-2' },
    };

    for (const allow of [halves, [...halves].reverse()]) {
      expect(of(allow, { allowlist: { aggregate: true } })[0].for_each).toEqual(merged);
    }
  });

  test('of endpoints on neighbouring ports are, too', () => {
    const fleet: Fleet = {
      Orders: endpointProps({ port: 5432, allow: [AllowedSource.cidr('8.8.8.8', { owner: 'sales' })] }),
      Archive: endpointProps({ port: 5433, allow: [AllowedSource.cidr('8.8.8.8', { owner: 'data-team' })] }),
    };
    const tf = synthesizeFleet(fleet, loadBalancerProps({ securityGroupCount: 1, mergePorts: true }));

    expect(rules(tf)).toEqual([
      {
        for_each: {
          '5432 8.8.8.8/32': {
            to_port: 5433,
            description: 'Client of a database endpoint',
            owner: 'data-team / sales',
          },
        },
        description: '${each.value.description}',
        tags: tagged('prod/Partners'),
      },
    ]);
  });
});

describe('endpoints that share a load balancer', () => {
  const allowing = (port: number, about: AllowedSourceOptions) =>
    endpointProps({ port, allow: [AllowedSource.cidr('8.8.8.8', { description: 'Looker', ...about })] });
  const plain = allowing(5432, {});
  const owned = allowing(5433, { owner: 'sales' });
  const loadBalancer = loadBalancerProps({ securityGroupCount: 1 });

  test('have rules with tags of their entries, whichever of them comes first', () => {
    const expected = {
      for_each: {
        '5432 8.8.8.8/32': { description: 'Looker' },
        '5433 8.8.8.8/32': { description: 'Looker', owner: 'sales' },
      },
      description: '${each.value.description}',
      tags: tagged('prod/Partners'),
    };

    expect(rules(synthesizeFleet({ Plain: plain, Owned: owned }, loadBalancer))).toEqual([expected]);
    expect(rules(synthesizeFleet({ Owned: owned, Plain: plain }, loadBalancer))).toEqual([expected]);
  });

  test('have rules as before where none of them says who owns an entry', () => {
    expect(rules(synthesizeFleet({ Plain: plain }, loadBalancer))).toEqual([
      { for_each: { '5432 8.8.8.8/32': 'Looker' }, description: '${each.value}', tags: { Name: 'prod/Partners' } },
    ]);
  });
});

test('whoever adds tags to everything adds them to these rules as well', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new DatabaseEndpoint(stack, 'Orders', validProps({ allow: [AllowedSource.cidr('8.8.8.8', SAID)] }));
  new EndpointLoadBalancer(stack, 'Partners', loadBalancerProps());
  Aspects.of(stack).add({
    visit: (node) => {
      if ('tagsInput' in node) Object.assign(node, { tags: { ...(node.tagsInput as object), stage: 'prod' } });
    },
  });

  const [{ tags }] = rules(JSON.parse(Testing.synth(stack)));

  expect(tags).toMatch(/^\$\{merge\(\{"Name":"prod\/Orders","stage":"prod"\}, \{for name, value in /);
});

describe('allowlist.ruleTags: false', () => {
  const allow = [
    AllowedSource.cidr('8.8.8.8', { description: 'Looker', ...SAID }),
    AllowedSource.prefixList('pl-0a', { maxEntries: 2, ...SAID }),
    AllowedSource.securityGroup('sg-0a', SAID),
    AllowedSource.cidr(TOKEN, SAID),
    AllowedSource.cidrs(Token.asList(ref('var.offices')), SAID),
  ];
  const silent = [
    AllowedSource.cidr('8.8.8.8', { description: 'Looker' }),
    AllowedSource.prefixList('pl-0a', { maxEntries: 2 }),
    AllowedSource.securityGroup('sg-0a'),
    AllowedSource.cidr(TOKEN),
    AllowedSource.cidrs(Token.asList(ref('var.offices'))),
  ];
  const without = { allowlist: { ruleTags: false } };

  test('writes rules as if nothing were said about the entries', () => {
    expect(of(allow, without)).toEqual(of(silent));
    expect(of(allow, { allowlist: { ruleTags: true } })).toEqual(of(allow));
    expect(of(allow)).not.toEqual(of(silent));
  });

  test('keeps what is said in the exposure, and what must be said', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ allow: allow.slice(0, 1), ...without }));

    expect(endpoint.exposure.sources).toEqual([expect.objectContaining(SAID)]);
    expect(() =>
      of([AllowedSource.cidr('9.9.9.9')], { allowlist: { ruleTags: false, require: { owner: true } } }),
    ).toThrow(/OwnerRequired/);
  });

  test('must be known at synthesis', () => {
    const token = Token.asAny(ref('var.tagged')) as unknown as boolean;

    expect(() => of(allow, { allowlist: { ruleTags: token } })).toThrow(/allowlist\.ruleTags .*PropertyKnownTooLate/);
    expect(() => of(allow, { allowlist: { ruleTags: 'no' as unknown as boolean } })).toThrow(/PropertyTypeInvalid/);
  });

  test('holds for an endpoint, or for all that share a load balancer', () => {
    const member = (port: number, ruleTags?: boolean) => endpointProps({ port, allow, allowlist: { ruleTags } });
    const tagsIn = (fleet: Fleet, ruleTags?: boolean) =>
      JSON.stringify(
        rules(synthesizeFleet(fleet, loadBalancerProps({ securityGroupCount: 1, allowlist: { ruleTags } }))),
      );

    const some = tagsIn({ Orders: member(5432), Archive: member(5433, false) });
    expect(some).toContain(
      '"5432 8.8.8.8/32":{"description":"Looker","expires":"2099-12-31","owner":"data-team","ticket":"SEC-1"}',
    );
    expect(some).toContain('"5433 8.8.8.8/32":{"description":"Looker"}');
    for (const ruleTags of [undefined, true, false]) {
      expect(tagsIn({ Orders: member(5432, ruleTags), Archive: member(5433) }, false)).not.toContain(
        'database-endpoint:',
      );
    }
  });

  test('holds for a consumer of PrivateLink', () => {
    const tags = (ruleTags: boolean) => {
      const stack = new TerraformStack(Testing.app(), 'prod');
      consumer(stack, { allow: [AllowedSource.cidr('10.0.0.7/32', SAID)], allowlist: { ruleTags } });
      return rules(JSON.parse(Testing.synth(stack))).map((rule) =>
        JSON.stringify(rule.tags).includes('database-endpoint:'),
      );
    };

    expect([tags(true), tags(false)]).toEqual([[true], [false]]);
  });
});

describe('the tags that tell of an entry count', () => {
  const one = [AllowedSource.cidr('8.8.8.8', SAID)];
  const mistakes = (props: object) => {
    try {
      of(one, props);
      return '';
    } catch (error) {
      return String(error);
    }
  };

  test('towards the 50 that AWS accepts, each of them', () => {
    expect(mistakes({ tags: numberedTags(46) })).toBe('');
    expect(mistakes({ tags: numberedTags(47) })).toContain(
      'tags makes 51 tags with Name and those that tell of an entry (database-endpoint:owner, database-endpoint:ticket, database-endpoint:expires), and AWS takes 50 for its rule.',
    );
    // One of them is there already.
    expect(mistakes({ tags: { ...numberedTags(46), 'database-endpoint:owner': 'us' } })).toBe('');
    expect(mistakes({ tags: numberedTags(49), allowlist: { ruleTags: false } })).toBe('');
  });

  test('for each rule by itself, or for those that are merged', () => {
    const halves = [
      AllowedSource.cidr('52.20.30.0/25', { owner: 'sales', ticket: 'SEC-2' }),
      AllowedSource.cidr('52.20.30.128/25', { expires: '2099-12-31' }),
    ];
    // What ends on its day is not merged with what does not.
    const tags = numberedTags(47);
    const expiry = ExpiryEnforcement.atApply();

    expect(() => of(halves, { tags, expiry })).not.toThrow();
    expect(() => of(halves, { tags, allowlist: { aggregate: true } })).not.toThrow();
    expect(() => of(halves, { tags, expiry, allowlist: { aggregate: true } })).toThrow(/51 tags/);
  });

  test.each([
    ['a value known after apply', AllowedSource.cidr(TOKEN, SAID)],
    ['a list of them', AllowedSource.cidrs(Token.asList(ref('var.offices')), SAID)],
  ])('of %s', (_, source) => {
    expect(() => of([source], { tags: numberedTags(47) })).toThrow(/51 tags/);
  });

  test('of an integration', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ tags: numberedTags(47) }));

    expect(() => endpoint.addIntegration('Looker', { allow: one })).toThrow(/51 tags/);
  });

  test('in the groups of a load balancer that endpoints share', () => {
    const fleet = (port: number, more: object) => ({ [`On${port}`]: endpointProps({ port, ...more }) });
    const shared = (endpoints: Fleet, more: object = {}) =>
      synthesizeFleet(endpoints, loadBalancerProps({ securityGroupCount: 1, tags: numberedTags(47), ...more }));
    const [owned, dated] = [
      { allow: [AllowedSource.cidr('8.8.8.8', { owner: 'sales', ticket: 'SEC-2' })] },
      { allow: [AllowedSource.cidr('8.8.8.8', { expires: '2099-12-31' })] },
    ];

    expect(() => shared(fleet(5432, { allow: one }))).toThrow(/tags of prod\/Partners makes 51 tags/);
    expect(() => shared(fleet(5432, { allow: one }), { allowlist: { ruleTags: false } })).not.toThrow();
    // The rules are the load balancer's.
    expect(() => shared(fleet(5432, { ...owned, tags: numberedTags(49) }))).not.toThrow();
    expect(() => shared({ ...fleet(5432, owned), ...fleet(5433, dated) })).not.toThrow();
    expect(() => shared({ ...fleet(5432, owned), ...fleet(5433, dated) }, { mergePorts: true })).toThrow(/51 tags/);
  });
});
