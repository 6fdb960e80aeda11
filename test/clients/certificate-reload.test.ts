import { buildClientGuide } from '../../lib/clients/client-guide';
import { DatabaseEngine } from '../../lib/engine/database-engine';
import { LEFT_ALONE } from '../support/text-functions';

const reloadOf = (engine: DatabaseEngine, tls: 'terminate' | 'passthrough', certificateName?: string) =>
  buildClientGuide({ engine, tls, hostname: 'db.example.com', port: 1, certificateName, terraform: LEFT_ALONE })
    .certificateReload;

test.each([
  ['postgresql', '`SELECT pg_reload_conf();`'],
  ['mysql', '`ALTER INSTANCE RELOAD TLS;`'],
  ['mariadb', '`FLUSH SSL;`'],
  ['redis', '`CONFIG SET tls-cert-file'],
  ['mongodb', 'rotateCertificates'],
  ['rabbitmq', 'ssl:clear_pem_cache()'],
])('the guide of %s says how to reload a certificate: %s', (name, statement) => {
  const engine = DatabaseEngine.all().find((each) => each.name === name)!;

  expect(reloadOf(engine, 'passthrough')).toMatch(/^Each time its certificate or key changes, .*\.$/);
  expect(reloadOf(engine, 'passthrough')).toContain(statement);
  expect(reloadOf(engine, 'terminate')).toBeUndefined();
});

test('every engine that one can run oneself and that does TLS has a way', () => {
  const without = DatabaseEngine.all().filter((engine) => reloadOf(engine, 'passthrough') === undefined);

  expect(without.map(({ name }) => name)).toEqual([
    'aurora-mysql',
    'aurora-postgresql',
    'documentdb',
    'neptune',
    'redshift',
    'sftp',
  ]);
});

test('RDS sees to its certificates itself', () => {
  expect(
    reloadOf(DatabaseEngine.POSTGRESQL, 'passthrough', 'orders.abc.eu-central-1.rds.amazonaws.com'),
  ).toBeUndefined();
});
