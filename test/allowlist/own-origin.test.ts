import { AllowedSource, type DatabaseEndpointProps } from '../../lib';
import { endpoint, refusal, validProps } from '../support/endpoint';
import { warningsOf } from '../support/synthesis';

const at = (line?: number, column?: number) => ({ origin: { file: 'fleet.yaml', line, column } });

function messages(allow: AllowedSource[], more: Partial<DatabaseEndpointProps> = {}): string[] {
  return (refusal(validProps({ allow, ...more }))?.message ?? '').split('\n');
}

describe('an entry that code makes from a file of its own', () => {
  test('is refused with its place in that file and in the properties', () => {
    expect(messages([AllowedSource.cidr('8.8.8.8'), AllowedSource.cidr('10.1.2.3/8', at(217, 9))])).toEqual([
      expect.stringMatching(/^prod\/Orders: fleet\.yaml:217:9: allow\[1\] '10\.1\.2\.3\/8' .*\[CidrHasHostBits\]$/),
    ]);
  });

  test('is refused with its place for what is said about it', () => {
    const cidr = AllowedSource.cidr('8.8.8.8', { expires: 'soon', description: 'Caf\u00e9', ...at(217) });
    const anywhere = AllowedSource.anywhere({ reason: 'why?', ...at(218) });

    expect(messages([cidr, anywhere])).toEqual([
      expect.stringMatching(/^prod\/Orders: fleet\.yaml:217: allow\[0\]\.description .*\[DescriptionInvalid\]$/),
      expect.stringMatching(/^prod\/Orders: fleet\.yaml:217: allow\[0\]\.expires .*\[ExpiryInvalid\]$/),
      expect.stringMatching(/^prod\/Orders: fleet\.yaml:218: allow\[1\]\.reason .*\[DescriptionInvalid\]$/),
    ]);
  });

  test('is named by its place where another entry repeats it', () => {
    expect(messages([AllowedSource.cidr('8.8.8.8', at(217, 9)), AllowedSource.cidr('8.8.8.8/32', at())])).toEqual([
      expect.stringMatching(/^prod\/Orders: fleet\.yaml: allow\[1\] .* repeats fleet\.yaml:217:9\./),
    ]);
  });

  test('is told how to admit everybody in code, where its file has a format of its own', () => {
    expect(messages([AllowedSource.cidr('8.0.0.0/6', at(217))])).toEqual([
      expect.stringMatching(/write AllowedSource\.anywhere\(\{ reason \}\) if everybody may connect/),
    ]);
  });

  test('is warned about with its place, block by block', () => {
    const allow = [AllowedSource.cidrs(['8.8.8.8', '192.0.2.7'], at(217, 9))];

    expect(warningsOf(endpoint(validProps({ allow }))).filter((text) => text.includes('SourceSeldomMatches'))).toEqual([
      expect.stringMatching(/fleet\.yaml:217:9: allow\[0\]\[1\] '192\.0\.2\.7'/),
    ]);
  });

  test('is in the exposure with its file, and its place', () => {
    const allow = [
      AllowedSource.cidr('8.8.8.8/32', at(217, 9)),
      AllowedSource.prefixList('pl-0123456789abcdef0', { maxEntries: 3, ...at(218) }),
      AllowedSource.cidr('9.9.9.9/32', { origin: { file: 'teams\\fleet.yaml' } }),
      AllowedSource.cidr('9.9.9.8/32'),
    ];

    const { sources } = endpoint(validProps({ allow })).exposure;

    expect(sources.map(({ value, file, location }) => [value, file, location])).toEqual([
      ['8.8.8.8/32', 'fleet.yaml', 'fleet.yaml:217:9'],
      ['9.9.9.9/32', 'teams/fleet.yaml', 'teams/fleet.yaml'],
      ['9.9.9.8/32', undefined, 'allow[3]'],
      ['pl-0123456789abcdef0', 'fleet.yaml', 'fleet.yaml:218'],
    ]);
  });
});
