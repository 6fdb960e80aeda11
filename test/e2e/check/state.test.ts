import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackRequests } from '../../../cli/check/stack/stack-requests';
import { describeWithTools } from '../harness/describe-with-tools';
import { pipelineEnvironment } from '../harness/environment';
import { scratchFolder } from '../harness/scratch';
import { Terraform } from '../harness/terraform';

// A resource that Terraform brings along stands for the load balancer.
const STACK = {
  resource: { terraform_data: { lb: { input: 'orders.example.com' } } },
  output: {
    Orders_hostname: { value: '${terraform_data.lb.output}' },
    Orders_port: { value: 5433 },
    Secret_hostname: { value: '${terraform_data.lb.output}', sensitive: true },
  },
};

const CHECK = {
  engine: 'redis',
  handshake: 'immediate',
  port: 6379,
  certificateAuthority: { description: 'A public CA.', inSystemStore: true },
};

describeWithTools(['terraform'], 'what Terraform writes of a deployed stack', () => {
  let folder: string;
  let terraform: Terraform;

  beforeAll(async () => {
    folder = scratchFolder('state');
    mkdirSync(join(folder, 'prod'));
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(STACK));
    terraform = new Terraform(folder, pipelineEnvironment({}));
    await terraform.run('init');
    await terraform.run('apply', '-auto-approve');
  });

  const requestFrom = async (check: object, ...command: string[]) => {
    writeFileSync(
      join(folder, 'prod', 'exposure.json'),
      JSON.stringify({ version: 1, endpoints: [{ endpoint: 'prod/Orders', checks: [{ ...CHECK, ...check }] }] }),
    );
    const file = join(folder, 'answer.json');
    writeFileSync(file, (await terraform.run(...command)).stdout);
    const { requests } = stackRequests({
      from: folder,
      state: [`prod=${file}`],
      caFolder: folder,
      timeoutSeconds: 1,
      expect: 'open',
    });
    return requests.map(({ host, port }) => `${host}:${port}`)[0] ?? 'nothing to check';
  };

  test.each([[['show', '-json']], [['state', 'pull']]])(
    'is not looked through for attributes that hold no host: %j',
    async (command) => {
      expect(await requestFrom({ hostname: '${terraform_data.lb.id}' }, ...command)).toBe('nothing to check');
    },
  );

  test.each([[['show', '-json']], [['state', 'pull']], [['output', '-json']]])(
    'does not tell what is sensitive: %j',
    async (command) => {
      const check = { hostname: '${var.unknown}', hostnameOutput: 'Secret_hostname' };

      expect(await requestFrom(check, ...command)).toBe('nothing to check');
    },
  );

  test.each([[['show', '-json']], [['state', 'pull']], [['output', '-json']]])(
    'tells the outputs: %j',
    async (command) => {
      const check = { hostname: '${var.unknown}', hostnameOutput: 'Orders_hostname', port: '${var.port}' };

      expect(await requestFrom(check, ...command)).toBe('orders.example.com:5433');
    },
  );
});
