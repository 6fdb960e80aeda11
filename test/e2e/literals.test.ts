import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseEngine,
  DatabaseTarget,
  TlsHandshake,
} from 'cdktf-database-endpoint';
import * as fc from 'fast-check';
import { ORDINARY } from './fixtures/features';
import { describeWithTools, planAndApply, runOnMocks, synthesize, useLab } from './harness';

const RULE = 'aws_vpc_security_group_ingress_rule';
const MANY = { rulesPerSecurityGroup: 900, securityGroupsPerInterface: 1 };

// All that Terraform could evaluate, in any order.
const unit = fc.constantFrom(
  '$',
  '%',
  '{',
  '}',
  '${',
  '%{',
  '$${',
  '{}',
  'a',
  ' ',
  '#',
  '&',
  'var.owner',
  ' if true }',
);
const part = fc.string({ unit, maxLength: 8 });
/** What EC2 takes. */
const described = part.filter((text) => text.trim() !== '' && !text.includes('%'));
const SAMPLES = { seed: 13, numRuns: 250 };
const blockOf = (i: number) => `52.${Math.floor(i / 250)}.${i % 250}.0/24`;

describeWithTools(['terraform', 'provider'], 'a text that looks like a template', () => {
  const lab = useLab({ emulator: false });

  const applied = async (add: (stack: TerraformStack) => void, variables: Record<string, unknown> = {}) => {
    const { problems, resources } = await runOnMocks(
      lab().workspace(synthesize('Texts', add)),
      planAndApply(variables),
    );
    expect(problems).toEqual([]);
    return resources;
  };

  const endpoint = (stack: TerraformStack, props: Partial<DatabaseEndpointProps>, id = 'Orders') =>
    new DatabaseEndpoint(stack, id, { ...ORDINARY, ...props });

  it('is shown as it was written, and a token in it as its value', async () => {
    const texts = fc.sample(described, SAMPLES);
    const around = fc.sample(fc.tuple(part, part), SAMPLES);

    const resources = await applied(
      (stack) => {
        const owner = new TerraformVariable(stack, 'owner', { type: 'string' }).stringValue;
        const allow = [
          ...texts.map((description, i) => AllowedSource.cidr(blockOf(i), { description })),
          ...around.map(([before, behind], i) =>
            AllowedSource.cidr(blockOf(texts.length + i), { description: `${before}${owner}${behind}` }),
          ),
        ];
        endpoint(stack, { allow, quotas: MANY });
      },
      { owner: 'Ada $ %' },
    );

    const shown = Object.fromEntries(
      Object.entries(resources)
        .filter(([address]) => address.startsWith(RULE))
        .map(([, rule]) => [rule.cidr_ipv4, rule.description]),
    );
    const written = [...texts, ...around.map(([before, behind]) => `${before}Ada $ %${behind}`)];
    expect(shown).toEqual(Object.fromEntries(written.map((text, i) => [blockOf(i), text])));
  });

  it('is shown as it was written where Terraform computes the rule', async () => {
    const texts = fc.sample(described, { ...SAMPLES, numRuns: 40 });

    const resources = await applied(
      (stack) => {
        const list = (i: number) => new TerraformVariable(stack, `list${i}`, { type: 'list(string)' }).listValue;
        const one = new TerraformVariable(stack, 'one', { type: 'string' }).stringValue;
        endpoint(stack, {
          allow: [
            ...texts.map((description, i) => AllowedSource.cidrs(list(i), { description })),
            AllowedSource.cidr(one, { description: '${one}' }),
            AllowedSource.prefixList('pl-0a', { description: '${lower(one)}' }),
            AllowedSource.securityGroup('sg-0a', { description: '$${one}' }),
          ],
        });
      },
      { one: '53.0.0.0/24', ...Object.fromEntries(texts.map((_, i) => [`list${i}`, [blockOf(i)]])) },
    );

    const shown = Object.entries(resources).filter(([address]) => address.startsWith(RULE));
    expect(shown.map(([, { description }]) => description).sort()).toEqual(
      [...texts, '${one}', '${lower(one)}', '$${one}'].sort(),
    );
  });

  it('is text in the path of a construct: in what the function is told and in what Terraform says', async () => {
    const id = 'Or${terraform.workspace}%{ if x }"ders';
    const resources = await applied((stack) => {
      const target = DatabaseTarget.hostname('db.example.com', { cidrBlocks: ['10.0.0.0/16'] });
      endpoint(stack, { target }, id);
    });

    const [, invocation] =
      Object.entries(resources).find(([address]) => address.startsWith('aws_lambda_invocation')) ?? [];
    expect(JSON.parse(String(invocation?.input)).endpoints).toEqual([`Texts/${id}`]);

    const stack = synthesize('Texts', (stack) => {
      const subnetIds = new TerraformVariable(stack, 'subnets', { type: 'list(string)' }).listValue;
      endpoint(stack, { subnetIds }, id);
    });
    const { problems } = await runOnMocks(lab().workspace(stack), planAndApply({ subnets: [] }));
    expect(problems.join()).toContain(`Texts/${id}: subnetIds has too few subnets`);
  });

  it('is shown as it was written in outputs', async () => {
    const displayName = 'My ${terraform.workspace} %{ if x }';
    const stack = synthesize('Texts', (stack) => {
      const owner = new TerraformVariable(stack, 'owner', { type: 'string', default: 'Ada' }).stringValue;
      const engine = DatabaseEngine.custom({
        name: 'mydb',
        displayName,
        port: 9,
        urlScheme: 'my',
        urlParameters: { tls: '${verify}' },
        handshake: TlsHandshake.NEGOTIATED,
        warnings: ['Mind $${x}.'],
      });
      const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName: '${certificate}' });
      endpoint(stack, { engine, target, domain: { name: 'db.example.com' } }).addOutputs({
        prefix: 'out',
        user: `\${user ${owner}`,
        database: '%{d}',
      });
    });

    const workspace = lab().workspace(stack, { withoutAws: true });
    const { file } = await workspace.plan();
    const shown = JSON.parse((await (await workspace.ready()).run('show', '-json', file)).stdout);
    const { value } = shown.planned_values.outputs.out_client_guide;
    expect(value).toContain(`# Connecting to ${displayName}`);
    expect(value).toContain('Mind $${x}.');
    expect(value).toContain('${certificate}');
  });
});
