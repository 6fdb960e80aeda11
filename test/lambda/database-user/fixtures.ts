import type { DeclaredUser } from '../../../lib/users/contract';

export const ADMIN_ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:admin-AbCdEf';
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:looker-AbCdEf';
export const ADMIN = { username: 'admin', password: 'the admin has "this/passphrase' };

export const USER: DeclaredUser = {
  name: 'prod/Looker',
  engine: 'postgres',
  host: 'orders.abc.eu-central-1.rds.amazonaws.com',
  port: 5432,
  database: 'orders',
  userName: 'looker',
  auth: 'password',
  grants: [{ schema: 'public', privileges: ['SELECT'] }],
  futureTables: true,
  revokePublic: false,
  ownedObjects: 'refuse',
  adminSecretArn: ADMIN_ARN,
  secretArn: SECRET_ARN,
  endpoint: { hostname: 'orders.example.com', port: 5432, sslmode: 'verify-full' },
};
