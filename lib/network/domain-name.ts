/*
 * Names of DNS, as far as an endpoint needs to compare them: without regard to case, and with or without the dot at
 * their end. Only literals; what is unknown at synthesis is compared by Terraform.
 */

/** Whether clients can connect to a name: a hostname of at least two labels, without a dot at its end. */
export function isHostName(name: string): boolean {
  return name.includes('.') && isName(name, HOST_LABEL);
}

/** Whether something is the name of a hosted zone: one label is enough, underscores and a dot at the end are allowed. */
export function isZoneName(name: string): boolean {
  return isName(withoutDot(name), ZONE_LABEL);
}

/** Whether something is a DNS name that resolves: at least two labels, underscores are allowed, no dot at the end. */
export function isDnsName(name: string): boolean {
  return name.includes('.') && isName(name, ZONE_LABEL);
}

/** The form in which Route 53 and ACM keep a name. */
export function canonicalName(name: string): string {
  return withoutDot(name).toLowerCase();
}

/** Whether a name is the zone's own or below it. */
export function isWithin(name: string, zone: string): boolean {
  const [inner, outer] = [canonicalName(name), canonicalName(zone)];
  return inner === outer || inner.endsWith(`.${outer}`);
}

function isName(name: string, label: RegExp): boolean {
  return name.length <= 253 && name.split('.').every((each) => label.test(each));
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}

const HOST_LABEL = /^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/;
const ZONE_LABEL = /^(?!-)[a-zA-Z0-9_-]{1,63}(?<!-)$/;
