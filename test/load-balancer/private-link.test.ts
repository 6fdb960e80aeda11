import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AllowedSource, EndpointLoadBalancer, PrivateLinkAccess } from '../../lib';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { expression } from '../support/expression';
import { ACCOUNT, privateEndpoint, type Sharing, shareLoadBalancer, validShare } from '../support/private-link';
import { refusalOf } from '../support/shared-load-balancer';
import { addresses, onlyResource, resources, synthesize, synthesizeApp, warningsOf } from '../support/synthesis';
import { ACCEPTED, PRIVATE_LINK_REFUSALS, PRIVATE_LINK_WARNED, UNWARNED } from './private-link.refusals';

const shared = (sharing: Sharing = {}) => synthesize((stack) => void shareLoadBalancer(stack, sharing));
const service = (sharing: Sharing = {}) => onlyResource(shared(sharing), 'aws_vpc_endpoint_service');
const flag = (tf: ReturnType<typeof shared>) =>
  onlyResource(tf, 'aws_lb').enforce_security_group_inbound_rules_on_private_link_traffic;

describe.each(PRIVATE_LINK_REFUSALS.map((row) => [row.rule, row.where, row] as const))(
  '%s is found where %s',
  (rule, _, { sharing, problems }) => {
    const error = refusalOf((stack) => shareLoadBalancer(stack, sharing));

    test('and nothing else is', () => {
      expect(error?.problems.map((problem) => ({ value: undefined, ...problem }))).toEqual(
        problems.map((problem) => ({
          ...{ rule, value: undefined },
          ...problem,
          reason: expect.stringMatching(problem.reason),
          remedy: expect.stringMatching(problem.remedy),
        })),
      );
    });

    test('and said in full sentences', () => {
      for (const sentence of error?.problems.map(describeProblem) ?? ['']) {
        expect(sentence).toMatch(new RegExp(`^\\w.*\\. [A-Z].*[.)*] \\[${rule}\\]$`, 's'));
      }
    });
  },
);

test.each(ACCEPTED)('nothing is refused where %s', (_, sharing) => {
  expect(refusalOf((stack) => shareLoadBalancer(stack, sharing))?.problems).toBeUndefined();
});

const warningsAbout = (sharing: Sharing) =>
  warningsOf(shareLoadBalancer(new TerraformStack(Testing.app(), 'prod'), sharing));

describe.each(PRIVATE_LINK_WARNED.map((row) => [row.rule, row.where, row] as const))(
  '%s is warned of where %s',
  (rule, _, { sharing, problems: [{ property, reason, remedy }] }) => {
    test('once', () => {
      expect(warningsAbout(sharing)).toEqual([expect.stringMatching(new RegExp(`\\[${rule}\\]$`))]);
      expect(warningsAbout(sharing)[0]).toMatch(reason);
      expect(warningsAbout(sharing)[0]).toMatch(remedy);
      expect(warningsAbout(sharing)[0].startsWith(property)).toBe(true);
    });

    test('until it is acknowledged', () => {
      expect(warningsAbout({ ...sharing, share: { ...sharing.share, acknowledge: [rule] } })).toEqual([]);
    });
  },
);

test.each(UNWARNED)('nothing is warned of where %s', (_, sharing) => {
  expect(warningsAbout(sharing)).toEqual([]);
});

describe('the endpoint service', () => {
  test('shares the load balancer, with acceptance and everything that the provider would keep written out', () => {
    const tf = shared();
    const { lifecycle, ...rest } = onlyResource(tf, 'aws_vpc_endpoint_service');

    expect(rest).toEqual({
      acceptance_required: true,
      allowed_principals: [ACCOUNT],
      network_load_balancer_arns: [`\${${addresses(tf, 'aws_lb')[0]}.arn}`],
      supported_ip_address_types: ['ipv4'],
      tags: { Name: 'prod/Partners/PrivateLink' },
    });
  });

  test('writes that nobody is a principal, since whoever is left out would stay one', () => {
    expect(service({ share: { principals: [] } }).allowed_principals).toEqual([]);
  });

  test('does not depend on the order in which principals are written', () => {
    const roles = ['a', 'b', 'c'].map((name) => `arn:aws:iam::123456789012:role/${name}`);
    const token = expression('var.other');

    expect(service({ share: { principals: [roles[2], token, roles[0], roles[1]] } })).toEqual(
      service({ share: { principals: [...roles, token] } }),
    );
    expect(service({ share: { principals: [roles[2], token, roles[0], roles[1]] } }).allowed_principals).toEqual([
      ...roles,
      '${var.other}',
    ]);
  });

  test('takes a whole list of principals that is known after apply', () => {
    const tf = synthesize((stack) => {
      const { listValue: principals } = new TerraformVariable(stack, 'principals', { type: 'list(string)' });
      shareLoadBalancer(stack, { share: { principals } });
    });

    expect(onlyResource(tf, 'aws_vpc_endpoint_service').allowed_principals).toBe('${var.principals}');
  });

  test('serves consumers over IPv6 where the load balancer is dual-stack', () => {
    expect(service({ on: { dualStack: true } }).supported_ip_address_types).toEqual(['ipv4', 'ipv6']);
  });

  test.each([
    [['us-east-1', 'eu-west-1'], '["eu-west-1","us-east-1"]'],
    [[], '[]'],
  ])('has its own Region beside %j', (supportedRegions, others) => {
    const tf = shared({ share: { supportedRegions } });
    const [region] = Object.keys(tf.data?.aws_region ?? {});

    expect(onlyResource(tf, 'aws_vpc_endpoint_service').supported_regions).toBe(
      `\${sort(distinct(concat(${others}, [data.aws_region.${region}.id])))}`,
    );
  });

  test('has the tags that were asked for beside its name', () => {
    expect(service({ share: { tags: { team: 'data' } } }).tags).toEqual({
      Name: 'prod/Partners/PrivateLink',
      team: 'data',
    });
  });

  test('uses the provider of the load balancer, and that of the zone for its record', () => {
    const tf = synthesize((stack) => {
      const provider = new AwsProvider(stack, 'Frankfurt', { alias: 'frankfurt' });
      const zoneProvider = new AwsProvider(stack, 'Dns', { alias: 'dns' });
      const share = { privateDnsName: 'db.example.com', zoneId: 'Z1', zoneName: 'example.com', zoneProvider };
      shareLoadBalancer(stack, { on: { provider }, share });
    });

    expect(onlyResource(tf, 'aws_vpc_endpoint_service').provider).toBe('aws.frankfurt');
    expect(Object.values(tf.data?.aws_region ?? {})).toEqual([{ provider: 'aws.frankfurt' }]);
    expect(onlyResource(tf, 'aws_vpc_endpoint_service_private_dns_verification').provider).toBe('aws.frankfurt');
    expect(onlyResource(tf, 'aws_route53_record').provider).toBe('aws.dns');
  });
});

describe('inbound rules hold for traffic that comes by PrivateLink', () => {
  test.each([
    ['where the allowlist decides', PrivateLinkAccess.allowlist(), 'on'],
    ['and not where the principals do', PrivateLinkAccess.principals(), 'off'],
  ])('%s', (_, access, expected) => {
    expect(flag(shared({ share: { access } }))).toBe(expected);
  });

  test('as before on a load balancer that is not shared', () => {
    const tf = synthesize((stack) => {
      new EndpointLoadBalancer(stack, 'Partners', { vpcId: 'vpc-0a', subnetIds: ['subnet-0a', 'subnet-0b'] });
    });

    expect(flag(tf)).toBe('on');
    expect(tf.data).toBeUndefined();
  });

  test('and the load balancer is otherwise the same where it is shared', () => {
    const own = synthesize((stack) => {
      const props = { vpcId: 'vpc-0a', subnetIds: ['subnet-0a', 'subnet-0b'], internetFacing: false };
      new EndpointLoadBalancer(stack, 'Partners', props);
    });

    expect(onlyResource(shared(), 'aws_lb')).toEqual(onlyResource(own, 'aws_lb'));
  });
});

describe('a private DNS name', () => {
  const NAMED: Sharing = { share: { privateDnsName: 'DB.example.com', zoneId: 'Z1', zoneName: 'example.com' } };

  test('is verified by a record below it, before the verification', () => {
    const tf = shared(NAMED);
    const record = onlyResource(tf, 'aws_route53_record');
    const [name] = addresses(tf, 'aws_vpc_endpoint_service');
    const [current] = addresses(tf, 'terraform_data');

    const configured = (attribute: string) =>
      `\${${current}.output.name == "db.example.com" ? try(${name}.private_dns_name_configuration[0].${attribute}, "") : ""}`;
    expect(onlyResource(tf, 'aws_vpc_endpoint_service').private_dns_name).toBe('db.example.com');
    expect(record).toEqual({
      ...{ zone_id: 'Z1', type: 'TXT', ttl: 1800 },
      name: `${configured('name')}.db.example.com`,
      records: [configured('value')],
    });
    expect(onlyResource(tf, 'aws_vpc_endpoint_service_private_dns_verification')).toEqual({
      service_id: `\${${name}.id}`,
      wait_for_verification: true,
      depends_on: addresses(tf, 'aws_route53_record'),
      lifecycle: { replace_triggered_by: [current] },
    });
  });

  test('that is a token is compared with its zone by Terraform', () => {
    const tf = shared({ share: { privateDnsName: expression('var.name'), zoneName: 'example.com', zoneId: 'Z1' } });

    expect(onlyResource(tf, 'aws_route53_record').lifecycle).toMatchObject({
      precondition: [{ error_message: expect.stringContaining('[PrivateDnsNameOutsideZone]') }],
    });
  });

  test('that AWS keeps is refused where none is written, and so are Regions', () => {
    const messages = (sharing: Sharing) => {
      const { postcondition = [] } = (service(sharing).lifecycle ?? {}) as {
        postcondition?: { error_message: string }[];
      };
      return postcondition.map((condition) => /\[(\w+)\]$/.exec(condition.error_message)?.[1]);
    };

    expect(messages({})).toEqual(['PrivateDnsNameKept', 'PrivateLinkRegionsKept']);
    expect(messages({ share: { supportedRegions: [] } })).toEqual(['PrivateDnsNameKept']);
    expect(messages(NAMED)).toEqual(['PrivateLinkRegionsKept']);
    expect(messages({ share: { ...NAMED.share, supportedRegions: ['us-east-1'] } })).toEqual([]);
  });
});

describe('a consumer is told', () => {
  test('name, Region, zones and what listens where, also of endpoints that come later', () => {
    const tf = synthesize((stack) => {
      const [domain, endpoints] = [{ name: 'orders.example.com' }, [{}]];
      const later = [{ domain }];
      const link = shareLoadBalancer(stack, { endpoints });
      link.addOutputs({ prefix: 'link' });
      const loadBalancer = stack.node.findChild('Partners') as EndpointLoadBalancer;
      for (const props of later) loadBalancer.addEndpoint('Later', privateEndpoint({ port: 6432, ...props }));
    });
    const [name] = addresses(tf, 'aws_vpc_endpoint_service');
    const values = Object.fromEntries(Object.entries(tf.output ?? {}).map(([id, { value }]) => [id, value]));

    expect(values).toEqual({
      link_service_name: `\${${name}.service_name}`,
      link_service_region: expect.stringMatching(/^\$\{data\.aws_region\.\w+\.id\}$/),
      link_availability_zones: `\${${name}.availability_zones}`,
      link_endpoints: [
        { port: 5432, engine: 'postgresql' },
        { port: 6432, engine: 'postgresql', hostname: 'orders.example.com' },
      ],
    });
  });

  test('the private DNS name, under names that derive from the path', () => {
    const tf = synthesize((stack) => {
      const share = { privateDnsName: 'db.example.com', zoneId: 'Z1', zoneName: 'example.com' };
      shareLoadBalancer(stack, { share }).addOutputs();
    });

    expect(tf.output?.Partners_PrivateLink_private_dns_name.value).toBe('db.example.com');
  });

  test('once', () => {
    const error = refusalOf((stack) => {
      const link = shareLoadBalancer(stack);
      link.addOutputs();
      link.addOutputs();
    });

    expect(error?.problems.map(({ rule }) => rule)).toEqual(['OutputsAddedTwice']);
  });

  test('in another stack of the app by references', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'private-link-')) });
    const [provider, other] = ['provider', 'other'].map((name) => new TerraformStack(app, name));
    for (const stack of [provider, other]) new AwsProvider(stack, 'aws', {});
    const { serviceName, region, availabilityZones } = shareLoadBalancer(provider);
    for (const [id, value] of Object.entries({ serviceName, region, availabilityZones })) {
      new TerraformOutput(other, id, { value });
    }
    app.synth();

    const { output } = JSON.parse(readFileSync(join(app.outdir, 'stacks/other/cdk.tf.json'), 'utf8'));
    for (const id of ['serviceName', 'region', 'availabilityZones']) {
      expect(output[id].value).toContain('data.terraform_remote_state');
    }
  });
});

describe('the exposure', () => {
  const exposureOf = (sharing: Sharing) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const link = shareLoadBalancer(stack, sharing);
    const loadBalancer = link.node.scope as EndpointLoadBalancer;
    return loadBalancer.addEndpoint('Last', privateEndpoint({ port: 7432 })).exposure;
  };

  test.each([
    [PrivateLinkAccess.allowlist(), true],
    [PrivateLinkAccess.principals(), false],
  ])('says who comes over PrivateLink and whether the allowlist holds for them', (access, allowlistApplies) => {
    expect(exposureOf({ share: { access } }).privateLink).toEqual({
      principals: [ACCOUNT],
      acceptanceRequired: true,
      allowlistApplies,
      supportedRegions: undefined,
    });
  });

  test('of endpoints that were there before it was shared says it too, and no other one does', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const props = { vpcId: 'vpc-0a', subnetIds: ['subnet-0a', 'subnet-0b'], internetFacing: false };
    const loadBalancer = new EndpointLoadBalancer(stack, 'Partners', props);
    const endpoint = loadBalancer.addEndpoint('Orders', privateEndpoint({ idleTimeoutSeconds: 350 }));
    expect('privateLink' in endpoint.exposure).toBe(false);

    loadBalancer.shareOverPrivateLink(validShare({ supportedRegions: ['us-west-2', 'us-east-1'] }));

    expect(endpoint.exposure.privateLink?.supportedRegions).toEqual(['us-east-1', 'us-west-2']);
  });
});

test('a load balancer is shared the same way without a compiler', () => {
  const plain = JSON.parse(JSON.stringify({ principals: [ACCOUNT], acceptanceRequired: false }));

  expect(service({ share: plain }).acceptance_required).toBe(false);
  expect(refusalOf((stack) => shareLoadBalancer(stack, { share: { ...plain, access: 'on' } }))?.problems).toEqual([
    expect.objectContaining({ rule: 'PropertyTypeInvalid', property: 'shareOverPrivateLink().access', value: 'on' }),
  ]);
});

test('stacks do not know of each other', () => {
  const stacks = synthesizeApp({
    'stack-a': (stack) => void shareLoadBalancer(stack, { endpoints: [{ allow: [AllowedSource.cidr('10.0.0.0/8')] }] }),
    'stack-b': (stack) => void shareLoadBalancer(stack, { endpoints: [{ allow: [AllowedSource.cidr('10.0.0.0/8')] }] }),
  });

  expect(stacks['stack-a'].replaceAll('stack-a', 'x')).toBe(stacks['stack-b'].replaceAll('stack-b', 'x'));
  expect(resources(JSON.parse(stacks['stack-b']), 'aws_vpc_endpoint_service')).toHaveLength(1);
});
