import type { Row, Session } from '../../../../lambda/database-user/mysql/session';
import type { DeclaredUser } from '../../../../lib/users/contract';

/** A user of MySQL as it is declared. */
export function declared(changes: Partial<DeclaredUser> = {}): DeclaredUser {
  return {
    name: 'prod/Looker',
    engine: 'mysql',
    host: 'orders.example.test',
    port: 3306,
    database: 'or_ders',
    userName: 'looker',
    auth: 'password',
    grants: [{ schema: 'or_ders', privileges: ['SELECT'] }],
    futureTables: true,
    revokePublic: false,
    ownedObjects: 'refuse',
    adminSecretArn: 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:admin',
    endpoint: { hostname: 'orders.example.test', port: 3306, sslmode: 'verify-full' },
    ...changes,
  };
}

/** What a server of MySQL says to what the program asks; what changes something is only recorded. */
export class ScriptedMysql implements Session {
  public readonly statements: string[] = [];
  public readonly answers: { readonly asked: RegExp; rows: readonly Row[] }[] = [
    { asked: /GET_LOCK/, rows: [{ locked: 1 }] },
    { asked: /VERSION\(\)/, rows: [{ version: '8.0.39', lowers: 0 }] },
    { asked: /SCHEMATA/, rows: [{ name: 'or_ders' }] },
    { asked: /information_schema\.TABLES/, rows: [{ place: 'or_ders', name: 'customers' }] },
  ];

  public answer(asked: RegExp, ...rows: readonly Row[]): this {
    this.answers.unshift({ asked, rows });
    return this;
  }

  /** Accounts, and the lines of SHOW GRANTS of each. */
  public has(
    accounts: readonly Row[],
    members: readonly string[],
    grants: Readonly<Record<string, readonly string[]>>,
  ) {
    this.answer(/FROM mysql\.user u/, ...accounts.map((each) => ({ host: '%', tls: 'ANY', connections: 0, ...each })));
    this.answer(/role_edges/, ...members.map((name) => ({ name, host: '%', admin: 'N' })));
    for (const [account, lines] of Object.entries(grants)) {
      const escaped = account.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      this.answer(new RegExp(`SHOW GRANTS FOR ${escaped}$`), ...lines.map((line) => ({ Grants: line })));
    }
    return this;
  }

  public query = async (sql: string): Promise<readonly Row[]> => {
    if (/^(?:ALTER|CREATE|DROP|GRANT|REVOKE|SET DEFAULT|KILL|CALL)\b/.test(sql)) {
      this.statements.push(sql);
      this.react(sql);
    }
    return this.answers.find(({ asked }) => asked.test(sql))?.rows ?? [];
  };

  /** What changes with a statement. */
  public react: (sql: string) => void = () => {};

  public close = async (): Promise<void> => {};
}
