import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import { shellQuoted } from '../../stack/shell-quoted';
import { readTerraformValues } from '../../stack/terraform-values';
import { readAuthorities } from '../authorities';
import type { Authorities, CheckRequest } from '../request';
import { readExposureFiles } from './exposure-files';
import { type Missing, MissingThings } from './missing';
import { ResolvedCheck } from './resolved-check';
import type { WrittenCheck } from './written-check';

/** What all checks of a deployed stack have in common. */
export interface StackOptions extends Pick<CheckRequest, 'timeoutSeconds' | 'idleSeconds' | 'expect'> {
  /** The folder that synthesis filled. */
  readonly from: string;
  /** What Terraform knows: `FILE` or `STACK=FILE`. */
  readonly state: readonly string[];
  /** Where the files of CA certificates are. */
  readonly caFolder: string;
  /** The CA of every endpoint whose CA operating systems do not trust. */
  readonly authorities?: Authorities;
}

/** What can be checked of what was synthesized, and what that lacks. */
export interface StackRequests {
  readonly requests: readonly CheckRequest[];
  readonly missing: readonly Missing[];
}

/** The checks of everything that was synthesized. */
export function stackRequests(options: StackOptions): StackRequests {
  const { checks, stacks, problems } = readExposureFiles(options.from);
  const values = readTerraformValues(options.state, stacks);
  const missing = new MissingThings();
  const requests = checks.flatMap((check) => {
    const resolved = new ResolvedCheck(check, values.get(check.stack), missing);
    return resolved.isKnown ? [requestOf(check, resolved, options, missing)] : [];
  });
  return {
    requests,
    missing: [...problems.map((what) => ({ endpoints: [], what, remedy: '' })), ...missing.list()],
  };
}

function requestOf(
  check: WrittenCheck,
  { host, port, serverName }: ResolvedCheck,
  options: StackOptions,
  missing: MissingThings,
): CheckRequest {
  const { timeoutSeconds, idleSeconds, expect } = options;
  return {
    label: check.endpoint,
    host,
    port,
    engine: engineOf(check, port),
    serverName,
    ...(expect === 'blocked' ? {} : authoritiesOf(check, options, missing)),
    timeoutSeconds,
    idleSeconds,
    expect,
  };
}

/** Behind a listener that terminates TLS, every engine is one that opens with TLS. */
function engineOf({ engine: name, handshake }: WrittenCheck, port: number): DatabaseEngine {
  const engine = DatabaseEngine.all().find((candidate) => candidate.name === name);
  if (engine?.handshake === handshake) return engine;
  return DatabaseEngine.custom({ name, displayName: engine?.displayName, port, handshake });
}

function authoritiesOf(
  { endpoint, authority, handshake }: WrittenCheck,
  { authorities, caFolder }: StackOptions,
  missing: MissingThings,
): Pick<CheckRequest, 'authorities' | 'lacksAuthorities'> {
  if (authority.inSystemStore || handshake === TlsHandshake.NONE) return {};
  if (authorities) return { authorities };
  const own = `${endpoint.replace(/[^\w.-]+/g, '-')}.pem`;
  const shared = authority.file ?? 'ca.pem';
  const file = [own, shared].map((name) => join(caFolder, name)).find((candidate) => existsSync(candidate));
  if (file !== undefined) return { authorities: readAuthorities(file) };
  missing.add(
    endpoint,
    'the database\'s CA is missing, so "chain" cannot be checked',
    authority.bundleUrl === undefined
      ? `Put its certificate into ${join(caFolder, shared)}, or an endpoint's own into ${join(caFolder, '<stack>-<endpoint>.pem')}, or write --ca FILE.`
      : `Run: curl --fail --output ${shellQuoted(join(caFolder, shared))} ${shellQuoted(authority.bundleUrl)}`,
  );
  return { lacksAuthorities: true };
}
