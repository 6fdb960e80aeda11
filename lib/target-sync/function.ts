import { type IResolveContext, TerraformLocal, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { CODE_FILES } from '../assets';
import { type CreatedFunction, createFunction } from '../function/function';
import { Deferred } from '../tokens/deferred';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import { VARIABLES } from './contract';
import { allowDns } from './dns-egress';
import { configurationOf, type Following } from './following';
import { permissions } from './permissions';
import type { TargetSyncProps } from './target-sync-props';

interface SyncParts {
  readonly settings: TargetSyncProps;
  readonly followed: () => readonly Following[];
  readonly tags: { [key: string]: string };
}

/** A run of 58 seconds, 15 for a last look in which everything times out, and room. */
const TIMEOUT_SECONDS = 80;

/** Seconds after which a waiting event is useless: another scheduled run has started since. */
const EVENT_AGE_SECONDS = 60;

/** All variables of a function's environment take 4 KB at most; this leaves room for the short ones. */
const LONGEST_CONFIGURATION = 3900;

/** The function that follows names. */
export function createSyncFunction(scope: Construct, { settings, followed, tags }: SyncParts): CreatedFunction {
  const packed = (context: IResolveContext) =>
    `\${base64gzip(jsonencode(${expressionOf(followed().map(configurationOf), context)}))}`;
  const configuration = new TerraformLocal(scope, 'Configuration', new Deferred(packed));
  const definition = {
    namePrefix: 'database-endpoint-sync-',
    policyNamePrefix: 'target-sync-',
    description: 'Keeps target groups of database endpoints in sync with the DNS names of their databases',
    securityGroupDescription: 'The function that follows the names of databases',
    apiDescription: 'The load balancing API',
    codeFile: CODE_FILES.targetSync,
    memoryMegabytes: 128,
    timeoutSeconds: TIMEOUT_SECONDS,
    variables: {
      [VARIABLES.endpoints]: configuration.asString,
      ...variable(VARIABLES.runSeconds, settings.runSeconds),
      ...variable(VARIABLES.intervalSeconds, settings.intervalSeconds),
    },
    events: { maximumAgeSeconds: EVENT_AGE_SECONDS, retries: 0 },
    statements: () =>
      permissions(
        followed().flatMap(groupsOf),
        followed().some(({ retiredArn }) => retiredArn !== undefined),
      ),
    preconditions: [
      {
        condition: expressionToken(
          (context) => `length(${expressionOf(configuration.fqn, context)}) <= ${LONGEST_CONFIGURATION}`,
        ),
        errorMessage: `${scope.node.path}: follows too many endpoints for the 4 KB of a function's environment. Set sync to another TargetSync for some of them, or move them to another stack. [SyncConfigurationTooLong]`,
      },
    ],
  };
  const created = createFunction(scope, { definition, settings, tags });
  if (created.securityGroup !== undefined) allowDns(scope, created.securityGroup, { followed, tags });
  return created;
}

function groupsOf({ targetGroupArn, standbyArn, retiredArn }: Following): string[] {
  return [targetGroupArn, standbyArn, retiredArn].filter((arn) => arn !== undefined);
}

function variable(name: string, value: number | undefined): { [name: string]: string } {
  return value === undefined ? {} : { [name]: isUnresolved(value) ? Token.asString(value) : `${value}` };
}
