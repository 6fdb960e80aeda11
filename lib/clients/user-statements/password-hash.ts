/**
 * A command that asks for a password and prints its hash, so that the password is in no file and no history.
 *
 * @param filter reads the password from its input, without a line break.
 * @internal
 */
export function hashCommand(filter: string): string {
  return `\`(stty -echo; printf "New password? " >&2; head -n 1 | tr -d "\\n" | ${filter}; stty echo)\``;
}

/**
 * The note on a hash by SHA-256.
 *
 * @internal
 */
export const SHA256_NOTE = `PASSWORD_SHA256 is a placeholder for the output of ${hashCommand('openssl sha256 -r | cut -c 1-64')}. The hash has no salt: choose a long random password.`;
