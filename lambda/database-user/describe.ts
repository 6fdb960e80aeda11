import type { Finding, UserDescription, UserFacts } from '../../lib/users/description';
import { asAdmin } from './as-admin';
import { type Comparison, differencesOf, finding, inOrder } from './differences';
import { readLogin, writeSecret } from './secret-value';
import type { SecretVersion } from './secrets';
import type { Surroundings } from './surroundings';
import { tryLogin } from './try-login';

/** Reads what the logins can really do and compares it with what is declared; changes nothing. */
export async function describe(surroundings: Surroundings): Promise<Omit<UserDescription, 'user'>> {
  const { user } = surroundings;
  const description = await asAdmin(surroundings, (server) => server.describe(user));
  const compared = differencesOf(user, description);
  const { differences, remarks } = await secretFindings(surroundings);
  return withinLimits({
    facts: description?.facts,
    differences: inOrder([...compared.differences, ...differences]),
    remarks: inOrder([...compared.remarks, ...remarks]),
  });
}

/** Whether what the secret says is true: clients have nothing else. */
async function secretFindings(surroundings: Surroundings): Promise<Comparison> {
  const { user, now } = surroundings;
  const hasEnded = user.validUntil !== undefined && Date.parse(user.validUntil) <= now();
  const ended = hasEnded ? [finding('ended', `It ended ${user.validUntil}, as declared`)] : [];
  if (user.secretArn === undefined) return { differences: [], remarks: ended };
  const current = await currentOf(user.secretArn, surroundings);
  if ('kind' in current) return { differences: [current], remarks: ended };
  const login = readLogin(current.text);
  const differences =
    current.text === writeSecret(user, login)
      ? []
      : [finding('secret', 'The current version of the secret does not say how clients reach the database')];
  // Nothing lets in a login that has ended.
  if (hasEnded) return { differences, remarks: ended };
  const answer = await tryLogin(login, surroundings);
  if (answer === 'let in') return { differences, remarks: [] };
  if (answer === 'denied') {
    const denied = `The server denies '${login.username}' with the password that the secret says`;
    return { differences: [...differences, finding('cannot-log-in', denied)], remarks: [] };
  }
  // The connections of the login may be used up, which is nothing against what is declared.
  const unknown = `Whether the current password works is not known: ${answer.unknown}`;
  return { differences, remarks: [finding('login-not-tried', unknown)] };
}

async function currentOf(arn: string, { secrets, secrecy }: Surroundings): Promise<SecretVersion | Finding> {
  const found = await secrets.get(arn, { stage: 'AWSCURRENT' });
  if (found === undefined) {
    return finding('secret', 'The secret has no current version: the next converge makes the first one');
  }
  try {
    secrecy.keep(readLogin(found.text).password);
    return found;
  } catch {
    // Somebody wrote it by hand, and all of it may be a password.
    secrecy.keep(found.text);
    return finding('secret', 'The current version of the secret does not say user name and password');
  }
}

/** What a function may answer is 6 MB, and a text of 200 characters is long here. */
const MOST = { grants: 10_000, findings: 2_000 } as const;

function withinLimits({
  facts,
  differences,
  remarks,
}: {
  readonly facts: UserFacts | undefined;
  readonly differences: readonly Finding[];
  readonly remarks: readonly Finding[];
}): Omit<UserDescription, 'user'> {
  const leftOut = {
    grants: Math.max(0, (facts?.grants.length ?? 0) - MOST.grants),
    differences: Math.max(0, differences.length - MOST.findings),
    remarks: Math.max(0, remarks.length - MOST.findings),
  };
  return {
    ...(facts && { facts: { ...facts, grants: facts.grants.slice(0, MOST.grants) } }),
    differences: differences.slice(0, MOST.findings),
    remarks: remarks.slice(0, MOST.findings),
    ...(Object.values(leftOut).some((count) => count > 0) ? { leftOut } : {}),
  };
}
