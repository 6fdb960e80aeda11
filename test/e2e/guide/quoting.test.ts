import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { DatabaseEndpoint, DatabaseEngine, DatabaseTarget, EndpointCertificate, EndpointTls } from '../../../lib';
import { textFunctions } from '../../../lib/endpoint/text-functions';
import { expressionText } from '../../../lib/tokens/resolved-text';
import { authority, issue } from '../../cli/support/certificates';
import { LANGUAGES, VALUES } from '../../clients/quoting/quoted-values';
import { validProps } from '../../support/endpoint';
import { onlyResource, synthesize } from '../../support/synthesis';
import { describeWithTools, scratchFolder } from '../harness';
import { pipelineEnvironment } from '../harness/environment';
import { Terraform } from '../harness/terraform';

const TIMES = VALUES.map((_, i) => i);

/** What Terraform makes of the outputs of a stack without resources, for these values of its variables. */
async function outputsOf(
  build: (stack: TerraformStack) => void,
  variables: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const stack = new TerraformStack(Testing.app(), 'prod');
  build(stack);
  return applied(JSON.parse(Testing.synth(stack)), variables);
}

async function applied(configuration: object, variables: Readonly<Record<string, string>> = {}) {
  const folder = scratchFolder('quoting');
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration));
  const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
  const terraform = new Terraform(folder, { ...pipelineEnvironment({}), ...given });
  await terraform.run('init', '-no-color');
  await terraform.run('apply', '-auto-approve', '-no-color');
  const { stdout } = await terraform.run('output', '-json');
  return Object.fromEntries(
    Object.entries(JSON.parse(stdout) as Record<string, { value: string }>).map(([name, { value }]) => [name, value]),
  );
}

const variable = (stack: TerraformStack, name: string) =>
  new TerraformVariable(stack, name, { type: 'string' }).stringValue;
const output = (stack: TerraformStack, name: string, value: string) =>
  new TerraformOutput(stack, name, { value, staticId: true });

describeWithTools(['terraform'], 'what is known after apply', () => {
  test.each(Object.entries(LANGUAGES))('is read by %s as it is', async (_, { write, read }) => {
    const values = Object.fromEntries(TIMES.map((i) => [`v${i}`, VALUES[i]]));
    const outputs = await outputsOf((stack) => {
      const terraform = textFunctions(stack);
      for (const i of TIMES) {
        const token = variable(stack, `v${i}`);
        output(stack, `alone${i}`, write(token, terraform));
        // With text around it that is a literal, and means something by itself.
        output(stack, `within${i}`, write(`a'"\\$\${x}%{y}${token}$${token}<&%`, terraform));
      }
    }, values);

    const folder = scratchFolder('reading');
    const written = (name: string) => TIMES.map((i) => outputs[`${name}${i}`]);
    expect(read(written('alone'), folder)).toEqual(VALUES);
    expect(read(written('within'), folder)).toEqual(VALUES.map((value) => `a'"\\$\${x}%{y}${value}$${value}<&%`));
  });

  test('may be a number within a text', async () => {
    const outputs = await outputsOf(
      (stack) => {
        const port = new TerraformVariable(stack, 'port', { type: 'number' }).numberValue;
        output(stack, 'word', LANGUAGES['sh'].write(`${variable(stack, 'host')}:${port}`, textFunctions(stack)));
      },
      { port: '5432', host: 'db' },
    );

    expect(outputs['word']).toBe("'db:5432'");
  });

  test.each([
    ['user', "x'; touch PWNED; echo '"],
    ['database', '--ssl-mode=DISABLED'],
    ['database', '$(touch PWNED)'],
  ])('stands in every command of a guide as one word: the %s %j', async (property, value) => {
    const outputs = await outputsOf(
      (stack) => {
        const token = variable(stack, 'value');
        for (const engine of [DatabaseEngine.MYSQL, DatabaseEngine.MARIADB, DatabaseEngine.MONGODB]) {
          const tls = EndpointTls.passthrough();
          const props = validProps({ engine, tls, domain: { name: 'db.example.com' } });
          const endpoint = new DatabaseEndpoint(new TerraformStack(Testing.app(), 'x'), 'Orders', props);
          const [{ command }] = endpoint.clientGuide({ [property]: token }).clients;
          output(stack, engine.name, command);
        }
      },
      { value },
    );

    const option = property === 'user' ? '--user=' : '--database=';
    for (const engine of ['mysql', 'mariadb']) expect(wordsOf(outputs[engine])).toContain(`${option}${value}`);
    expect(wordsOf(outputs['mongodb']).slice(0, 1)).toEqual(['mongosh']);
  });

  test.each([
    ['user', 'a\nb'],
    ['user', 'a`b'],
    ['database', 'a\u202eb'],
    ['caFile', '-ca.pem'],
    ['address', "203.0.113.7'; touch PWNED"],
  ])('fails the plan where a guide refuses it as a literal: the %s %j', async (property, value) => {
    const applying = outputsOf(
      (stack) => {
        const target = DatabaseTarget.ipAddresses(['10.0.1.5'], {
          certificateName: 'orders.abc.eu-central-1.rds.amazonaws.com',
        });
        const props = validProps({ target, domain: { name: 'db.example.com' } });
        const endpoint = new DatabaseEndpoint(new TerraformStack(Testing.app(), 'x'), 'Orders', props);
        const guide = endpoint.clientGuide({ [property]: variable(stack, 'value') });
        output(stack, 'guide', guide.clients.map(({ command }) => command).join('\n'));
      },
      { value },
    );

    await expect(applying).rejects.toThrow(/Call to function "regex" failed/);
  });

  test('is a file at any path that holds the key of a certificate', async () => {
    const identity = issue({ commonName: 'db', names: ['db.example.com'], issuer: authority() });
    for (const name of ['a"b', 'a${path.module}b', 'a%{ if true }b', 'a\\b', 'a$', "a'b"]) {
      const folder = join(scratchFolder('key'), name);
      mkdirSync(folder);
      const [certificateFile, privateKeyFile] = ['c.pem', 'k.pem'].map((file) => join(folder, file));
      writeFileSync(certificateFile, identity.certificate);
      writeFileSync(privateKeyFile, identity.key);
      const tf = synthesize((stack) => {
        const certificate = EndpointCertificate.importedFiles({ certificateFile, privateKeyFile });
        const tls = EndpointTls.terminate({ certificate });
        new DatabaseEndpoint(stack, 'Orders', validProps({ engine: DatabaseEngine.REDIS, tls }));
      });
      const value = onlyResource(tf, 'aws_acm_certificate').private_key;

      expect(await applied({ output: { key: { value } } })).toEqual({ key: readFileSync(privateKeyFile, 'utf8') });
    }
  });
});

test('a name that AWS makes needs no function', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps());

  const [{ command }] = endpoint.clientGuide().clients;

  expect(expressionText(stack, command)).toMatch(/^psql 'postgresql:\/\/USER@aws_lb\.\w+\.dns_name:5432\/DATABASE\?/);
  expect(Token.isUnresolved(command)).toBe(true);
});

/** What a POSIX shell makes of a line that only has bare words and single quotes. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(')/g, (_all, quoted, escaped) => escaped ?? quoted));
}
