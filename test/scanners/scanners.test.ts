import { SYNTHESIZED } from './configurations';
import { CHECKOV_RULES_BY_TYPE, EXPECTED_RULES } from './domain-rules';
import { EXCEPTIONS } from './exceptions';
import { NOT_EVALUATED } from './not-evaluated';
import { samples } from './samples';
import { ScannedStack } from './scanned-stack';
import type { EditableStack, ScannerRule } from './scanner-rule';
import { SCANNER_RULES } from './scanner-rules';

const STACKS = Object.entries(SYNTHESIZED).map(([name, tf]) => ({ name, tf, stack: new ScannedStack(tf) }));
const ALL_TYPES = new Set(STACKS.flatMap(({ stack }) => stack.resources.map(({ type }) => type)));

/** What does not pass: rule, type and configuration. */
const FAILURES = STACKS.flatMap(({ name, stack }) =>
  SCANNER_RULES.flatMap((rule) =>
    stack
      .of(...rule.types)
      .flatMap((resource) => (rule.passes(resource) === false ? failure(rule.id, resource.type, name) : [])),
  ),
);

function failure(id: string, type: string, name: string): string {
  return `${id} for ${type} of: ${name}`;
}

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();

describe('scanners', () => {
  test('find nothing but what is accepted, and everything that is', () => {
    const accepted = EXCEPTIONS.flatMap(({ ids, type, in: names }) =>
      ids.flatMap((id) => names.map((name) => failure(id, type, name))),
    );

    expect(unique(FAILURES)).toEqual(unique(accepted));
    expect(unique(accepted)).toHaveLength(accepted.length);
  });

  test.each(SCANNER_RULES.map((rule) => [rule.id, rule] as const))(
    '%s fails what it should, and passes what it should',
    (_, rule) => {
      const subject = subjectOf(rule);

      expect(judged(rule, subject)).toBe(true);
      expect(judged(rule, subject, rule.fail)).toBe(false);
    },
  );

  test('judge at least one resource with every rule that is about a type which the library makes', () => {
    const idle = SCANNER_RULES.filter(
      ({ types, passes }) =>
        types.some((type) => ALL_TYPES.has(type)) &&
        !STACKS.some(({ stack }) => stack.of(...types).some((resource) => passes(resource) !== undefined)),
    );

    // No health check of the library is by HTTP.
    expect(idle.map(({ id }) => id)).toEqual(['CKV_AWS_261']);
  });
});

describe('the table of rules', () => {
  const evaluated = SCANNER_RULES.map(({ id }) => id);
  const left = NOT_EVALUATED.flatMap(({ ids }) => ids);

  test('has each rule once, evaluated or not', () => {
    expect(unique([...evaluated, ...left])).toHaveLength(evaluated.length + left.length);
  });

  test('has every rule that is expected of a default endpoint', () => {
    expect(EXPECTED_RULES.filter((id) => !evaluated.includes(id) && !left.includes(id))).toEqual([]);
  });

  test('has every rule of Checkov about a type of resource that the library makes', () => {
    const types = [...ALL_TYPES].filter((type) => type.startsWith('aws_'));

    expect(types.filter((type) => CHECKOV_RULES_BY_TYPE[type] === undefined)).toEqual([]);
    const ids = Object.values(CHECKOV_RULES_BY_TYPE).flat();
    expect(unique(ids).filter((id) => !evaluated.includes(id) && !left.includes(id))).toEqual([]);
  });

  test.each(NOT_EVALUATED)('leaves out $ids for a reason that holds', ({ because, types = [] }) => {
    expect(because).toMatch(/^\S.*\.$/);
    expect(types.filter((type) => ALL_TYPES.has(type))).toEqual([]);
  });
});

interface Subject {
  readonly tf: EditableStack;
  readonly address: string;
}

/** A resource that the rule passes, by itself or after its edit. */
function subjectOf(rule: ScannerRule): Subject {
  const places = [...STACKS.map(({ tf }) => tf), samples()].flatMap((tf) =>
    new ScannedStack(tf).of(...rule.types).map(({ address }) => ({ tf: tf as unknown as EditableStack, address })),
  );
  const passing = places.find((place) => judged(rule, place));
  if (passing) return passing;
  const { pass } = rule;
  const [place] = places;
  if (pass === undefined || place === undefined) throw new Error(`${rule.id} passes nothing.`);
  return { tf: edited(place, pass), address: place.address };
}

function judged(
  rule: ScannerRule,
  { tf, address }: Subject,
  edit: ScannerRule['fail'] = () => undefined,
): boolean | undefined {
  const stack = new ScannedStack(edited({ tf, address }, edit));
  const resource = stack.resources.find((each) => each.address === address);
  return resource && rule.passes(resource);
}

function edited({ tf, address }: Subject, edit: ScannerRule['fail']): EditableStack {
  const copy = structuredClone(tf);
  const [type, id] = address.split(/\.(.*)/s);
  edit(copy.resource[type][id], copy);
  return copy;
}
