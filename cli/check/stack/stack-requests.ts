import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseEngine } from '../../../lib/engine/database-engine';
import { TlsHandshake } from '../../../lib/engine/tls-handshake';
import { UsageError } from '../../usage-error';
import { readAuthorities } from '../authorities';
import type { Authorities, CheckRequest } from '../request';
import { readExposureFiles, type WrittenCheck } from './exposure-files';
import { readTerraformValues, type TerraformValues } from './terraform-values';

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

/** The checks of everything that was synthesized. Throws one `UsageError` with all that is missing. */
export function stackRequests(options: StackOptions): readonly CheckRequest[] {
  const checks = readExposureFiles(options.from);
  const stacks = [...new Set(checks.map(({ stack }) => stack))];
  const values = readTerraformValues(options.state, stacks);
  const missing: string[] = [];
  const requests = checks.map((check) =>
    requestOf(check, values.get(check.stack), options, (what) => missing.push(what)),
  );
  if (missing.length > 0) throw new UsageError([...new Set(missing)].join('\n       '));
  return requests;
}

function requestOf(
  check: WrittenCheck,
  values: TerraformValues | undefined,
  options: StackOptions,
  miss: (what: string) => void,
): CheckRequest {
  const { endpoint, stack, hostnameOutput } = check;
  const find = (what: string, text: string, output?: string): string => {
    const found = resolved(text, values) ?? (output === undefined ? undefined : values?.outputs.get(output));
    if (found === undefined) {
      miss(
        `${endpoint}: only Terraform knows its ${what} (${text}). Add --state ${stack}=FILE with what \`terraform show -json\` prints in the folder of the stack${
          output === undefined ? ', or call addOutputs() on the endpoint' : ''
        }.`,
      );
    }
    return String(found ?? '');
  };
  const host = find('hostname', check.hostname, hostnameOutput);
  const port = Number(find('port', check.port, hostnameOutput?.replace(/hostname$/, 'port')));
  const serverName =
    check.serverName === check.hostname || check.serverName === undefined
      ? host
      : find('name in the certificate', check.serverName);
  const { timeoutSeconds, idleSeconds, expect } = options;
  return {
    label: endpoint,
    host,
    port,
    engine: engineOf(check, port),
    serverName,
    authorities: expect === 'blocked' ? undefined : authoritiesOf(check, options, miss),
    timeoutSeconds,
    idleSeconds,
    expect,
  };
}

/** The text with values in place of its expressions; `undefined` where one is not known. */
function resolved(text: string, values: TerraformValues | undefined): string | undefined {
  let isKnown = true;
  const filled = text.replace(/\$\{([^{}]*)\}/g, (_, expression: string) => {
    const [, address, attribute] = /^((?:data\.)?\w+\.[\w-]+)\.(\w+)$/.exec(expression.trim()) ?? [];
    const value = values?.resources.get(address ?? '')?.[attribute ?? ''];
    isKnown &&= typeof value === 'string' || typeof value === 'number';
    return String(value);
  });
  return isKnown && !/[$%]\{/.test(filled) ? filled : undefined;
}

/** Behind a listener that terminates TLS, every engine is one that opens with TLS. */
function engineOf({ engine: name, handshake }: WrittenCheck, port: number): DatabaseEngine {
  const engine = DatabaseEngine.all().find((candidate) => candidate.name === name);
  if (engine?.handshake === handshake) return engine;
  return DatabaseEngine.custom({ name, displayName: engine?.displayName, port, handshake: handshake as TlsHandshake });
}

function authoritiesOf(
  { endpoint, authority, handshake }: WrittenCheck,
  { authorities, caFolder }: StackOptions,
  miss: (what: string) => void,
): Authorities | undefined {
  if (authority.inSystemStore || handshake === TlsHandshake.NONE) return undefined;
  if (authorities) return authorities;
  const own = `${endpoint.replace(/[^\w.-]+/g, '-')}.pem`;
  const file = [own, ...(authority.file === undefined ? [] : [authority.file])]
    .map((name) => join(caFolder, name))
    .find((candidate) => existsSync(candidate));
  if (file !== undefined) return readAuthorities(file);
  miss(
    authority.bundleUrl === undefined
      ? `${endpoint}: the CA of its database is missing. Put its certificate into ${join(caFolder, own)}, or write --ca FILE.`
      : `${endpoint}: the CA of its database is missing. Run: curl --fail --output ${join(caFolder, String(authority.file))} ${authority.bundleUrl}`,
  );
  return undefined;
}
