import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { defaultProvider } from '../role-credentials';

/** Secrets Manager, as the program uses it. */
export interface Secrets {
  /** A version that has a value; undefined if there is none. */
  readonly get: (arn: string, version: VersionChoice) => Promise<SecretVersion | undefined>;
  readonly describe: (arn: string) => Promise<SecretFacts>;
  /** Makes a version; whether it is there afterwards with this text, and not with that of somebody who was faster. */
  readonly put: (arn: string, version: NewVersion) => Promise<boolean>;
  /** Moves a stage, and fails where it is not on the version that it is to be moved from. */
  readonly moveStage: (arn: string, move: StageMove) => Promise<void>;
  /** Schedules the deletion; what is scheduled or gone already is no failure. */
  readonly delete: (arn: string, recoveryDays: number) => Promise<void>;
}

/** Those of Secrets Manager, and two that keep a version from being dropped until it becomes the current one. */
export type Stage = 'AWSCURRENT' | 'AWSPENDING' | 'FIRST' | 'ANEW';

export type VersionChoice = { readonly stage: Stage } | { readonly versionId: string };

export interface SecretVersion {
  readonly versionId: string;
  readonly text: string;
}

export interface SecretFacts {
  readonly rotates: boolean;
  /** The stages of each version that has any. */
  readonly stages: ReadonlyMap<string, readonly string[]>;
}

export interface NewVersion {
  /** Becomes the version's ID: the same token again makes no second version. */
  readonly token: string;
  readonly text: string;
  readonly stages: readonly Stage[];
}

export interface StageMove {
  readonly stage: Stage;
  readonly to: string;
  /** Missing where no version has the stage. */
  readonly from?: string;
}

export function createClient(config: SecretsManagerClientConfig = {}): SecretsManagerClient {
  return new SecretsManagerClient({
    credentials: defaultProvider(),
    requestHandler: { connectionTimeout: 2000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...config,
  });
}

export function secretsOf(client: SecretsManagerClient): Secrets {
  return {
    get: async (arn, choice) => {
      const which = 'stage' in choice ? { VersionStage: choice.stage } : { VersionId: choice.versionId };
      const found = await unless(
        'ResourceNotFoundException',
        client.send(new GetSecretValueCommand({ SecretId: arn, ...which })),
      );
      if (found?.VersionId === undefined || found.SecretString === undefined) return undefined;
      return { versionId: found.VersionId, text: found.SecretString };
    },
    describe: async (arn) => {
      const { RotationEnabled, VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: arn }));
      return { rotates: RotationEnabled === true, stages: new Map(Object.entries(VersionIdsToStages ?? {})) };
    },
    put: async (arn, { token, text, stages }) => {
      const command = new PutSecretValueCommand({
        SecretId: arn,
        ClientRequestToken: token,
        SecretString: text,
        VersionStages: [...stages],
      });
      return (await unless('ResourceExistsException', client.send(command))) !== undefined;
    },
    moveStage: async (arn, { stage, to, from }) => {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: arn,
          VersionStage: stage,
          MoveToVersionId: to,
          RemoveFromVersionId: from,
        }),
      );
    },
    delete: async (arn, recoveryDays) => {
      const command = new DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: recoveryDays });
      await unless('InvalidRequestException', unless('ResourceNotFoundException', client.send(command)));
    },
  };
}

/** Undefined where the API answers with this error. */
async function unless<T>(name: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}
