import type { Row } from '../measurement';
import type { WeightsSite } from '.';

/** Whether a TLS listener takes weights, for a group of TCP and one of TLS at once. */
export async function tlsListener({ outputs, groups }: WeightsSite): Promise<Row[]> {
  const [listener, plain] = [outputs['tls_listener'] ?? '', outputs['tls_group'] ?? ''];
  const answer = await groups.weigh(listener, { [plain]: 1, [outputs['encrypted_group'] ?? '']: 0 }).then(
    () => 'accepted',
    (error: Error) => `refused: ${error.name}: ${error.message}`,
  );
  if (answer === 'accepted') await groups.turn(listener, plain);
  return [
    {
      question: 'A TLS listener with a TCP group of weight 1 and a TLS group of weight 0',
      documented: 'not documented',
      measured: answer,
    },
  ];
}
