import { DatabaseEngine } from '../../lib/engine/database-engine';
import { guideOf, HOST, OTHER } from './engine-guide';

describe('what else a guide says', () => {
  test('a listener that terminates drops idle connections after 350 seconds', () => {
    expect(guideOf(DatabaseEngine.REDIS, { idleTimeoutSeconds: 3600 }).notes.join()).toContain('idle for 350 seconds');
  });

  test('a listener that passes through drops idle connections when it was told to', () => {
    const notes = guideOf(DatabaseEngine.POSTGRESQL, { idleTimeoutSeconds: 3600 }).notes.join();

    expect(notes).toContain('idle for 3600 seconds');
    expect(notes).not.toContain('idle for 350');
    expect(guideOf(DatabaseEngine.POSTGRESQL).notes.join()).not.toContain('idle');
  });

  test('why keepalives and timeouts protect from a primary that is gone', () => {
    for (const engine of [DatabaseEngine.POSTGRESQL, DatabaseEngine.REDIS]) {
      expect(guideOf(engine).notes.join()).toMatch(/dies sends no reset.*keepalives and timeouts.*after 350 seconds/);
    }
  });

  test('which clients the URL of MySQL and MariaDB is for', () => {
    for (const engine of [DatabaseEngine.MYSQL, DatabaseEngine.AURORA_MYSQL, DatabaseEngine.MARIADB]) {
      expect(guideOf(engine).notes.join()).toMatch(/for MySQL Shell and X DevAPI clients.*not confirmed here/);
    }
    expect(guideOf(DatabaseEngine.POSTGRESQL).notes.join()).not.toContain('X DevAPI');
  });

  test('that libpq takes all addresses of the endpoint', () => {
    const [{ note }] = guideOf(DatabaseEngine.POSTGRESQL, { certificateName: OTHER }).clients;

    expect(note).toMatch(/hostaddr accepts a comma-separated list.*as often/);
  });

  test.each([
    ['of a name of RDS', { certificateName: 'orders.abc123.eu-central-1.rds.amazonaws.com' }],
    [
      'of a database that is known to be one of RDS',
      { certificateName: 'orders.corp.example', targetAuthority: 'rds' as const },
    ],
    [
      'of a name of RDS that is known after apply',
      { certificateName: 'TOKEN', certificateNameExpression: 'aws_db_instance.orders.address' },
    ],
  ])('the whole distinguished name for Oracle, %s', (_, more) => {
    const [{ command, note }] = guideOf(DatabaseEngine.ORACLE, { tls: 'passthrough', ...more }).clients;

    expect(command).toContain(
      `(SSL_SERVER_CERT_DN="C=US,ST=Washington,L=Seattle,O=Amazon.com,OU=RDS,CN=${more.certificateName}")`,
    );
    expect(note).toMatch(/not confirmed here for GovCloud and China/);
  });

  test('that only the CN is known of the certificate of another Oracle', () => {
    const [{ command, note }] = guideOf(DatabaseEngine.ORACLE, { certificateName: 'db.corp.example' }).clients;

    expect(command).toContain('(SSL_SERVER_CERT_DN="CN=db.corp.example")');
    expect(note).toMatch(/replace it with the certificate's subject/);
  });

  test('a login of Oracle as its statements create it, with its case', () => {
    const guide = guideOf(DatabaseEngine.ORACLE, { user: 'looker' });

    expect(guide.clients[0].command).toContain(`sqlplus '"looker"@(`);
    expect(guide.userStatements?.statements.join('\n')).toContain('CREATE USER "looker"');
  });

  test('with passthrough, the database must refuse clients without TLS', () => {
    expect(guideOf(DatabaseEngine.AURORA_POSTGRESQL).notes.join()).toContain('rds.force_ssl = 1');
    expect(guideOf(DatabaseEngine.MYSQL).notes.join()).toContain('require_secure_transport = ON');
    expect(guideOf(DatabaseEngine.REDIS, { tls: 'passthrough' }).notes.join()).not.toContain('refuse');
  });

  test('another name in the certificate, and what to do about it', () => {
    const notes = guideOf(DatabaseEngine.MYSQL, { certificateName: OTHER }).notes.join();

    expect(notes).toContain(`is for the name ${OTHER}, not ${HOST}`);
    expect(notes).toContain('split-horizon');
  });

  test('SSH has no certificate', () => {
    expect(guideOf(DatabaseEngine.SFTP, { certificateName: OTHER }).notes).toEqual([]);
  });

  test('what the words in capitals stand for, where there are any', () => {
    const managed = guideOf(DatabaseEngine.REDSHIFT);
    const known = guideOf(DatabaseEngine.REDSHIFT, { certificateName: OTHER, address: '192.0.2.7' });

    expect(managed.serverName).toBe('DATABASE_ENDPOINT');
    expect(managed.notes.join()).toContain('DATABASE_ENDPOINT is a placeholder for');
    expect(managed.notes.join()).toContain('ENDPOINT_ADDRESS is a placeholder for');
    expect(known.serverName).toBe(OTHER);
    expect(known.notes.join()).not.toContain('is a placeholder for');
    expect(known.clients[0].command).toContain('hostaddr=192.0.2.7');
  });

  test('a client that negotiates needs a wrapper in front of a listener that terminates', () => {
    const guide = guideOf(DatabaseEngine.POSTGRESQL, { tls: 'terminate' });

    expect(guide.clients.map(({ client }) => client)).toEqual(['stunnel']);
    expect(guide.clients[0].note).toBe('Then connect without TLS to 127.0.0.1, port 5432.');
    expect(guide.url).toBeUndefined();
  });

  test('the URL, with what a URL of the engine supports', () => {
    const more = { user: 'ann', database: 'shop' };

    expect(guideOf(DatabaseEngine.POSTGRESQL, more).url).toBe(
      'postgresql://ann@db.example.com:5432/shop?sslmode=verify-full',
    );
    expect(guideOf(DatabaseEngine.ORACLE, more).url).toBe('tcps://db.example.com:2484/shop?ssl_server_dn_match=yes');
    expect(guideOf(DatabaseEngine.SFTP, more).url).toBe('sftp://ann@db.example.com:22');
    expect(guideOf(DatabaseEngine.MEMCACHED, more).url).toBeUndefined();
  });

  test('no URL where the name of a database cannot be written in one', () => {
    expect(guideOf(DatabaseEngine.COUCHDB, { database: '..' }).url).toBeUndefined();
  });
});
