import * as fc from 'fast-check';
import type { UserStatements } from '../../../lib/clients/user-statements/user-statements';
import { userStatements } from '../../../lib/clients/user-statements/write-statements';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import type { Member } from '../../engine/engine-facts';
import { shellWords } from '../../support/shell-words';
import { OPTIONS, STATEMENTS } from './statements-by-engine';
import { engineOf, written } from './written-statements';

describe('no name can say more than itself', () => {
  const NAMED = Object.entries(STATEMENTS).flatMap(([member, { names, grantsTables = false }]) =>
    names ? [[member as Member, names, grantsTables] as const] : [],
  );

  // Texts that are made of what has a meaning somewhere, and texts of anything.
  const nasty = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abcXYZ019_'), minLength: 1, maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'"\'`[]\\;-/*.$(){}&@:%# ab\n'), minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  );

  test.each(NAMED)('to %s', (member, { token, read }, isTable) => {
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    const optionsOf = (schema: string, table: string, database: string) => ({
      database,
      canRead: [isTable ? `${quoted(schema)}.${quoted(table)}` : table],
    });
    const bodies = ({ statements, removal, hardening, configuration }: UserStatements) => [
      ...statements,
      ...removal,
      ...hardening,
      ...(configuration?.lines ?? []),
    ];
    const skeletons = (login: UserStatements) => bodies(login).map((text) => text.replaceAll(token, '?'));
    const plain = skeletons(written(member, optionsOf('s', 't', 'd')));
    let accepted = 0;

    fc.assert(
      fc.property(nasty, nasty, nasty, (schema, table, database) => {
        const options = { ...OPTIONS, ...optionsOf(schema, table, database) };
        const login = userStatements(engineOf(member), options);
        if (!('statements' in login)) {
          expect(login.map(({ rule }) => rule)).toEqual(
            login.map(() => expect.stringMatching(/^User(StatementNameInvalid|ValueUnknown)$/)),
          );
          return;
        }
        accepted++;
        const names = bodies(login).flatMap((text) => (text.match(token) ?? []).map(read));

        expect(skeletons(login)).toEqual(plain);
        expect(names).toEqual(expect.arrayContaining(isTable ? [schema, table] : [table]));
      }),
      { numRuns: 1000 },
    );

    expect(accepted).toBeGreaterThan(5);
  });

  test('to the shell and the broker of RabbitMQ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(nasty, { minLength: 1, maxLength: 4 }), nasty, (canRead, other) => {
        const login = userStatements(DatabaseEngine.RABBITMQ, { user: 'looker', canRead });
        if (!('statements' in login)) return;
        const words = shellWords(login.statements[2]);

        expect(words.slice(0, -1)).toEqual(['rabbitmqctl', 'set_permissions', '--vhost=/', 'looker', '^$', '^$']);
        const pattern = new RegExp(words.at(-1) ?? '', 'u');
        for (const queue of canRead) expect(pattern.test(queue)).toBe(true);
        expect(pattern.test(other)).toBe(canRead.includes(other));
      }),
      { numRuns: 1000 },
    );
  });
});
