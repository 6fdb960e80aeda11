import { isUnresolved } from '../tokens/unresolved';
import type { Finding } from './rule';

/** What is wrong with a key that must be named by its ARN. */
export function keyArnFinding(property: string, value: string | undefined): Finding | undefined {
  return arnFinding(
    value,
    property,
    /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
    'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  );
}

/** What is wrong with a permissions boundary, which is a managed policy. */
export function boundaryArnFinding(property: string, value: string | undefined): Finding | undefined {
  return arnFinding(
    value,
    property,
    /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/,
    'arn:aws:iam::123456789012:policy/Boundary',
  );
}

/** What is wrong with a text that must be an ARN of one kind. */
export function arnFinding(
  value: string | undefined,
  property: string,
  form: RegExp,
  example: string,
): Finding | undefined {
  return value === undefined || isUnresolved(value) || form.test(value)
    ? undefined
    : {
        property,
        value,
        reason: 'is not the kind of ARN that is needed here',
        remedy: `Write an ARN like ${example}.`,
      };
}
