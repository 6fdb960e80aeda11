import type { UserStatementsOptions } from '../../../lib/clients/user-statements/user-statements';
import type { Member } from '../../engine/engine-facts';

/** What an engine is told to let a user read something, and how its names are read. */
export interface EngineStatements {
  /** What is asked for otherwise than in `OPTIONS`. */
  readonly options?: Partial<UserStatementsOptions>;
  readonly statements: readonly string[];
  readonly removal: readonly string[];
  /** How the server or its client reads quoted names, written apart from the code that quotes them. */
  readonly names?: QuotedNames;
  /** Whether access is granted to tables, which have a schema or a database before them. */
  readonly grantsTables?: boolean;
}

export interface QuotedNames {
  readonly token: RegExp;
  readonly read: (token: string) => string;
}

export const OPTIONS: UserStatementsOptions = {
  user: 'looker',
  database: 'shop',
  canRead: ['orders'],
  connectionLimit: 5,
};

const doubled = (quote: string) => (token: string) => token.slice(1, -1).replaceAll(quote + quote, quote);
const escaped = (token: string) => token.slice(1, -1).replace(/\\(.)/gsu, '$1');

const DOUBLED_QUOTES: QuotedNames = { token: /"(?:[^"]|"")*"/gu, read: doubled('"') };
const DOUBLED_BACKTICKS: QuotedNames = { token: /`(?:[^`]|``)*`/gu, read: doubled('`') };
const ESCAPED = /"(?:[^"\\]|\\.)*"/gsu;
const JSON_TEXTS: QuotedNames = { token: ESCAPED, read: (token) => JSON.parse(token) };

/** What an engine with users is told, unless it is told the same as another one. */
export const STATEMENTS: Partial<Readonly<Record<Member, EngineStatements>>> = {
  POSTGRESQL: {
    options: { canRead: ['orders', 'sales.customers'] },
    statements: [
      'CREATE ROLE "looker" LOGIN CONNECTION LIMIT 5;',
      '\\password "looker"',
      'ALTER ROLE "looker" SET default_transaction_read_only = on;',
      'GRANT CONNECT ON DATABASE "shop" TO "looker";',
      'GRANT USAGE ON SCHEMA "public" TO "looker";',
      'GRANT USAGE ON SCHEMA "sales" TO "looker";',
      'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
      'GRANT SELECT ON TABLE "sales"."customers" TO "looker";',
    ],
    removal: [
      'REVOKE ALL ON TABLE "public"."orders" FROM "looker";',
      'REVOKE ALL ON TABLE "sales"."customers" FROM "looker";',
      'REVOKE ALL ON SCHEMA "public" FROM "looker";',
      'REVOKE ALL ON SCHEMA "sales" FROM "looker";',
      'REVOKE ALL ON DATABASE "shop" FROM "looker";',
      'DROP ROLE "looker";',
    ],
    names: DOUBLED_QUOTES,
    grantsTables: true,
  },
  COCKROACHDB: {
    statements: [
      'CREATE ROLE "looker" LOGIN;',
      '\\password looker',
      'ALTER ROLE "looker" SET default_transaction_read_only = on;',
      'GRANT CONNECT ON DATABASE "shop" TO "looker";',
      'GRANT USAGE ON SCHEMA "public" TO "looker";',
      'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
    ],
    removal: [
      'REVOKE ALL ON TABLE "public"."orders" FROM "looker";',
      'REVOKE ALL ON SCHEMA "public" FROM "looker";',
      'REVOKE ALL ON DATABASE "shop" FROM "looker";',
      'DROP ROLE "looker";',
    ],
    names: DOUBLED_QUOTES,
    grantsTables: true,
  },
  REDSHIFT: {
    statements: [
      'CREATE USER "looker" PASSWORD DISABLE CONNECTION LIMIT 5;',
      'GRANT USAGE ON SCHEMA "public" TO "looker";',
      'GRANT SELECT ON TABLE "public"."orders" TO "looker";',
    ],
    removal: [
      'REVOKE ALL ON TABLE "public"."orders" FROM "looker";',
      'REVOKE ALL ON SCHEMA "public" FROM "looker";',
      'DROP USER "looker";',
    ],
    names: DOUBLED_QUOTES,
    grantsTables: true,
  },
  MYSQL: {
    options: { canRead: ['orders', 'other.customers'] },
    statements: [
      "CREATE USER 'looker'@'%' IDENTIFIED BY RANDOM PASSWORD REQUIRE SSL WITH MAX_USER_CONNECTIONS 5;",
      "GRANT SELECT ON TABLE `shop`.`orders` TO 'looker'@'%';",
      "GRANT SELECT ON TABLE `other`.`customers` TO 'looker'@'%';",
    ],
    removal: ["DROP USER 'looker'@'%';"],
    names: DOUBLED_BACKTICKS,
    grantsTables: true,
  },
  MARIADB: {
    statements: [
      "CREATE USER 'looker'@'%' IDENTIFIED BY PASSWORD 'PASSWORD_HASH' REQUIRE SSL WITH MAX_USER_CONNECTIONS 5;",
      "GRANT SELECT ON TABLE `shop`.`orders` TO 'looker'@'%';",
    ],
    removal: ["DROP USER 'looker'@'%';"],
    names: DOUBLED_BACKTICKS,
    grantsTables: true,
  },
  SQL_SERVER: {
    options: { canRead: ['orders', 'sales.customers'] },
    statements: [
      'USE [master];',
      "CREATE LOGIN [looker] WITH PASSWORD = N'$(LOGIN_PASSWORD)', CHECK_POLICY = ON, DEFAULT_DATABASE = [shop];",
      'DENY VIEW ANY DATABASE TO [looker];',
      'USE [shop];',
      'CREATE USER [looker] FOR LOGIN [looker];',
      'GRANT SELECT ON OBJECT::[dbo].[orders] TO [looker];',
      'GRANT SELECT ON OBJECT::[sales].[customers] TO [looker];',
      'GO',
    ],
    removal: ['USE [shop];', 'DROP USER [looker];', 'USE [master];', 'DROP LOGIN [looker];', 'GO'],
    names: { token: /\[(?:[^\]]|\]\])*\]/gu, read: doubled(']') },
    grantsTables: true,
  },
  ORACLE: {
    options: { canRead: ['SALES.ORDERS'] },
    statements: [
      'SET VERIFY OFF',
      "ACCEPT login_password CHAR PROMPT 'New password of the user: ' HIDE",
      'CREATE USER "looker" IDENTIFIED BY "&login_password";',
      'UNDEFINE login_password',
      'GRANT CREATE SESSION TO "looker";',
      'GRANT READ ON "SALES"."ORDERS" TO "looker";',
    ],
    removal: ['DROP USER "looker";'],
    names: { token: /"[^"]*"/gu, read: doubled('"') },
    grantsTables: true,
  },
  REDIS: {
    options: { canRead: ['orders:*', 'rates'] },
    statements: [
      'ACL SETUSER looker reset on "#PASSWORD_SHA256" "~orders:*" "~rates" resetchannels -@all +@read -@write -@dangerous -scan -randomkey -dbsize +ping +echo +select +client|setname +client|getname +client|id',
    ],
    removal: ['ACL DELUSER looker'],
    names: { token: ESCAPED, read: (token) => escaped(token).replace(/^~/, '') },
  },
  MONGODB: {
    statements: [
      'db.getSiblingDB("shop").createRole({ "role": "looker_reads", "privileges": [{"resource":{"db":"shop","collection":"orders"},"actions":["find"]}], "roles": [] })',
      'db.getSiblingDB("shop").createUser({ "user": "looker", "pwd": passwordPrompt(), "roles": ["looker_reads"] })',
    ],
    removal: ['db.getSiblingDB("shop").dropUser("looker")', 'db.getSiblingDB("shop").dropRole("looker_reads")'],
    names: JSON_TEXTS,
  },
  DOCUMENTDB: {
    statements: [
      'db.getSiblingDB("admin").createRole({ "role": "looker_reads", "privileges": [{"resource":{"db":"shop","collection":"orders"},"actions":["find"]}], "roles": [] })',
      'db.getSiblingDB("admin").createUser({ "user": "looker", "pwd": passwordPrompt(), "roles": ["looker_reads"] })',
    ],
    removal: ['db.getSiblingDB("admin").dropUser("looker")', 'db.getSiblingDB("admin").dropRole("looker_reads")'],
  },
  ELASTICSEARCH: {
    options: { canRead: ['orders-*'] },
    statements: [
      'PUT /_security/role/looker\n{"indices":[{"names":["orders-*"],"privileges":["read"]}]}',
      'POST /_security/user/looker\n{"roles":["looker"],"password_hash":"PASSWORD_HASH"}',
    ],
    removal: ['DELETE /_security/user/looker', 'DELETE /_security/role/looker'],
    names: JSON_TEXTS,
  },
  OPENSEARCH: {
    options: { canRead: ['orders-*'] },
    statements: [
      'PUT /_plugins/_security/api/roles/looker\n{"cluster_permissions":[],"index_permissions":[{"index_patterns":["orders-*"],"allowed_actions":["read"]}]}',
      'PUT /_plugins/_security/api/internalusers/looker\n{"hash":"PASSWORD_HASH"}',
      'PUT /_plugins/_security/api/rolesmapping/looker\n{"users":["looker"]}',
    ],
    removal: [
      'DELETE /_plugins/_security/api/rolesmapping/looker',
      'DELETE /_plugins/_security/api/internalusers/looker',
      'DELETE /_plugins/_security/api/roles/looker',
    ],
    names: JSON_TEXTS,
  },
  COUCHDB: {
    statements: [
      'PUT /_users/org.couchdb.user:looker\n{"name":"looker","type":"user","roles":[],"password_scheme":"pbkdf2","pbkdf2_prf":"sha256","iterations":600000,"salt":"SALT","derived_key":"DERIVED_KEY"}',
      'PUT /orders/_design/reads-only-looker\n{"validate_doc_update":"function (next, previous, login) { if (login.name === \\"looker\\") throw { forbidden: \\"reads only\\" }; }"}',
      'PUT /orders/_security\n{"admins":{"roles":["_admin"]},"members":{"names":["looker"],"roles":["_admin"]}}',
    ],
    removal: ['DELETE /_users/org.couchdb.user:looker?rev=REVISION'],
  },
  INFLUXDB: {
    options: { canRead: ['metrics'] },
    statements: [`CREATE USER "looker" WITH PASSWORD 'PASSWORD'`, 'GRANT READ ON "metrics" TO "looker"'],
    removal: ['DROP USER "looker"'],
    names: { token: ESCAPED, read: escaped },
  },
  RABBITMQ: {
    options: { database: undefined, canRead: ['orders', 'a.b'] },
    statements: [
      'rabbitmqctl add_user looker',
      `rabbitmqctl set_user_limits looker '{"max-connections":5}'`,
      "rabbitmqctl set_permissions --vhost=/ looker '^$' '^$' '^(orders|a\\.b)$'",
    ],
    removal: ['rabbitmqctl delete_user looker'],
  },
  CLICKHOUSE: {
    statements: [
      "CREATE USER `looker` IDENTIFIED WITH sha256_hash BY 'PASSWORD_SHA256' SETTINGS readonly = 2;",
      'GRANT SELECT ON `shop`.`orders` TO `looker`;',
    ],
    removal: ['DROP USER `looker`;'],
    names: { token: /`(?:[^`\\]|\\.)*`/gsu, read: escaped },
    grantsTables: true,
  },
  CASSANDRA: {
    statements: [
      `CREATE ROLE "looker" WITH HASHED PASSWORD = 'PASSWORD_HASH' AND LOGIN = true AND SUPERUSER = false;`,
      'GRANT SELECT ON TABLE "shop"."orders" TO "looker";',
    ],
    removal: ['DROP ROLE "looker";'],
    names: DOUBLED_QUOTES,
    grantsTables: true,
  },
};

/** Engines that are told the same as another one. */
export const SAME_STATEMENTS: Partial<Readonly<Record<Member, Member>>> = {
  AURORA_POSTGRESQL: 'POSTGRESQL',
  AURORA_MYSQL: 'MYSQL',
  VALKEY: 'REDIS',
  CLICKHOUSE_HTTP: 'CLICKHOUSE',
};

/** Users that the server of each engine with users reserves, or that its administrators have; some reserve none. */
export const RESERVED_USERS: Partial<Readonly<Record<Member, readonly string[]>>> = {
  POSTGRESQL: ['postgres', 'pg_monitor'],
  AURORA_POSTGRESQL: ['rdsadmin', 'rds_superuser'],
  COCKROACHDB: ['root', 'node', 'crdb_internal_x'],
  MYSQL: ['root', 'mysql.sys'],
  AURORA_MYSQL: ['rdsadmin'],
  MARIADB: ['root', 'mariadb.sys'],
  REDSHIFT: ['rdsdb'],
  SQL_SERVER: ['sa', 'dbo'],
  REDIS: ['default'],
  VALKEY: ['default'],
  MONGODB: [],
  DOCUMENTDB: ['rdsadmin'],
  ELASTICSEARCH: ['elastic', 'kibana_system', 'logstash_system'],
  OPENSEARCH: ['admin', 'kibanaserver'],
  COUCHDB: [],
  INFLUXDB: [],
  RABBITMQ: ['guest'],
  CLICKHOUSE: ['default'],
  CLICKHOUSE_HTTP: ['default'],
  CASSANDRA: ['cassandra'],
  ORACLE: ['sys', 'SYSTEM'],
};
