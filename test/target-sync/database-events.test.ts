import { databaseEventPattern } from '../../lib/target-sync/database-events';
import { expression } from '../support/expression';

const identifiers = (count: number) => Array.from({ length: count }, (_, i) => `${i}`.padStart(63, 'x'));
const named = (list: readonly string[]) =>
  (databaseEventPattern(list) as { detail: { SourceIdentifier?: string[] } }).detail.SourceIdentifier;

test('a pattern names each database once, in the order of the endpoints', () => {
  expect(named(['b', 'a', 'b'])).toEqual(['b', 'a']);
});

test('a pattern that names its databases is within the limit of EventBridge', () => {
  const most = [...Array(60).keys()].filter((count) => named(identifiers(count)) !== undefined).pop() ?? 0;

  expect(most).toBeGreaterThan(20);
  expect(JSON.stringify(databaseEventPattern(identifiers(most))).length).toBeLessThanOrEqual(2048);
});

test('more databases than can be named are all of them', () => {
  expect(databaseEventPattern(identifiers(60))).not.toHaveProperty('detail.SourceIdentifier');
  expect(databaseEventPattern(identifiers(60))).toHaveProperty('detail.EventID');
});

test('an identifier that only Terraform knows may be as long as any', () => {
  const unknown = Array.from({ length: 60 }, (_, i) => expression(`var.id${i}`));

  expect(named(unknown)).toBeUndefined();
  expect(named(unknown.slice(0, 20))).toEqual(unknown.slice(0, 20));
});
