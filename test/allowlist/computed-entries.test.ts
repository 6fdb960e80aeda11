import { Eip } from '@cdktf/provider-aws/lib/eip';
import { Fn, type TerraformStack, TerraformVariable } from 'cdktf';
import { AllowedSource, type DatabaseEndpointProps, EndpointError } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { ingressRules } from '../support/ingress';
import { addresses, type Block, onlyResource, resources, type TerraformJson } from '../support/synthesis';

type Allow = (stack: TerraformStack) => AllowedSource[];

function allowing(allow: Allow, overrides: Partial<DatabaseEndpointProps> = {}): TerraformJson {
  return synthesizeEndpoint((stack) => validProps({ allow: allow(stack), ...overrides }));
}

function list(stack: TerraformStack, name: string): string[] {
  return new TerraformVariable(stack, name, { type: 'list(string)' }).listValue;
}

function text(stack: TerraformStack, name: string): string {
  return new TerraformVariable(stack, name, { type: 'string' }).stringValue;
}

const ONE: Allow = (stack) => [AllowedSource.cidr(text(stack, 'office'), { description: 'Office' })];
const LIST: Allow = (stack) => [AllowedSource.cidrs(list(stack, 'offices'), { description: 'Offices' })];

function preconditions(block: Block): { condition: string; error_message: string }[] {
  return (block.lifecycle as { precondition?: { condition: string; error_message: string }[] })?.precondition ?? [];
}

/** The rule that a message of a precondition names. */
function ruleNames(block: Block): string[] {
  return preconditions(block).map(({ error_message }) => /\[(\w+)\]$/.exec(error_message)?.[1] ?? '');
}

test('a block that is known after apply is a rule keyed by its expression', () => {
  const tf = allowing((stack) => [
    AllowedSource.cidr(`${new Eip(stack, 'nat', {}).publicIp}/32`, { description: 'NAT gateway' }),
  ]);

  const { for_each } = onlyResource(tf, 'aws_vpc_security_group_ingress_rule');
  expect(for_each).toEqual({
    'aws_eip.nat.public_ip/32': {
      cidr: expect.stringContaining('"${aws_eip.nat.public_ip}/32"'),
      description: 'NAT gateway',
    },
  });
});

test('a list that is known after apply is a rule for each of its blocks, keyed by the block', () => {
  const { for_each } = onlyResource(allowing(LIST), 'aws_vpc_security_group_ingress_rule');

  expect(for_each).toMatch(
    /^\$\{\{for c in toset\(\[for c in var\.offices : .*\]\) : c => \{cidr = c, description = "Offices"\}\}\}$/,
  );
});

test('several lists make one map', () => {
  const tf = allowing((stack) => ['offices', 'partners'].map((name) => AllowedSource.cidrs(list(stack, name))));

  expect(onlyResource(tf, 'aws_vpc_security_group_ingress_rule').for_each).toMatch(
    /^\$\{merge\(\{.*toset\(\[for c in var\.offices : .*\}, \{.*toset\(\[for c in var\.partners : .*\}\)\}$/,
  );
});

test('a list with tokens in it is a rule for each, whether known or not', () => {
  const tf = allowing((stack) => [AllowedSource.cidrs(['52.20.30.40/32', text(stack, 'office')])]);

  expect(
    ingressRules(tf)
      .flatMap(({ for_each }) => Object.keys(for_each as object))
      .sort(),
  ).toEqual(['52.20.30.40/32', 'var.office']);
});

test.each([
  ['one block', ONE],
  ['a list', LIST],
])('%s that is known after apply may be of either family, and is one source', (_, allow) => {
  const rule = onlyResource(allowing(allow), 'aws_vpc_security_group_ingress_rule');

  expect(rule).toMatchObject({
    cidr_ipv4: '${can(regex(":", each.value.cidr)) ? null : each.value.cidr}',
    cidr_ipv6: '${can(regex(":", each.value.cidr)) ? each.value.cidr : null}',
    description: '${each.value.description}',
    from_port: 5432,
    to_port: 5432,
    ip_protocol: 'tcp',
  });
});

test('what is known after apply has a group of its own, as it may repeat a known block', () => {
  const tf = allowing((stack) => [AllowedSource.cidr('52.20.30.40/32'), ...ONE(stack)]);

  const groups = addresses(tf, 'aws_security_group').map((group) => `\${${group}.id}`);
  expect(onlyResource(tf, 'aws_lb').security_groups).toHaveLength(2);
  expect([...(onlyResource(tf, 'aws_lb').security_groups as string[])].sort()).toEqual([...groups].sort());
  expect(new Set(ingressRules(tf).map((rule) => rule.security_group_id)).size).toBe(2);
});

test('the database admits the group that always exists, whatever becomes of the other', () => {
  const tf = allowing((stack) => [AllowedSource.cidr('52.20.30.40/32'), ...ONE(stack)]);

  const [first] = onlyResource(tf, 'aws_lb').security_groups as string[];
  expect(onlyResource(tf, 'aws_vpc_security_group_egress_rule').security_group_id).toBe(first);
});

describe('Terraform checks values known after apply:', () => {
  const rule = (allow: Allow, overrides: Partial<DatabaseEndpointProps> = {}) =>
    onlyResource(allowing(allow, overrides), 'aws_vpc_security_group_ingress_rule');
  const groupChecks = (allow: Allow) => resources(allowing(allow), 'aws_security_group').flatMap(ruleNames);

  test.each([
    ['a token for one block', ONE],
    ['a list', LIST],
  ])('that %s holds canonical blocks, with what to write instead', (_, allow) => {
    expect(preconditions(rule(allow))).toContainEqual({
      condition: '${try(cidrsubnet(each.value.cidr, 0, 0) == each.value.cidr, false)}',
      error_message: expect.stringMatching(
        /^prod\/Orders: allow: \$\{each\.value\.cidr\} is not .*host bits.* \[ComputedCidrInvalid\]$/,
      ),
    });
  });

  test('that an IPv4 endpoint gets no IPv6 block, which no client could use', () => {
    expect(ruleNames(rule(ONE))).toContain('Ipv6NeedsDualStack');
    expect(ruleNames(rule(ONE, { dualStack: true }))).not.toContain('Ipv6NeedsDualStack');
  });

  test('that the blocks together do not open the endpoint to the internet', () => {
    const checks = resources(allowing(LIST), 'aws_security_group').flatMap(preconditions);

    const wide = checks.filter(({ error_message }) => error_message.endsWith('[AllowlistTooBroad]'));
    expect(wide).toHaveLength(2);
    for (const { condition, error_message } of wide) {
      expect(condition).toContain('var.offices');
      expect(error_message).toMatch(/^prod\/Orders: allow .* AllowedSource\.anywhere\(\{ reason \}\)/);
    }
  });

  test('not how much of the internet is admitted where all of it is on purpose', () => {
    const anywhere = AllowedSource.anywhere({ reason: 'Roaming clients' });

    expect(groupChecks((stack) => [anywhere, ...LIST(stack)])).not.toContain('AllowlistTooBroad');
  });

  test('that an allowlist of only lists is not empty', () => {
    expect(groupChecks(LIST)).toContain('AllowlistEmpty');
  });

  test.each<[string, Allow]>([
    ['a known block', () => [AllowedSource.cidr('52.20.30.40/32')]],
    ['a token for one block', ONE],
    ['a prefix list', () => [AllowedSource.prefixList('pl-0a')]],
    ['a security group', () => [AllowedSource.securityGroup('sg-0a')]],
  ])('not that it is empty where %s is there already', (_, other) => {
    expect(groupChecks((stack) => [...other(stack), ...LIST(stack)])).not.toContain('AllowlistEmpty');
  });

  test('nothing where everything is known', () => {
    expect(groupChecks(() => [AllowedSource.cidr('52.20.30.40/32')])).toEqual([]);
  });
});

// CDKTF makes a new token each time an attribute is read, so that only the resolved expressions are the same.
describe.each<[string, (id: string, description: string) => AllowedSource]>([
  ['block', (id, description) => AllowedSource.cidr(id, { description })],
  ['prefix list', (id, description) => AllowedSource.prefixList(id, { description })],
  ['security group', (id, description) => AllowedSource.securityGroup(id, { description })],
])('a %s whose expression is written twice', (_, source) => {
  const twice = () =>
    allowing((stack) => {
      const eip = new Eip(stack, 'nat', {});
      return ['Office', 'Partner'].map((description) => source(eip.publicIp, description));
    });

  test('is refused when the stack is written, as one of the two would be lost', () => {
    expect(twice).toThrow(EndpointError);
    expect(twice).toThrow(
      /prod\/Orders: allow\[1\] 'aws_eip\.nat\.public_ip' repeats allow\[0\]\. .* \[SourceDuplicate\]/,
    );
  });
});

describe('expressions', () => {
  test('may be functions of others', () => {
    const tf = allowing((stack) => [AllowedSource.cidr(Fn.element(list(stack, 'offices'), 0))]);

    const { for_each } = onlyResource(tf, 'aws_vpc_security_group_ingress_rule');
    expect(Object.keys(for_each as object)).toEqual(['element(var.offices, 0)']);
  });

  test('may be written by hand', () => {
    const tf = allowing(() => [AllowedSource.cidr(`${expression('aws_eip.nat.public_ip')}/32`)]);

    const { for_each } = onlyResource(tf, 'aws_vpc_security_group_ingress_rule');
    expect(Object.keys(for_each as object)).toEqual(['aws_eip.nat.public_ip/32']);
  });

  test.each([
    ['a token', (owner: string) => owner, 'description = var.owner'],
    [
      'a token with text around it',
      (owner: string) => `Team ${owner}, Europe`,
      'description = "Team ${var.owner}, Europe"',
    ],
    ['a token with braces behind it', (owner: string) => `${owner} {Europe}`, 'description = "${var.owner} {Europe}"'],
    ['two tokens', (owner: string) => `${owner}${owner}`, 'description = "${var.owner}${var.owner}"'],
    [
      'a text with quotes in an expression',
      () => expression('lookup(var.owners, "eu")'),
      'description = lookup(var.owners, "eu")',
    ],
  ])('the description of a list may be %s', (_, description, written) => {
    const tf = allowing((stack) => [
      AllowedSource.cidrs(list(stack, 'offices'), { description: description(text(stack, 'owner')) }),
    ]);

    expect(onlyResource(tf, 'aws_vpc_security_group_ingress_rule').for_each).toContain(`{cidr = c, ${written}}`);
  });
});
