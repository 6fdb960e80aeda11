import { boundaryArnFinding, keyArnFinding } from '../rules/arn-finding';
import type { Rule } from '../rules/rule';
import type { ExpiryEnforcement } from './expiry-enforcement';

/** What has to do with the end of access. */
export interface ExpiryInput {
  readonly expiry: ExpiryEnforcement;
}

/** Validation rules for the schedules that end access. */
export const EXPIRY_RULES: readonly Rule<ExpiryInput>[] = [
  {
    name: 'ExpiryPermissionsBoundaryInvalid',
    because: 'A permissions boundary is a managed policy, identified by its ARN.',
    check: ({ expiry }) => boundaryArnFinding('expiry.permissionsBoundaryArn', expiry._options.permissionsBoundaryArn),
  },
  {
    name: 'ExpiryKmsKeyInvalid',
    because: 'The policy of the schedules names the key by its ARN, not by an alias.',
    check: ({ expiry }) => keyArnFinding('expiry.kmsKeyArn', expiry._options.kmsKeyArn),
  },
];
