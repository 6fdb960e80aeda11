import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AllowedSource, AllowlistFile, type AllowlistFileOptions, type DatabaseEndpointProps } from '../../lib';
import { homesOf, synthesizedGroups } from '../allowlist/synthesized-groups';
import { refusal, synthesizeEndpoint, validProps } from '../support/endpoint';

export const TODAY = '2026-07-01';

let folder: string;

/** Gives each test that follows a folder of its own, for the files that it writes. */
export function eachInItsFolder(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'allowlist-file-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
}

export function inFolder(path: string): string {
  return join(folder, path);
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(inFolder(path)), { recursive: true });
  writeFileSync(inFolder(path), text);
}

export function read(path = 'allowlist.yaml', options?: AllowlistFileOptions): AllowedSource[] {
  return AllowlistFile.read(inFolder(path), options);
}

/** An endpoint that admits these. */
export function props(allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): DatabaseEndpointProps {
  return validProps({ allow, dualStack: true, allowlist: { asOf: TODAY }, ...overrides });
}

/** What such an endpoint admits. */
export function keys(allow: AllowedSource[]): string[] {
  return [...homesOf(synthesizedGroups(synthesizeEndpoint(props(allow)))).keys()].sort();
}

/** What an endpoint is refused with, as if the files stood in the working directory. */
export function mistakes(allow: AllowedSource[], overrides: Partial<DatabaseEndpointProps> = {}): string[] {
  return (refusal(props(allow, overrides))?.message ?? '').replaceAll(`${folder}/`, '').split('\n');
}

/** A file with everything in it, which includes `shared/offices.yaml`. */
export const FULL = `version: 1
owner: data-platform@example.com
labels: { system: orders }
include: [shared/offices.yaml]
entries:
  - 52.20.30.40
  - cidr: 2600:1f18::/48
    description: Metabase Cloud
    ticket: SEC-1201
    expires: 2031-01-31
  - awsPrefixList: com.amazonaws.eu-central-1.s3
groups:
  - name: partners
    description: Partners under contract
    owner: jane@example.com
    pinned: true
    entries:
      - 35.10.0.0/16
      - cidr: 35.11.0.1
        description: Acme
        labels: { tier: gold }
  - name: auditors
    expires: 2026-06-30
    entries: [151.10.20.30]
`;
export const OFFICES = `groups:
  - name: offices
    entries:
      - prefixList: pl-0123456789abcdef0
        maxEntries: 20
        description: Branches
      - securityGroup: sg-0123456789abcdef0
`;
