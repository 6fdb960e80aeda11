import { serverText } from '../../server-text';
import type { Judge } from './finding';

/** 1.99 is a server that speaks version 2 and the broken version 1. https://www.rfc-editor.org/rfc/rfc4253#section-5.1 */
export const ssh: Judge = ({ ssh: seen }) => {
  if (!seen) return undefined;
  if (seen instanceof Error) {
    return {
      status: 'failed',
      detail: `the server ${seen.message}`,
      remedy: 'Check whether an SSH server listens on this port.',
    };
  }
  const detail = `speaks SSH ${serverText(seen.protocolVersion)} (${serverText(seen.software)})`;
  if (seen.protocolVersion === '2.0') return { status: 'ok', detail };
  return { status: 'failed', detail, remedy: 'Allow only SSH 2.0 on the server.' };
};
