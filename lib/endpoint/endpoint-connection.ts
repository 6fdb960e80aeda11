import type { Construct } from 'constructs';
import type { ClientGuideInput } from '../clients/client-guide';
import { certificateAuthority, databaseAuthority } from '../engine/certificate-authority';
import { managedExpression } from '../engine/managed-name';
import { providerOf } from '../terraform/provider';
import { expressionText } from '../tokens/resolved-text';
import { isUnresolved } from '../tokens/unresolved';
import type { DatabaseBehindEndpoint } from '../users/database-endpoint-interface';
import type { ResolvedEndpoint } from './resolve-endpoint';
import { textFunctions } from './text-functions';

/** Where clients connect, and whose certificate they are shown. */
export type EndpointConnection = Pick<
  ClientGuideInput,
  'engine' | 'hostname' | 'port' | 'tls' | 'terraform' | keyof DatabaseCertificate
>;

/** What is known of the database's own certificate, where clients see it. */
type DatabaseCertificate = Pick<ClientGuideInput, 'certificateName' | 'certificateNameExpression' | 'targetAuthority'>;

const NO_CERTIFICATE: DatabaseCertificate = {};

export function connectionOf(
  endpoint: Construct,
  { tls: { engine, tls }, targets, listener }: ResolvedEndpoint,
  hostname: string,
): EndpointConnection {
  return {
    engine,
    hostname,
    port: listener.port,
    tls: tls?._termination ? 'terminate' : 'passthrough',
    // Where TLS ends at the listener, no client sees the database's own certificate.
    ...(tls?._termination ? NO_CERTIFICATE : databaseCertificate(endpoint, targets)),
    terraform: textFunctions(endpoint),
  };
}

/** What users of the database need to know of it. */
export function databaseBehind(
  endpoint: Construct,
  { targets, tags }: ResolvedEndpoint,
  connection: EndpointConnection,
): DatabaseBehindEndpoint {
  const { engine, target, port, vpcId, quotas } = targets;
  const { tls, certificateName, certificateNameExpression, targetAuthority, terraform } = connection;
  const certificate = {
    ...{ engine, tls, targetAuthority },
    certificateName: certificateNameExpression ?? certificateName,
    isExpression: certificateNameExpression !== undefined,
  };
  const isKnown = databaseAuthority(certificate) !== undefined;
  return {
    ...{ engine, target, port, vpcId, quotas, tags, tls, certificateName, terraform },
    certificateAuthoritiesUrl: isKnown ? certificateAuthority(certificate).bundleUrl : undefined,
    provider: providerOf(endpoint),
  };
}

function databaseCertificate(endpoint: Construct, { target }: ResolvedEndpoint['targets']): DatabaseCertificate {
  const { _certificateName: said, _name: followed, _authority: targetAuthority } = target;
  const name = said ?? followed?.hostname;
  if (!isUnresolved(name)) return { certificateName: said, targetAuthority };
  const expression = expressionText(endpoint, String(name));
  // A managed database has the followed name in its certificate; nothing is known of all others.
  const isOwn = said !== undefined || managedExpression(expression) !== undefined;
  return isOwn
    ? { certificateName: name, certificateNameExpression: expression, targetAuthority }
    : { targetAuthority };
}
