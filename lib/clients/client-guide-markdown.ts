import type { ClientGuide } from './client-guide';
import type { ClientKeepalive } from './keepalive/client-keepalive';
import { codeBlock as code, codeSpan, markdownText, oneLine } from './quoting/markdown';
import { commandLine } from './quoting/shell';
import type { TextFunctions } from './quoting/text-functions';
import type { ClientRecipe } from './recipes/client-recipe';
import type { UserStatements } from './user-statements/user-statements';

/**
 * The guide as a page for people. All texts may be unknown until apply.
 *
 * @internal
 */
export function clientGuideMarkdown(guide: ClientGuide, displayName: string, terraform: TextFunctions): string {
  const { notes, keepalive, userStatements } = guide;
  return `${[
    `# Connecting to ${markdownText(displayName)} at ${guide.hostname}`,
    ...facts(guide, terraform),
    ...guide.clients.flatMap(recipe),
    ...(notes.length > 0 ? ['## Notes', list(notes)] : []),
    '## Idle connections',
    ...(guide.idleTimeoutSeconds === undefined
      ? []
      : [`The load balancer drops a connection after ${guide.idleTimeoutSeconds} seconds without traffic.`]),
    ...keepalive.flatMap(keepaliveLines),
    ...(guide.certificateReload ? ['## When the certificate changes', guide.certificateReload] : []),
    ...(userStatements ? userSection(userStatements) : []),
  ].join('\n\n')}\n`;
}

function facts(guide: ClientGuide, terraform: TextFunctions): readonly string[] {
  const { hostname, port, url, serverName, certificateAuthority } = guide;
  const { description, bundleUrl, file } = certificateAuthority;
  return [
    list([
      `Host: ${codeSpan(hostname)}, port ${port}`,
      ...(url === undefined ? [] : [`URL: ${codeSpan(url)}`]),
      `Name in the certificate: ${codeSpan(serverName)}`,
      `CA: ${description}`,
    ]),
    ...(bundleUrl === undefined
      ? []
      : [code('sh', commandLine(['curl', '--fail', '--output', file, bundleUrl], terraform))]),
  ];
}

function recipe({ client, command, verifiesName, verifiesChain, note }: ClientRecipe): readonly string[] {
  const verified = [...(verifiesChain ? ['the CA'] : []), ...(verifiesName ? ['the name'] : [])].join(' and ');
  return [`## ${client}`, code('sh', command), [`It verifies ${verified}.`, ...(note ? [note] : [])].join(' ')];
}

function keepaliveLines({ client, setting, note }: ClientKeepalive): readonly string[] {
  return [`**${client}**: ${note}`, ...(setting === undefined ? [] : [code('', setting)])];
}

function userSection(user: UserStatements): readonly string[] {
  const { where, statements, hardening, removal, configuration, notes } = user;
  return [
    '## A user for an integration',
    `Give each integration its own user that can read only what it needs, instead of the administrator's. ${where}`,
    code('', statements.join('\n')),
    ...(configuration
      ? [`Insert before all other lines of ${configuration.file}:`, code('', configuration.lines.join('\n'))]
      : []),
    ...(hardening.length > 0
      ? ['These revoke rights from all users; others may rely on them:', code('', hardening.join('\n'))]
      : []),
    ...(notes.length > 0 ? [list(notes)] : []),
    'To remove the user:',
    code('', removal.join('\n')),
  ];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${oneLine(item)}`).join('\n');
}
