import { printable } from '../../../../lib/rules/printable';
import type { Change, Difference, Fact } from '../difference';
import { sentenceOf, summaryText } from './sentences';

/** The differences as a report of tests: each change is one, which fails if it makes the command fail. */
export function renderJunit(differences: readonly Difference[], failOn: readonly Fact[]): string {
  const suites = differences.map((difference) => ({
    name: difference.endpoint,
    cases: difference.changes.map((change) => ({
      text: sentenceOf(change, difference, (each) => printable(each, 200)),
      failed: failedFact(change, failOn),
    })),
  }));
  const all =
    suites.length > 0 ? suites : [{ name: 'exposure', cases: [{ text: summaryText([]), failed: undefined }] }];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="database-endpoint exposure diff" ${countsOf(all.flatMap(({ cases }) => cases))}>`,
    ...all.flatMap(({ name, cases }) => [
      `  <testsuite name="${attribute(name)}" ${countsOf(cases)}>`,
      ...cases.flatMap(({ text, failed }) => caseLines(name, text, failed)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function failedFact({ facts }: Change, failOn: readonly Fact[]): Fact | undefined {
  return facts.find((fact) => failOn.includes(fact));
}

function countsOf(cases: readonly { readonly failed?: Fact }[]): string {
  return `tests="${cases.length}" failures="${cases.filter(({ failed }) => failed !== undefined).length}"`;
}

function caseLines(name: string, text: string, failed: Fact | undefined): string[] {
  const begin = `    <testcase classname="${attribute(name)}" name="${attribute(text)}"`;
  if (failed === undefined) return [`${begin}/>`];
  return [`${begin}>`, `      <failure type="${failed}" message="${attribute(text)}"/>`, '    </testcase>'];
}

function attribute(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
