import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../../lib/endpoint/endpoint-rules';
import { describeProblem } from '../../lib/rules/endpoint-error';
import { ALLOWLIST_MISTAKES } from '../allowlist/allowlist.refusals';
import { CERTIFICATE_MISTAKES } from '../certificate/certificate.refusals';
import { DOMAIN_MISTAKES } from '../dns/domain.refusals';
import { ADDRESS_MISTAKES, ADDRESS_WARNED } from '../load-balancer/address.refusals';
import { CONSUMER_REFUSALS, CONSUMER_WARNED } from '../load-balancer/consumer.refusals';
import { LOAD_BALANCER_MISTAKES } from '../load-balancer/load-balancer.refusals';
import { PRIVATE_LINK_REFUSALS, PRIVATE_LINK_WARNED } from '../load-balancer/private-link.refusals';
import { SHARED_WARNED } from '../load-balancer/shared.warnings';
import { SHARED_LOAD_BALANCER_MISTAKES } from '../load-balancer/shared-load-balancer.refusals';
import { SHARING_MISTAKES } from '../load-balancer/sharing.refusals';
import { LOG_MISTAKES } from '../logs/log.refusals';
import { MONITORING_MISTAKES, MONITORING_WARNED } from '../monitoring/monitoring.refusals';
import { ACCESS_MISTAKES, PLACEMENT_MISTAKES } from '../placement/placement.refusals';
import { endpoint, refusal } from '../support/endpoint';
import { warningsAbout } from '../support/judged';
import type { Mistake } from '../support/mistake';
import { warningsOf } from '../support/synthesis';
import { SYNC_WARNINGS, TARGET_SYNC_MISTAKES, TARGET_SYNC_WARNED } from '../target-sync/target-sync.refusals';
import { FOLLOWED_TARGET_MISTAKES, FOLLOWED_TARGET_WARNED } from '../targets/followed-target.refusals';
import { SESSIONS_MISTAKES } from '../targets/sessions.refusals';
import { TARGET_MISTAKES } from '../targets/target.refusals';
import { TLS_MISTAKES } from '../tls/tls.refusals';
import { USER_WARNINGS } from '../users/database-user.refusals';
import { ENDPOINT_MISTAKES, ENGINE_MISTAKES } from './endpoint.refusals';
import { WARNINGS as ENDPOINT_WARNINGS } from './endpoint.warnings';
import { INTEGRATION_MISTAKES } from './integration.refusals';
import { UNTYPED_MISTAKES } from './untyped.refusals';

const REFUSALS = [
  ...ENDPOINT_MISTAKES,
  ...ENGINE_MISTAKES,
  ...LOAD_BALANCER_MISTAKES,
  ...ADDRESS_MISTAKES,
  ...LOG_MISTAKES,
  ...DOMAIN_MISTAKES,
  ...TLS_MISTAKES,
  ...CERTIFICATE_MISTAKES,
  ...TARGET_MISTAKES,
  ...SESSIONS_MISTAKES,
  ...FOLLOWED_TARGET_MISTAKES,
  ...TARGET_SYNC_MISTAKES,
  ...ALLOWLIST_MISTAKES,
  ...ACCESS_MISTAKES,
  ...PLACEMENT_MISTAKES,
  ...UNTYPED_MISTAKES,
];

const WARNINGS = [...ENDPOINT_WARNINGS, ...ADDRESS_WARNED, ...FOLLOWED_TARGET_WARNED, ...TARGET_SYNC_WARNED];

/** Rows whose own tests stand elsewhere: what is refused when a load balancer is shared over PrivateLink, or integrated. */
const REFUSED_ELSEWHERE = [
  ...PRIVATE_LINK_REFUSALS,
  ...CONSUMER_REFUSALS,
  ...INTEGRATION_MISTAKES,
  ...MONITORING_MISTAKES,
].map(({ rule }) => rule);
const WARNED_ELSEWHERE = [...PRIVATE_LINK_WARNED, ...CONSUMER_WARNED, ...MONITORING_WARNED].map(({ rule }) => rule);

const title = ({ rule, where }: Mistake): [string, string] => [rule, where];

/** The problems of a row as they must be, for `toEqual`. */
function expected({ rule, problems }: Mistake): unknown[] {
  return problems.map(({ property, value, reason, remedy }) => ({
    rule,
    property,
    value,
    reason: expect.stringMatching(reason),
    remedy: expect.stringMatching(remedy),
  }));
}

describe.each(REFUSALS.map((row) => [...title(row), row] as const))('%s is found where %s', (_, __, row) => {
  const error = refusal(row.props, row.beside);

  test('and nothing else is', () => {
    expect(error?.problems.map((problem) => ({ value: undefined, ...problem }))).toEqual(expected(row));
  });

  test('and said in full sentences that name the construct, the property and the rule', () => {
    const sentences = error?.problems.map(describeProblem) ?? [''];

    expect(error?.message).toBe(sentences.map((sentence) => `prod/Orders: ${sentence}`).join('\n'));
    for (const sentence of sentences) {
      expect(sentence).toMatch(new RegExp(`^\\w.*\\. [A-Z].*[.)*] \\[${row.rule}\\]$`, 's'));
    }
  });
});

describe.each(WARNINGS.map((row) => [...title(row), row] as const))('%s is warned of where %s', (_, __, row) => {
  const found = warningsAbout(row.props).filter(({ rule }) => rule === row.rule);

  test('with property, value, reason and remedy', () => {
    expect(found.map((problem) => ({ value: undefined, ...problem }))).toEqual(expected(row));
  });

  test('at synthesis, until it is acknowledged', () => {
    const shown = (acknowledge: string[]) =>
      warningsOf(endpoint({ ...row.props, acknowledge })).filter((warning) => warning.endsWith(`[${row.rule}]`));

    expect(shown([])).toHaveLength(row.problems.length);
    expect(shown([row.rule])).toEqual([]);
  });
});

describe('every rule', () => {
  const names = (rules: readonly { readonly name: string }[]) => [...new Set(rules.map(({ name }) => name))].sort();
  const rows = (mistakes: readonly { readonly rule: string }[], ...others: readonly string[]) =>
    [...new Set([...mistakes.map(({ rule }) => rule), ...others])].sort();

  test('that refuses is in the tables of these tests, and is documented', () => {
    // Where a function belongs is a matter of constructs: test/target-sync/target-sync.test.ts.
    const all = [...REFUSALS, ...SHARED_LOAD_BALANCER_MISTAKES, ...SHARING_MISTAKES];
    expect(rows(all, 'SyncElsewhere', ...REFUSED_ELSEWHERE)).toEqual(names(ALL_RULES.refusals));
  });

  test('that warns is in the table of these tests, and is documented', () => {
    const all = [...WARNINGS, ...SHARED_WARNED, ...SYNC_WARNINGS, ...USER_WARNINGS];
    expect(rows(all, ...WARNED_ELSEWHERE)).toEqual(names(ALL_RULES.warnings));
  });

  test('has a name of its own, in words that one can search for', () => {
    const all = [...ALL_RULES.refusals, ...ALL_RULES.warnings].map(({ name }) => name);

    expect(new Set(all).size).toBe(all.length);
    for (const name of all) expect(name).toMatch(/^([A-Z][a-z]+|\d+|[A-Z][a-z]*\d+)+$/);
  });

  test('says on what fact it rests, in a sentence', () => {
    for (const { because, see } of [...ALL_RULES.refusals, ...ALL_RULES.databaseUsers, ...ALL_RULES.warnings]) {
      expect(because).toMatch(/^[A-Z].*\.$/);
      expect(see ?? 'https://').toMatch(/^https:\/\//);
    }
  });

  test('is found by its name in the documentation', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8');

    for (const { name } of [
      ...ALL_RULES.refusals,
      ...ALL_RULES.targetSync,
      ...ALL_RULES.databaseUsers,
      ...ALL_RULES.warnings,
    ]) {
      expect(page).toContain(`\`${name}\``);
    }
  });
});
