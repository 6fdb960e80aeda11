import { escapedDoubleQuoted as quoted } from '../quoting/identifiers';
import { codeSpan } from '../quoting/markdown';
import { SHA256_NOTE } from './password-hash';
import type { UserDialect } from './user-dialect';

/**
 * What reads values, and what drivers say when they connect. SCAN, RANDOMKEY, DBSIZE, and CLIENT TRACKING, which
 * @connection would bring, tell of keys that the patterns leave out.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
const RIGHTS =
  'resetchannels -@all +@read -@write -@dangerous -scan -randomkey -dbsize +ping +echo +select +client|setname +client|getname +client|id';

const redisLike = (client: string): UserDialect => ({
  names: {
    parts: 'none',
    longest: 512,
    unit: 'bytes',
    longestUser: 64,
    refuses: { pattern: /\s/, because: 'a rule ends at a space' },
  },
  example: 'KEYS:*',
  write: ({ user, canRead }) => {
    const patterns = canRead.map(([pattern]) => quoted(`~${pattern}`)).join(' ');
    return {
      where: `Run them in ${client}, as an administrator.`,
      statements: [`ACL SETUSER ${user} reset on "#PASSWORD_SHA256" ${patterns} ${RIGHTS}`],
      hardening: [],
      removal: [`ACL DELUSER ${user}`],
      requiresTls: false,
      notes: [
        SHA256_NOTE,
        'The server forgets it when it restarts, unless `ACL SAVE` (with an aclfile) or `CONFIG REWRITE` follows.',
        // The access string is not read by the client, whose quotes and escapes would be part of the pattern.
        `ElastiCache and MemoryDB take the same rules as the access string of a user: ${codeSpan(`on ${canRead.map(([pattern]) => `~${pattern}`).join(' ')} ${RIGHTS}`)}.`,
        'The login "default" needs a password of its own or must be off; a server with "port 0" and a "tls-port" keeps all logins from connecting without TLS.',
      ],
    };
  },
});

/** @internal */
export const redis = redisLike('redis-cli');

/** @internal */
export const valkey = redisLike('valkey-cli');
