import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { type CreatedFunction, createFunction } from '../../lib/function/function';
import type { FunctionDefinition } from '../../lib/function/function-definition';
import type { FunctionSettings } from '../../lib/function/function-settings';

const folder = mkdtempSync(join(tmpdir(), 'function-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An archive with a program that is not target-sync. */
export const ARCHIVE = join(folder, 'report.zip');
writeFileSync(ARCHIVE, 'a program');

/** A function that has nothing to do with target groups. */
export const REPORT: FunctionDefinition = {
  namePrefix: 'database-endpoint-report-',
  policyNamePrefix: 'report-',
  description: 'Reports',
  securityGroupDescription: 'The function that reports',
  apiDescription: 'Secrets Manager',
  codeFile: ARCHIVE,
  memoryMegabytes: 256,
  timeoutSeconds: 30,
  variables: { REPORT: 'daily' },
  events: { maximumAgeSeconds: 3600, retries: 2 },
  statements: () => [{ Sid: 'ReadSecret', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: '*' }],
  preconditions: [],
};

/** Creates the function in a scope of its own. */
export function createReport(
  scope: Construct,
  settings: Partial<FunctionSettings> = {},
  definition: Partial<FunctionDefinition> = {},
): CreatedFunction {
  return createFunction(new Construct(scope, 'Report'), {
    definition: { ...REPORT, ...definition },
    settings: { vpcId: 'vpc-0a1b2c3d', ...settings },
    tags: { team: 'reports' },
  });
}
