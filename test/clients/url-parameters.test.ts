import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildClientGuide } from '../../lib/clients/client-guide';
import { connectionUrl } from '../../lib/clients/connection-url';
import { knownParameters } from '../../lib/clients/families';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { TlsHandshake } from '../../lib/engine/tls-handshake';
import { type Member, usualTls } from '../engine/engine-facts';
import { READABLE } from '../support/text-functions';
import { input, problemsOf } from './url-input';

describe('parameters', () => {
  test('extend the defaults, in the order of their names', () => {
    const parameters = { target_session_attrs: 'read-write', application_name: 'looker ' };

    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters }))).toBe(
      'postgresql://db.example.com:5432?application_name=looker%20&sslmode=verify-full&target_session_attrs=read-write',
    );
  });

  test('replace a default in any spelling', () => {
    const parameters = { TLS: 'true', directconnection: 'true' };

    expect(connectionUrl(input(DatabaseEngine.MONGODB, { parameters }))).toBe(
      'mongodb://db.example.com:27017/?TLS=true&directconnection=true',
    );
  });

  test('may verify the CA only, which passthrough to a managed database needs', () => {
    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters: { sslmode: 'verify-ca' } }))).toBe(
      'postgresql://db.example.com:5432?sslmode=verify-ca',
    );
  });

  test.each([
    'password',
    'PGPASSWORD',
    'sslpassword',
    'tlsCertificateKeyFilePassword',
    'pwd',
    'pass',
    'p',
    'passwd',
    'trustStorePassphrase',
    'client_secret',
    'access_token',
    'api_key',
    'apiKey',
    'AccessKeyID',
    'SecretAccessKey',
    'SessionToken',
    'authMechanismProperties',
    'credentials',
  ])('%s is refused, without repeating the secret', (name) => {
    const problems = problemsOf(input(DatabaseEngine.POSTGRESQL, { parameters: { [name]: 'hunter2' } }));

    expect(problems).toEqual([
      expect.objectContaining({ rule: 'UrlParameterCarriesSecret', property: `connectionUrl.parameters.${name}` }),
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test.each(['passfile', 'sslkey', 'connect_timeout', 'options', 'ApplicationName'])('%s is no secret', (name) => {
    expect(typeof connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters: { [name]: 'x' } }))).toBe('string');
  });

  test.each<[Member, string, string]>([
    ['POSTGRESQL', 'sslmode', 'disable'],
    ['POSTGRESQL', 'sslmode', 'allow'],
    ['POSTGRESQL', 'sslmode', 'prefer'],
    ['POSTGRESQL', 'sslmode', 'require'],
    ['POSTGRESQL', 'sslmode', 'no-verify'],
    ['POSTGRESQL', 'sslMode', ''],
    ['POSTGRESQL', 'sslfactory', 'org.postgresql.ssl.NonValidatingFactory'],
    ['POSTGRESQL', 'sslhostnameverifier', 'com.example.AllowAll'],
    ['POSTGRESQL', 'ssl_min_protocol_version', 'TLSv1'],
    ['POSTGRESQL', 'gssencmode', 'prefer'],
    ['REDSHIFT', 'ssl', 'false'],
    ['MYSQL', 'ssl_disabled', 'true'],
    ['MYSQL', 'allowPublicKeyRetrieval', 'true'],
    ['MYSQL', 'verifyServerCertificate', 'false'],
    ['MYSQL', 'tls', 'custom'],
    ['MONGODB', 'tlsAllowInvalidHostnames', 'true'],
    ['MONGODB', 'tlsDisableOCSPEndpointCheck', 'true'],
    ['MONGODB', 'tlsDisableCertificateRevocationCheck', 'true'],
    ['REDIS', 'ssl_check_hostname', 'false'],
    ['REDIS', 'skip_verify', 'true'],
    ['VALKEY', 'verifyPeer', 'NONE'],
    ['ELASTICSEARCH', 'verify', 'false'],
    ['MYSQL', 'ssl-mode', 'DISABLED'],
    ['MYSQL', 'sslMode', 'PREFERRED'],
    ['MYSQL', 'ssl_mode', 'REQUIRED'],
    ['MYSQL', 'tls', 'skip-verify'],
    ['MYSQL', 'sslaccept', 'accept_invalid_certs'],
    ['MARIADB', 'sslMode', 'trust'],
    ['SQL_SERVER', 'encrypt', 'optional'],
    ['SQL_SERVER', 'TrustServerCertificate', 'True'],
    ['MONGODB', 'tls', 'false'],
    ['MONGODB', 'tlsInsecure', 'true'],
    ['MONGODB', 'tlsAllowInvalidCertificates', 'true'],
    ['REDIS', 'ssl_cert_reqs', 'none'],
    ['RABBITMQ', 'verify', 'verify_none'],
    ['CLICKHOUSE', 'skip_verify', 'true'],
    ['ORACLE', 'ssl_server_dn_match', 'no'],
  ])('of %s: %s=%s is refused', (engine, name, value) => {
    expect(problemsOf(input(DatabaseEngine[engine] as DatabaseEngine, { parameters: { [name]: value } }))).toEqual([
      expect.objectContaining({
        rule: 'UrlParameterWeakensTls',
        property: `connectionUrl.parameters.${name}`,
        value,
      }),
    ]);
  });

  test.each<[Member, string, string, remedy: RegExp]>([
    ['POSTGRESQL', 'host', 'other.example.com', /clients must connect to the endpoint.*client guide/],
    ['POSTGRESQL', 'hostaddr', '203.0.113.7', /client guide/],
    ['POSTGRESQL', 'service', 'x', /clients must connect to the endpoint/],
    ['SQL_SERVER', 'failoverpartner', 'x', /clients must connect to the endpoint/],
    ['MONGODB', 'replicaSet', 'rs0', /clients must connect to the endpoint/],
    ['REDIS', 'addr', 'other:6379', /clients must connect to the endpoint/],
    ['POSTGRESQL', 'user', 'ann', /as user to connectionUrl/],
    ['POSTGRESQL', 'dbname', 'shop', /as database to connectionUrl/],
    ['MYSQL', 'allowLoadLocalInfile', 'true', /client's options/],
    ['MYSQL', 'allowMultiQueries', 'true', /client's options/],
    ['POSTGRESQL', 'socketFactory', 'x', /client's options/],
    ['ELASTICSEARCH', 'pretty', 'true', /client's options/],
    ['NEPTUNE', 'a', 'b', /append it to the URL in your own code/],
  ])('of %s: %s=%s is refused, with what to do instead', (engine, name, value, remedy) => {
    expect(problemsOf(input(DatabaseEngine[engine] as DatabaseEngine, { parameters: { [name]: value } }))).toEqual([
      {
        rule: 'UrlParameterUnknown',
        property: `connectionUrl.parameters.${name}`,
        value,
        reason: expect.stringMatching(/is not known to be harmless in a URL for /),
        remedy: expect.stringMatching(remedy),
      },
    ]);
  });

  test('of a custom engine, whose clients are not known, are refused', () => {
    const engine = DatabaseEngine.custom({
      name: 'etcd',
      port: 2379,
      handshake: TlsHandshake.IMMEDIATE,
      urlScheme: 'https',
    });

    expect(problemsOf(input(engine, { parameters: { a: 'b' } }))).toMatchObject([{ rule: 'UrlParameterUnknown' }]);
  });

  test('whose value decides about the certificate say which values do not weaken it', () => {
    expect(problemsOf(input(DatabaseEngine.POSTGRESQL, { parameters: { sslmode: 'require' } }))).toMatchObject([
      { remedy: expect.stringMatching(/Otherwise write verify-ca or verify-full\.$/) },
    ]);
  });

  test('whose value is known after apply are checked by Terraform', () => {
    const value = '${TfToken[TOKEN.1]}';
    const parameters = { sslmode: value, application_name: value };

    expect(connectionUrl(input(DatabaseEngine.POSTGRESQL, { parameters, terraform: READABLE }))).toBe(
      `postgresql://db.example.com:5432?application_name=\${percentEncode(${value})}&sslmode=\${percentEncode(\${matching(${value}, (?i)^(?:verify-ca|verify-full)$)})}`,
    );
  });

  test.each(DatabaseEngine.all())('that the guide of $displayName adds to a URL are accepted', (engine) => {
    const tls = usualTls(engine);
    const guide = buildClientGuide({ ...input(engine), tls });
    const added = guide.keepalive.filter(({ note }) => note.includes('parameters of the URL'));

    for (const { setting = '' } of added) {
      const parameters = Object.fromEntries(new URLSearchParams(setting));

      expect(typeof connectionUrl(input(engine, { parameters }))).toBe('string');
    }
  });

  test('that are known are distinct in any spelling, and are documented', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'connecting.md'), 'utf8');

    for (const engine of DatabaseEngine.all()) {
      const names = knownParameters(engine).map(({ name }) => name);
      for (const name of names) expect(page).toContain(`\`${name}\``);
      for (const { name, values } of knownParameters(engine)) {
        const given = { [name.toUpperCase()]: values?.[0] ?? 'x' };
        expect(typeof connectionUrl(input(engine, { parameters: given }))).toBe('string');
      }
    }
  });
});
