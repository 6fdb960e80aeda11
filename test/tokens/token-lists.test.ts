import { Fn, TerraformVariable } from 'cdktf';
import { AllowedSource, type DatabaseEndpointProps, DatabaseTarget } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { type Block, onlyResource } from '../support/synthesis';

// Some of CDKTF's functions return their lists as string tokens, and say that these are `any`.
const FUNCTIONS: readonly [string, (list: string[]) => string[]][] = [
  ['sort', (x) => Fn.sort(x)],
  ['distinct', (x) => Fn.distinct(x)],
  ['slice', (x) => Fn.slice(x, 0, 2)],
  ['concat', (x) => Fn.concat([x, ['x']])],
  ['flatten', (x) => Fn.flatten([x])],
];

const inGroup = { securityGroupId: 'sg-0d' };

/** A property that takes a list, and the attribute that the list turns up in. */
const PROPERTIES: readonly [string, (list: string[]) => Partial<DatabaseEndpointProps>, string, string][] = [
  ['subnetIds', (subnetIds) => ({ subnetIds }), 'aws_lb', 'subnets'],
  [
    'AllowedSource.cidrs',
    (blocks) => ({ allow: [AllowedSource.cidrs(blocks)] }),
    'aws_vpc_security_group_ingress_rule',
    'for_each',
  ],
  [
    'DatabaseTarget.ipAddresses',
    (addresses) => ({ target: DatabaseTarget.ipAddresses(addresses) }),
    'aws_lb_target_group_attachment',
    'for_each',
  ],
  [
    'DatabaseTarget.instances',
    (ids) => ({ target: DatabaseTarget.instances(ids, inGroup) }),
    'aws_lb_target_group_attachment',
    'for_each',
  ],
  [
    'cidrBlocks',
    (cidrBlocks) => ({ target: DatabaseTarget.selfRegistering({ cidrBlocks }) }),
    'aws_vpc_security_group_egress_rule',
    'for_each',
  ],
];

describe.each(PROPERTIES)('%s', (_, make, type, attribute) => {
  test.each(FUNCTIONS)('may be a list that the function %s makes', (name, apply) => {
    const block = withList(apply, make, type);

    expect(block[attribute]).toMatch(new RegExp(`\\b${name}\\(.*var\\.x\\b`));
    expect(JSON.stringify(block)).not.toMatch(/TfToken|deferred/);
  });
});

test.each(FUNCTIONS)('Terraform counts the subnets that the function %s makes', (name, apply) => {
  const { lifecycle } = withList(apply, (subnetIds) => ({ subnetIds }), 'aws_lb');

  expect(lifecycle).toMatchObject({
    precondition: [
      {
        condition: expect.stringMatching(new RegExp(`^\\$\\{length\\(${name}\\(.*var\\.x.*\\)\\) >= 2\\}$`)),
        error_message: expect.stringContaining('[SubnetsTooFew]'),
      },
    ],
  });
});

function withList(
  apply: (list: string[]) => string[],
  make: (list: string[]) => Partial<DatabaseEndpointProps>,
  type: string,
): Block {
  const tf = synthesizeEndpoint((stack) =>
    validProps(make(apply(new TerraformVariable(stack, 'x', { type: 'list(string)' }).listValue))),
  );
  return onlyResource(tf, type);
}
