import {
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
  TlsHandshake,
  TlsPolicy,
  type TlsTerminationProps,
} from '../../lib';
import { CERTIFICATE_ARN, TERMINATE, terminatingProps, validProps } from '../support/endpoint';
import { type Mistake, mistake } from '../support/mistake';

export function terminate(overrides: Partial<TlsTerminationProps> = {}): EndpointTls {
  return EndpointTls.terminate({ certificate: EndpointCertificate.fromArn(CERTIFICATE_ARN), ...overrides });
}

const withoutTls = DatabaseEngine.custom({
  name: 'rsync',
  displayName: 'rsync',
  port: 873,
  handshake: TlsHandshake.NONE,
});

/** What is refused about TLS. */
export const TLS_MISTAKES: readonly Mistake[] = [
  mistake(
    'TlsChoiceMissing',
    'an engine that opens with TLS has no choice',
    validProps({ engine: DatabaseEngine.REDIS }),
    {
      property: 'tls',
      reason: /must be chosen: Redis's connections start with TLS/,
      remedy: /EndpointTls\.terminate\(\{ certificate \}\).*EndpointTls\.passthrough\(\)/,
    },
  ),
  mistake('TlsChoiceMissing', 'there is but one choice', validProps({ engine: DatabaseEngine.NEPTUNE }), {
    property: 'tls',
    reason: /must be chosen: Amazon Neptune's connections/,
    remedy: /EndpointTls\.terminate\(\{ certificate \}\).*passthrough does not work/,
  }),
  mistake('TlsTerminationBreaksNegotiation', 'PostgreSQL is terminated', validProps({ tls: TERMINATE }), {
    property: 'tls',
    value: 'terminate',
    reason: /cannot work: PostgreSQL negotiates TLS inside its own protocol/,
    remedy: /EndpointTls\.passthrough\(\).*clientsWrapTls: true/,
  }),
  mistake(
    'TlsTerminationWithoutTls',
    'SFTP is terminated',
    validProps({ engine: DatabaseEngine.SFTP, tls: TERMINATE }),
    {
      property: 'tls',
      value: 'terminate',
      reason: /SFTP does not use TLS/,
      remedy: /Leave tls out.*clientsWrapTls: true/,
    },
  ),
  mistake(
    'TlsTerminationWithoutTls',
    'a custom engine without TLS is terminated',
    validProps({ engine: withoutTls, tls: TERMINATE }),
    {
      property: 'tls',
      value: 'terminate',
      reason: /rsync does not use TLS/,
      remedy: /Leave tls out/,
    },
  ),
  mistake(
    'PassthroughImpossible',
    'Neptune is passed through',
    validProps({ engine: DatabaseEngine.NEPTUNE, tls: EndpointTls.passthrough() }),
    {
      property: 'tls',
      value: 'passthrough',
      reason: /own name/,
      remedy: /EndpointTls\.terminate\(\{ certificate \}\)/,
    },
  ),
  ...[DatabaseEngine.MYSQL, DatabaseEngine.SFTP].map((engine) =>
    mistake(
      'ReencryptNeedsTlsFirst',
      `${engine.displayName} is re-encrypted`,
      validProps({ engine, tls: terminate({ clientsWrapTls: true, reencrypt: true }) }),
      {
        property: 'tls.reencrypt',
        value: true,
        reason: new RegExp(`${engine.displayName}'s connections do not start with TLS`),
        remedy: /Leave it out/,
      },
    ),
  ),
  mistake(
    'ClientsWrapTlsPointless',
    'clients of Redis wrap TLS',
    terminatingProps({ tls: terminate({ clientsWrapTls: true }) }),
    {
      property: 'tls.clientsWrapTls',
      value: true,
      reason: /Redis's connections start with TLS/,
      remedy: /Leave it out/,
    },
  ),
  ...[350, 3600].map((seconds) =>
    mistake(
      'IdleTimeoutFixedOnTls',
      `a TLS listener has ${seconds} seconds`,
      terminatingProps({ idleTimeoutSeconds: seconds }),
      {
        property: 'idleTimeoutSeconds',
        value: seconds,
        reason: /no effect .* 350 seconds/,
        remedy: /keepalives/,
      },
    ),
  ),
  ...[
    '',
    'orders.example.com',
    'arn:aws:acm:eu-central-1:123456789012:certificate/',
    'arn:aws:acm:eu-central-1:1234:certificate/0a1b2c3d',
    'arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d',
    'arn:aws:iam::123456789012:role/orders',
    ` ${CERTIFICATE_ARN}`,
    `${CERTIFICATE_ARN}\n`,
  ].map((arn) =>
    mistake(
      'CertificateArnInvalid',
      `the certificate is ${JSON.stringify(arn)}`,
      terminatingProps({ tls: terminate({ certificate: EndpointCertificate.fromArn(arn) }) }),
      { property: 'tls.certificate', value: arn, reason: /not the ARN/, remedy: /arn:aws:acm:/ },
    ),
  ),
  mistake(
    'CertificateNamePointless',
    "a TLS listener hides the database's certificate",
    terminatingProps({ target: DatabaseTarget.ipAddresses(['10.0.1.5'], { certificateName: 'db.internal' }) }),
    {
      property: 'target.certificateName',
      value: 'db.internal',
      reason: /listener's certificate/,
      remedy: /Leave it out/,
    },
  ),
  ...['', 'TLS13', 'ELBSecurityPolicy-', 'ELBSecurityPolicy-TLS13 1-2'].map((name) =>
    mistake(
      'TlsPolicyInvalid',
      `the policy is '${name}'`,
      terminatingProps({ tls: terminate({ policy: TlsPolicy.custom(name) }) }),
      {
        property: 'tls.policy',
        value: name,
        reason: /not an AWS security policy/,
        remedy: /TlsPolicy\.RECOMMENDED/,
      },
    ),
  ),
];
