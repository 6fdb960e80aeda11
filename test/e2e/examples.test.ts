import { differencesButSchedules } from './fixtures/differences';
import { install, type Packages, ProgramProject, type Stacks } from './fixtures/program-project';
import { documentedPrograms, EVERY_FEATURE } from './fixtures/programs';
import { describeWithTools, useLab } from './harness';

const programs = documentedPrograms();
const compared = [...programs, EVERY_FEATURE];

/** The packages whose output must be the same, and all that may differ. */
const OTHER_PACKAGES: readonly { title: string; packages: Packages; allowed: readonly RegExp[] }[] = [
  {
    title: 'the newest @cdktf/provider-aws',
    packages: { cdktf: '0.21.0', constructs: '10.4.2', '@cdktf/provider-aws': '21.x' },
    allowed: [/^terraform\.required_providers\.aws\.version: "5\.100\.0" -> "6\.\d+\.\d+"$/],
  },
  {
    title: 'CDK Terrain',
    packages: {
      cdktf: 'npm:cdktn@^0.24.0',
      cdktn: '^0.24.0',
      constructs: '^10.6.0',
      '@cdktf/provider-aws': 'npm:@cdktn/provider-aws@25.x',
    },
    allowed: [
      /^\/\/\.metadata\.version: "0\.21\.0" -> "0\.24\.\d+"$/,
      /^terraform\.required_providers\.aws\.source: "aws" -> "hashicorp\/aws"$/,
      /^terraform\.required_providers\.aws\.version: "5\.100\.0" -> "6\.\d+\.\d+"$/,
    ],
  },
];

describeWithTools(['terraform', 'provider'], 'what users are shown', () => {
  const lab = useLab({ emulator: false });
  let stacks: Stacks = {};

  beforeAll(() => {
    stacks = new ProgramProject().synthesize(compared);
  });

  it('is found, the README as well as the examples', () => {
    expect(Object.keys(stacks)).toEqual(
      expect.arrayContaining(['examples/fleet: fleet', 'examples/redis-tls: redis-tls', 'README.md 1: prod']),
    );
  });

  it.each(programs)('$name is valid for the real provider', async ({ name }) => {
    const own = Object.entries(stacks).filter(([key]) => key.startsWith(`${name}: `));
    expect(own).not.toEqual([]);

    for (const [, stack] of own) expect(await lab().workspace(withoutBackend(stack)).validate()).toEqual([]);
  });

  describe.each(OTHER_PACKAGES)('with $title', ({ packages, allowed }) => {
    let others: Stacks = {};

    beforeAll(() => {
      others = new ProgramProject(install(packages)).synthesize(compared);
    });

    it('is the same, but for these versions and metadata', () => {
      expect(Object.keys(others)).toEqual(Object.keys(stacks));
      for (const [name, stack] of Object.entries(stacks)) {
        expect(differencesButSchedules(stack, others[name])).toEqual(
          allowed.map((line) => expect.stringMatching(line)),
        );
      }
    });
  });
});

/** Validation needs no state, and a remote backend would need a bucket. */
function withoutBackend(stack: Stacks[string]) {
  const { backend: _, ...terraform } = (stack['terraform'] ?? {}) as Record<string, unknown>;
  return { ...stack, terraform };
}
