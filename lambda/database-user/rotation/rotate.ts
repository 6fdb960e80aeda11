import type { RotationStep } from '../event';
import type { Surroundings } from '../surroundings';
import { createSecret } from './create-secret';
import { finishSecret } from './finish-secret';
import type { Rotation } from './rotation';
import { setSecret } from './set-secret';
import { testSecret } from './test-secret';

const STEPS: { readonly [step in RotationStep]: (rotation: Rotation) => Promise<void> } = {
  createSecret,
  setSecret,
  testSecret,
  finishSecret,
};

/** One of the four invocations of a rotation. Secrets Manager repeats them all where one fails. */
export async function rotate(
  step: RotationStep,
  secretArn: string,
  token: string,
  surroundings: Surroundings,
): Promise<void> {
  const { user, secrets } = surroundings;
  if (secretArn !== user.secretArn) throw new Error('the rotation is of a secret that is not the declared one');
  const { rotates, stages } = await secrets.describe(secretArn);
  if (!rotates) throw new Error('the secret is not set to rotate');
  const own = stages.get(token) ?? [];
  // A step that comes late finds the work done.
  if (own.includes('AWSCURRENT')) return;
  if (!own.includes('AWSPENDING')) throw new Error(`the version ${token} of the secret is not the pending one`);
  await STEPS[step]({ secretArn, token, surroundings });
}
