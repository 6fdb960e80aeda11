import { readLogin } from './secret-value';
import type { SecretVersion, VersionChoice } from './secrets';
import type { Surroundings } from './surroundings';

/** A version of the user's secret, from here on kept out of what is said. */
export async function versionOf(
  arn: string,
  choice: VersionChoice,
  { secrets, secrecy }: Surroundings,
): Promise<SecretVersion | undefined> {
  const found = await secrets.get(arn, choice);
  if (found === undefined) return undefined;
  try {
    secrecy.keep(readLogin(found.text).password);
  } catch (error) {
    secrecy.keep(found.text);
    throw error;
  }
  return found;
}

/** The version that clients use. */
export async function currentVersion(arn: string, surroundings: Surroundings): Promise<SecretVersion> {
  const found = await versionOf(arn, { stage: 'AWSCURRENT' }, surroundings);
  if (found === undefined) throw new Error('the secret has no current version: apply makes the first one');
  return found;
}
