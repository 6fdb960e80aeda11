import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, InvalidArgumentError } from 'commander';
import { MEASUREMENTS } from './measurements';
import { type KitOptions, runKit } from './run-kit';

const program = new Command('npm run test:aws --')
  .description(
    'Deploys two small endpoints and two small servers into a VPC of their own in a real AWS account, measures what no emulator can tell, writes a table, and destroys everything.',
  )
  .requiredOption('--region <region>', 'where, with zones a, b and c')
  .requiredOption('--client <cidr>', 'your public address as the endpoint will see it, such as 198.51.100.7/32')
  .option('--only <names>', `some of ${MEASUREMENTS.map(({ name }) => name).join(', ')}`, names)
  .option('--slow', 'also measures idle limits, a quarter of an hour more', false)
  .option('--patience <seconds>', 'how long to wait for something that does not happen', seconds, 600)
  .option('--folder <folder>', 'where synthesized stack, state and table are kept', join(__dirname, 'results'))
  .option('--yes', 'does not ask before it costs something', false)
  .action(async (options: KitOptions & { readonly yes: boolean }) => {
    process.stdout.write(`${costs(options)}\n`);
    if (!options.yes && !(await agreed())) return;
    mkdirSync(options.folder, { recursive: true });
    process.exitCode = await runKit(options);
  });
program.parseAsync();

/**
 * What a run costs, by the list prices of us-east-1 in November 2026; other Regions cost up to half more.
 * https://aws.amazon.com/elasticloadbalancing/pricing/ https://aws.amazon.com/ec2/pricing/on-demand/
 * https://aws.amazon.com/vpc/pricing/
 */
function costs(options: KitOptions): string {
  const loadBalancers = 2 * 0.0225;
  const servers = 2 * 0.0042;
  const publicAddresses = 4 * 0.005;
  const hourly = loadBalancers + servers + publicAddresses;
  const minutes = 10 + chosen(options).reduce((sum, each) => sum + each.minutes, 0);
  return [
    `This creates 2 network load balancers with 4 public addresses and 2 t4g.nano instances in ${options.region}.`,
    `They cost about ${hourly.toFixed(2)} USD an hour; the run takes about ${minutes} minutes.`,
    `Everything is tagged database-endpoint-kit and destroyed at the end, also after Ctrl-C.`,
  ].join('\n');
}

function chosen({ only, slow }: KitOptions) {
  return MEASUREMENTS.filter((each) => only?.includes(each.name) ?? (slow || !each.slow));
}

async function agreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Go on? (yes) ');
  terminal.close();
  return answer.trim() === 'yes';
}

function names(text: string): readonly string[] {
  const known = MEASUREMENTS.map(({ name }) => name);
  return text.split(',').map((name) => {
    if (!known.includes(name)) throw new InvalidArgumentError(`Write some of ${known.join(', ')}.`);
    return name;
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number of seconds.');
  return value;
}
