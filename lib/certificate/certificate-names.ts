import { canonicalName, isHostName } from '../network/domain-name';

/** Whether a name can be in a certificate: a hostname, or `*.` and a hostname. */
export function isCertificateName(name: string): boolean {
  return isHostName(name.replace(/^\*\./, ''));
}

/** Whether a certificate with these names verifies for a host: by the name itself, or by a wildcard for one label. */
export function covers(names: readonly string[], host: string): boolean {
  const wanted = canonicalName(host);
  const wildcard = wanted.replace(/^[^.]+/, '*');
  return names.map(canonicalName).some((name) => name === wanted || name === wildcard);
}

/** What ACM validates for a name: a wildcard and the name that it stands on have one record in common. */
export function validatedName(name: string): string {
  return name.replace(/^\*\./, '');
}
