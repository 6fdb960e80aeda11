import { currentVersion } from '../secret-version';
import type { Rotation } from './rotation';
import { testPending } from './test-secret';

/**
 * Makes the pending version the current one. The password before works on until the next rotation sets one, for clients
 * that hold it still.
 */
export async function finishSecret(rotation: Rotation): Promise<void> {
  const { secretArn, token, surroundings } = rotation;
  const { versionId } = await currentVersion(secretArn, surroundings);
  if (versionId === token) return;
  // The steps are invoked one by one, by whoever may: clients must never be given a password that does not work.
  await testPending(rotation);
  await surroundings.secrets.moveStage(secretArn, { stage: 'AWSCURRENT', from: versionId, to: token });
}
