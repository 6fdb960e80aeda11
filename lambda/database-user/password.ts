import { randomInt } from 'node:crypto';

/** 40 characters of 64 or so are 240 bits. */
const LENGTH = 40;

/** What a URL, a shell, a SQL literal and a JSON text all take as it is. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

/** What the password policies of servers ask for; one that begins with `-` would be an option to a shell's command. */
const WANTED = [/^[A-Za-z]/, /[A-Z]/, /[a-z]/, /[0-9]/, /[-_.]/];

/** A new password. */
export function generatePassword(): string {
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    if (WANTED.every((pattern) => pattern.test(password))) return password;
  }
}
