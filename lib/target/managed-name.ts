import { isUnknown } from '../unknown';

/** Services whose databases have names that AWS made, and certificates for these names. */
const MANAGED = /\.(rds|cache|docdb|neptune|redshift|es)(?:\.cn-[a-z]+-\d)?\.amazonaws\.com(?:\.cn)?$/i;

/** The service that a name belongs to; nothing where it is another name, or only Terraform knows it. */
export function managedServiceOf(name: unknown): string | undefined {
  return typeof name !== 'string' || isUnknown(name) ? undefined : MANAGED.exec(name)?.[1]?.toLowerCase();
}
