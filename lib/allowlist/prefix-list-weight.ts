import type { AllowlistValue } from './allowlist';

/** How many rules a prefix list counts as. */
export interface PrefixListWeight {
  readonly rules: number;
  /** Whether somebody said so: the user, or the documentation of AWS. */
  readonly known: boolean;
}

/**
 * What AWS documents for its own lists, by the last part of their names: those of IPv6 count as much as those of IPv4.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weights
 */
const DOCUMENTED: { readonly [suffix: string]: number } = {
  '.cloudfront.origin-facing': 55,
  '.dynamodb': 1,
  '.ec2-instance-connect': 2,
  '.groundstation': 5,
  '.route53-healthchecks': 25,
  '.s3': 1,
  '.s3express': 6,
  '.vpc-lattice': 10,
};

/** EC2 counts a prefix list with its maximum number of entries, which only its owner can say. */
export function prefixListWeight({ source, text }: AllowlistValue): PrefixListWeight {
  const { maxEntries } = source._about;
  if (maxEntries !== undefined) return { rules: maxEntries, known: true };
  const documented = Object.entries(DOCUMENTED).find(
    ([suffix]) => source._kind === 'awsPrefixList' && text.endsWith(suffix),
  );
  return documented ? { rules: documented[1], known: true } : { rules: 1, known: false };
}
