import { Logger } from '@aws-lambda-powertools/logger';
import { logAnswer, measured } from '../../../lambda/database-user/report';
import { SERVICE } from '../../../lib/users/metrics';

const DIFFERENCE = { kind: 'privilege-beyond', says: 'It has more.' } as const;
const description = (count: number, leftOut?: object) => ({
  user: 'prod/Looker',
  differences: Array(count).fill(DIFFERENCE),
  remarks: [],
  ...(leftOut ? { leftOut } : {}),
});

/** The lines that Powertools writes, which is what Lambda passes on to CloudWatch. */
async function linesOf(work: () => unknown): Promise<readonly { readonly [key: string]: unknown }[]> {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  }
  try {
    await work();
  } finally {
    jest.restoreAllMocks();
  }
  return lines.map((text) => JSON.parse(text));
}

test('differences are counted with the namespace, the service and the user', async () => {
  const lines = await linesOf(() => measured('prod/Looker', async () => description(2)));

  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'DatabaseEndpoint',
            Dimensions: [['service', 'user']],
            Metrics: [
              { Name: 'UserDifferences', Unit: 'Count' },
              { Name: 'UserDescribesFailed', Unit: 'Count' },
            ],
          },
        ],
      },
      service: 'database-user',
      user: 'prod/Looker',
      UserDifferences: 2,
      UserDescribesFailed: 0,
    },
  ]);
});

test.each([
  ['none, which is sent too', description(0), 0],
  ['those that were left out', description(3, { grants: 0, differences: 40, remarks: 0 }), 43],
])('differences are counted: %s', async (_, answer, count) => {
  const [line] = await linesOf(async () => expect(await measured('prod/Looker', async () => answer)).toBe(answer));

  expect(line).toMatchObject({ UserDifferences: count, UserDescribesFailed: 0 });
});

test('a failure is counted, says nothing of differences and is thrown on', async () => {
  const [line] = await linesOf(() =>
    expect(
      measured('prod/Looker', async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no'),
  );

  expect(line).toMatchObject({ user: 'prod/Looker', UserDescribesFailed: 1 });
  expect(line).not.toHaveProperty('UserDifferences');
});

test('a description is logged by its differences, within what a line may hold', async () => {
  const logger = new Logger({ serviceName: SERVICE });
  const lines = await linesOf(() => {
    logAnswer(logger, description(0));
    logAnswer(logger, description(150));
    logAnswer(logger, { user: 'prod/Looker', changes: ['made'] });
  });

  expect(lines).toMatchObject([
    { level: 'INFO', message: 'The user is as it is declared', user: 'prod/Looker' },
    { level: 'WARN', message: 'The user is not as it is declared', count: 150 },
    { level: 'INFO', message: 'The task is done', changes: ['made'] },
  ]);
  expect(lines[1]?.['differences']).toEqual(Array(100).fill(DIFFERENCE));
});
