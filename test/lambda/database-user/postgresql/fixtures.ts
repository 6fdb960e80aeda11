import type { DeclaredUser } from '../../../../lib/users/contract';

/** A user that may read a schema. */
export function declared(more: Partial<DeclaredUser> = {}): DeclaredUser {
  return {
    name: 'test/Looker',
    engine: 'postgres',
    host: 'localhost',
    port: 5432,
    database: 'shop',
    userName: 'looker',
    auth: 'password',
    grants: [{ schema: 'sales', privileges: ['SELECT'] }],
    futureTables: false,
    revokePublic: false,
    ownedObjects: 'refuse',
    adminSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:admin',
    endpoint: { hostname: 'db.example.com', port: 5432, sslmode: 'verify-full' },
    ...more,
  };
}
