import { type Artifact, artifacts, npmOf } from './parts';

export interface AuditOutcome {
  /** Whether a part has a known vulnerability. */
  readonly vulnerable: boolean;
  /** What to tell. */
  readonly text: string;
}

/**
 * Asks the registry for known vulnerabilities of what is published. A registry that has no such service, as many
 * mirrors have none, is not a finding: it is said, and the pipeline goes on.
 */
export function audit(artifact: Artifact): AuditOutcome {
  const { stdout, stderr } = npmOf(artifact, ['audit', '--json']);
  const { vulnerabilities } = report(stdout);
  if (vulnerabilities === undefined) {
    const [reason = 'no answer'] = /\d{3} [A-Z][\w ]*\w|E[A-Z]{4,}/.exec(stdout + stderr) ?? [];
    return { vulnerable: false, text: `${artifact.name}: NOT AUDITED, the registry cannot tell (${reason})` };
  }
  const found = Object.values(vulnerabilities).map(({ name, severity, range }) => `${name} ${range} (${severity})`);
  const parts = `${artifact.parts.length} packages`;
  return found.length === 0
    ? { vulnerable: false, text: `${artifact.name}: ${parts} without a known vulnerability` }
    : { vulnerable: true, text: `${artifact.name}: ${found.join(', ')}` };
}

interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
}

function report(stdout: string): { readonly vulnerabilities?: { readonly [name: string]: Vulnerability } } {
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
}

async function main(): Promise<void> {
  for (const artifact of await artifacts()) {
    const { vulnerable, text } = audit(artifact);
    console.log(text);
    if (vulnerable) process.exitCode = 1;
  }
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
