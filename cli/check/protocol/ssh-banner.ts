import { INCOMPLETE, malformed, type Parsed, value } from '../connection/parsed';

/** What an SSH server says of itself. */
export interface SshBanner {
  readonly protocolVersion: string;
  readonly software: string;
}

/**
 * The identification line; servers may send other lines before it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4253#section-4.2
 */
export function parseSshBanner(bytes: Buffer): Parsed<SshBanner> {
  for (let start = 0; ; ) {
    const end = bytes.indexOf('\n', start);
    if (end < 0) return bytes.length - start > LONGEST_LINE ? NOT_SSH : INCOMPLETE;
    const [, protocolVersion, software] = LINE.exec(bytes.toString('utf8', start, end)) ?? [];
    if (protocolVersion !== undefined) return value({ protocolVersion, software }, end + 1);
    start = end + 1;
  }
}

export const SSH_IDENTIFICATION = Buffer.from('SSH-2.0-database_endpoint_check\r\n');

const LINE = /^SSH-([^-\s]+)-([^\r]*)\r?$/;
const LONGEST_LINE = 8192;
const NOT_SSH = malformed('does not answer like an SSH server');
