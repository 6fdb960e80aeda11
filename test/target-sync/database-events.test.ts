import { databaseEventPattern } from '../../lib/target-sync/database-events';
import { expression } from '../support/expression';

interface Detail {
  readonly EventID?: string[];
  readonly SourceIdentifier?: string[];
}
const detailsOf = (list: readonly string[]): readonly Detail[] => {
  const { detail } = databaseEventPattern(list) as { detail: Detail & { $or?: Detail[] } };
  return detail.$or ?? [detail];
};
const identifiers = (count: number) => Array.from({ length: count }, (_, i) => `${i}`.padStart(63, 'x'));
const named = (list: readonly string[]) => detailsOf(list)[0].SourceIdentifier;

test('a pattern names each database once, in the order of the endpoints, with the prefix of AWS and without it', () => {
  expect(named(['b', 'a', 'b'])).toEqual(['b', 'rds:b', 'a', 'rds:a']);
});

test('of the databases that are named, failovers, shutdowns and restarts are listened to', () => {
  expect(detailsOf(['orders'])[0].EventID).toEqual(
    [
      '0004',
      '0006',
      '0013',
      '0015',
      '0034',
      '0049',
      '0050',
      '0051',
      '0065',
      '0069',
      '0070',
      '0071',
      '0072',
      '0073',
    ].map((number) => `RDS-EVENT-${number}`),
  );
});

test('of Blue/Green deployments and proxies, whose events name no database, all are listened to', () => {
  const [, others] = detailsOf(['orders']);

  expect(others).not.toHaveProperty('SourceIdentifier');
  expect(others.EventID).toEqual(
    expect.arrayContaining(['RDS-EVENT-0248', 'RDS-EVENT-0251', 'RDS-EVENT-0260', 'RDS-EVENT-0207']),
  );
  expect(databaseEventPattern(['orders'])).toMatchObject({
    'detail-type': expect.arrayContaining(['RDS Blue Green Deployment Event', 'RDS DB Proxy Event']),
  });
});

test('a pattern that names its databases is within the limit of EventBridge', () => {
  const most = [...Array(60).keys()].filter((count) => named(identifiers(count)) !== undefined).pop() ?? 0;

  expect(most).toBeGreaterThan(7);
  expect(JSON.stringify(databaseEventPattern(identifiers(most))).length).toBeLessThanOrEqual(2048);
});

test('more databases than can be named are all of them', () => {
  expect(detailsOf(identifiers(60))).toHaveLength(1);
  expect(named(identifiers(60))).toBeUndefined();
  expect(detailsOf(identifiers(60))[0].EventID).toEqual(
    detailsOf(['orders']).flatMap(({ EventID }) => EventID as string[]),
  );
});

test('an identifier that is known after apply may be as long as any', () => {
  const unknown = Array.from({ length: 60 }, (_, i) => expression(`var.id${i}`));

  expect(named(unknown)).toBeUndefined();
  expect(named(unknown.slice(0, 2))).toEqual(unknown.slice(0, 2).flatMap((id) => [id, `rds:${id}`]));
});
