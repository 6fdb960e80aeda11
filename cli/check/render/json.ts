import type { Report } from '../report';

/**
 * One report for programs. Names and meanings are part of the command's interface, as docs/cli.md tells them; fields
 * may be added.
 */
export function toJson({ observation, findings, exitCode }: Report): object {
  const { request, addresses, tls } = observation;
  return {
    endpoint: request.label,
    host: request.host,
    port: request.port,
    engine: request.engine.name,
    serverName: request.serverName,
    checkedAt: observation.now.toISOString(),
    exitCode,
    findings,
    addresses: (observation.waysIn ?? addresses).map(({ address }) => address),
    connectMs: rounded(addresses.find(({ connectMs }) => connectMs !== undefined)?.connectMs),
    tls: tls?.opened
      ? {
          version: tls.version,
          cipher: tls.cipher,
          handshakeMs: rounded(tls.handshakeMs),
          certificate: tls.certificate,
        }
      : undefined,
  };
}

function rounded(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds * 10) / 10;
}
