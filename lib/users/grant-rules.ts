import { partProblem } from '../clients/user-statements/user-rules';
import type { Finding, Rule } from '../rules/rule';
import { isUnresolved, isUnresolvedList, itemsOf } from '../tokens/unresolved';
import type { Grant } from './grant';
import { normalized, privilegesOf } from './user-engine';
import type { UserSettings } from './user-settings';

/** Validation rules for what a user is granted. */
export const GRANT_RULES: readonly Rule<UserSettings>[] = [
  {
    name: 'GrantsMissing',
    because: 'A login without a grant is of no use, and would be taken for one that has some.',
    check: ({ props: { grants } }) =>
      grants.length > 0
        ? undefined
        : { property: 'grants', reason: 'is empty', remedy: 'Write at least one, such as Grant.read({ schema }).' },
  },
  {
    name: 'GrantTablesMissing',
    because: 'An empty list could mean no table, or all of them.',
    check: ({ props: { grants } }) =>
      grants.flatMap(({ _on: { tables } }, i) =>
        tables === undefined || isUnresolvedList(tables) || tables.length > 0
          ? []
          : {
              property: `${placeOf(grants[i], i)}.tables`,
              reason: 'is empty',
              remedy: 'Name tables, or leave it out to grant on all of the schema.',
            },
      ),
  },
  {
    name: 'GrantNameInvalid',
    because: 'Names end up in statements, and a name that the server reads differently is something else.',
    check: ({ props, engine }) => {
      if (engine === undefined) return undefined;
      const { longest, unit } = engine.names;
      return namesIn(props).flatMap(({ property, text }) => {
        const problem = isUnresolved(text) ? undefined : partProblem(text, engine.names);
        const remedy = `Use a name of 1 to ${longest} ${unit}, without control characters and without spaces around it.`;
        return problem ? [{ property, value: text, reason: problem.reason, remedy }] : [];
      });
    },
  },
  {
    name: 'GrantSchemaReserved',
    because: 'These schemas belong to the server: what is in them is not for integrations.',
    check: ({ props: { grants }, engine }) =>
      grants.flatMap((grant, i) => {
        const { schema } = grant._on;
        return isUnresolved(schema) || !engine?.systemSchemas.test(schema)
          ? []
          : {
              property: `${placeOf(grant, i)}.schema`,
              value: schema,
              reason: 'is a schema of the server itself',
              remedy: 'Name a schema of your own.',
            };
      }),
  },
  {
    name: 'GrantPrivilegesMissing',
    because: 'A grant without a privilege grants nothing.',
    check: ({ props: { grants } }) =>
      grants.flatMap(({ _privileges: privileges }, i) =>
        privileges?.length === 0
          ? { property: `grants[${i}].privileges`, reason: 'is empty', remedy: 'Write at least one, such as SELECT.' }
          : [],
      ),
  },
  {
    name: 'GrantPrivilegeUnknown',
    because:
      'What may be granted is a list of words, so that nothing else gets into a statement, GRANT OPTION included.',
    check: ({ props, engine }) => {
      if (engine === undefined) return undefined;
      return props.grants.flatMap(({ _privileges: privileges = [], _on: { tables } }, i) => {
        const isWhole = tables === undefined;
        const known = engine.privileges({ isWhole, futureTables: mayBeTrue(props.futureTables) });
        const elsewhere = engine.privileges({ isWhole: true, futureTables: true });
        return itemsOf(privileges).flatMap((privilege, j): Finding[] => {
          if (isUnresolved(privilege) || known.includes(normalized(privilege))) return [];
          const needsMore = elsewhere.includes(normalized(privilege));
          const more = engine.name === 'postgres' ? 'a whole schema' : 'a whole database, with futureTables: true';
          return [
            {
              property: `grants[${i}].privileges[${j}]`,
              value: privilege,
              reason: needsMore ? 'is not a privilege on single tables' : 'is not a privilege that can be granted here',
              remedy: needsMore ? `Grant it on ${more}.` : `Write one of ${known.join(', ')}.`,
            },
          ];
        });
      });
    },
  },
  {
    name: 'GrantDuplicate',
    because: 'Two grants on the same tables read as if only one of them held.',
    check: ({ props: { grants } }) => {
      const keys = grants.map(({ _on: { schema, tables } }) =>
        JSON.stringify([schema, tables === undefined || isUnresolvedList(tables) ? tables : [...tables].sort()]),
      );
      return [
        ...keys.flatMap((key, i) =>
          keys.indexOf(key) === i
            ? []
            : {
                property: `grants[${i}]`,
                value: grants[i]._on.schema,
                reason: `is on the same tables as grants[${keys.indexOf(key)}]`,
                remedy: 'Write one grant with the privileges of both.',
              },
        ),
        ...grants.flatMap((grant, i) => repeatedIn(grant._on.tables, `${placeOf(grant, i)}.tables`)),
        ...grants.flatMap(({ _privileges: privileges }, i) =>
          repeatedIn(privileges?.map(normalized), `grants[${i}].privileges`),
        ),
      ];
    },
  },
  {
    name: 'FutureTablesUnused',
    because: 'A list of tables is a list: tables that are made later are not on it.',
    check: ({ props: { futureTables, grants } }) =>
      futureTables === true && grants.length > 0 && grants.every(({ _on: { tables } }) => tables !== undefined)
        ? {
            property: 'futureTables',
            value: true,
            reason: 'changes nothing, since every grant lists its tables',
            remedy: 'Leave tables out of a grant to grant on all of the schema, or leave futureTables out.',
          }
        : undefined,
  },
];

/** Warnings about what a user is granted. */
export const GRANT_WARNINGS: readonly Rule<UserSettings>[] = [
  {
    name: 'GrantRunsCode',
    because: 'Triggers, events and routines run what their author wrote with the rights of others.',
    see: 'https://www.postgresql.org/docs/current/ddl-priv.html',
    check: ({ props: { grants }, engine }) =>
      engine === undefined
        ? undefined
        : grants.flatMap((grant, i) =>
            itemsOf(privilegesOf(grant, engine)).flatMap((privilege, j) =>
              isUnresolved(privilege) || !RUNS_CODE.test(normalized(privilege))
                ? []
                : {
                    property: `grants[${i}].privileges[${j}]`,
                    value: privilege,
                    reason: 'lets the login have its own code run with the rights of others',
                    remedy: 'Grant only the privileges that the integration needs.',
                  },
            ),
          ),
  },
];

const RUNS_CODE = /^(?:TRIGGER|EVENT|CREATE ROUTINE|ALTER ROUTINE|ALL PRIVILEGES)$/;

interface NamedText {
  readonly property: string;
  readonly text: string;
}

function namesIn({ database, grants }: UserSettings['props']): readonly NamedText[] {
  return [
    { property: 'database', text: database },
    ...grants.flatMap((grant, i) => {
      const { schema, tables = [] } = grant._on;
      const place = placeOf(grant, i);
      return [
        { property: `${place}.schema`, text: schema },
        ...itemsOf(tables).map((text, j) => ({ property: `${place}.tables[${j}]`, text })),
      ];
    }),
  ];
}

/** Where the scope of a grant was written. */
function placeOf({ _kind: kind }: Grant, i: number): string {
  return kind === 'custom' ? `grants[${i}].on` : `grants[${i}]`;
}

function repeatedIn(list: readonly string[] | undefined, property: string): Finding[] {
  const items = itemsOf(list ?? []);
  return items.flatMap((value, i) =>
    items.indexOf(value) === i
      ? []
      : { property: `${property}[${i}]`, value, reason: 'is listed twice', remedy: 'Keep one.' },
  );
}

function mayBeTrue(value: unknown): boolean {
  return value === true || isUnresolved(value);
}
