import { showCharacter } from '../network/character';
import type { Mistake } from '../network/mistake';

/** How long the description of a rule may be. */
export const DESCRIPTION_LENGTH = 255;

/**
 * Checks a description against what EC2 accepts. Terraform does not, so a mistake would fail the apply.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrefixListId.html
 */
export function checkDescription(
  text: string,
  source: 'address' | 'prefixList' = 'address',
): Mistake<'DescriptionInvalid'> | undefined {
  if (text.trim() === '') return mistake('is empty', 'Say who or what this is.');

  const foreign = (source === 'prefixList' ? NOT_FOR_PREFIX_LISTS : NOT_FOR_ADDRESSES).exec(text)?.[0];
  if (foreign !== undefined) {
    return mistake(
      `has a character that EC2 refuses: ${showCharacter(foreign)}`,
      source === 'prefixList'
        ? 'Use letters, digits, spaces and ._-:/()#,@[]+=;{}!$* (prefix lists cannot have &).'
        : 'Use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
    );
  }
  return text.length > DESCRIPTION_LENGTH
    ? mistake(`is ${text.length} characters long, and EC2 accepts ${DESCRIPTION_LENGTH}`, 'Shorten it.')
    : undefined;
}

const NOT_FOR_ADDRESSES = /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/u;
const NOT_FOR_PREFIX_LISTS = /[^a-zA-Z0-9 ._\-:/()#,@[\]+=;{}!$*]/u;

function mistake(reason: string, remedy: string): Mistake<'DescriptionInvalid'> {
  return { rule: 'DescriptionInvalid', reason, remedy };
}
