import { protocolOf } from '../protocol/protocols';
import type { Judge } from './finding';

export const idle: Judge = ({ request: { engine }, hold }) => {
  if (!hold) return undefined;
  const seconds = Math.round(hold.seconds);
  switch (hold.verdict) {
    case 'survived':
      return { status: 'ok', detail: `the server ${hold.evidence} after ${seconds} seconds of silence` };
    case 'forgotten':
      return {
        status: 'failed',
        detail: `the server ${hold.evidence} after ${seconds} seconds of silence`,
        remedy:
          'Something on the path drops idle connections: let clients send TCP keepalives more often (a TLS listener drops them after 350 seconds), or raise idleTimeoutSeconds on a TCP listener.',
      };
    case 'closed-meanwhile': {
      const deadline = engine._dialect === 'sftp' ? SSH_DEADLINE : protocolOf(engine)?.loginDeadline;
      const detail = `the server ${hold.evidence} after ${seconds} seconds of silence`;
      return deadline
        ? {
            status: 'unknown',
            detail: `${detail}, as servers do with clients that do not log in (${deadline})`,
            remedy: 'To measure longer times, hold a logged-in connection with a client of the engine.',
          }
        : {
            status: 'failed',
            detail,
            remedy: "Check the server's own idle timeout, and let clients send something more often.",
          };
    }
    default:
      return { status: 'unknown', detail: `the server ${hold.evidence}: there is no idle connection to hold` };
  }
};

const SSH_DEADLINE = 'LoginGraceTime, 120 seconds by default';
