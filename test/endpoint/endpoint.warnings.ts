import { AllowedSource, DatabaseEngine, DatabaseTarget, EndpointTls, TlsPolicy } from '../../lib';
import { WARNED_ALLOWLISTS } from '../allowlist/allowlist.warnings';
import { CERTIFICATE_WARNINGS } from '../certificate/certificate.refusals';
import { DOMAIN_WARNINGS } from '../dns/domain.refusals';
import { usualTls } from '../engine/engine-facts';
import { terminatingProps, validProps } from '../support/endpoint';
import { type Mistake, mistake } from '../support/mistake';
import { terminate } from '../tls/tls.refusals';

const passthrough = EndpointTls.passthrough();

/** Every row warns; each engine that needs care is a row of its own below. */
export const WARNINGS: readonly Mistake[] = [
  ...DOMAIN_WARNINGS,
  ...CERTIFICATE_WARNINGS,
  ...DatabaseEngine.all()
    .filter(({ warnings }) => warnings.length > 0)
    .map((engine) =>
      mistake(
        'EngineCaveat',
        `the engine is ${engine.displayName}`,
        validProps({ engine, tls: usualTls(engine) === 'terminate' ? terminate() : undefined }),
        ...engine.warnings.map(() => ({
          property: 'engine',
          value: engine.name,
          reason: /needs care/,
          remedy: /\.$/,
        })),
      ),
    ),
  ...[DatabaseEngine.AURORA_POSTGRESQL, DatabaseEngine.AURORA_MYSQL].map((engine) =>
    mistake('AuroraAutoPause', `the engine is ${engine.displayName}`, validProps({ engine }), {
      property: 'engine',
      value: engine.name,
      reason: /minimum capacity of 0, which health checks may keep from pausing/,
      remedy: /Acknowledge AuroraAutoPause if/,
    }),
  ),
  mistake('TlsIdleLimit', 'the listener terminates TLS', terminatingProps(), {
    property: 'tls',
    reason: /drops connections after 350 idle seconds/,
    remedy: /keepalives/,
  }),
  ...[DatabaseEngine.POSTGRESQL, DatabaseEngine.REDIS].map((engine) =>
    mistake(
      'PassthroughPlaintext',
      `${engine.displayName} is passed through`,
      validProps({ engine, tls: passthrough }),
      {
        property: 'tls',
        reason: /passes plaintext through if the database accepts it/,
        remedy: new RegExp(`Make ${engine.displayName} refuse plaintext`),
      },
    ),
  ),
  mistake('PassthroughPlaintext', 'tls is left out', validProps(), {
    property: 'tls',
    reason: /left to the database/,
    remedy: /refuse plaintext/,
  }),
  mistake('NameNotVerifiable', 'a terminating listener has no domain', terminatingProps(), {
    property: 'domain',
    reason: /no certificate covers the load balancer's own name/,
    remedy: /domain name that its certificate covers/,
  }),
  mistake('NameNotVerifiable', 'passthrough has neither a domain nor the name in the certificate', validProps(), {
    property: 'domain',
    reason: /no certificate covers the load balancer's own name/,
    remedy: /target\.certificateName/,
  }),
  mistake(
    'PlaintextToTarget',
    're-encryption is turned off',
    terminatingProps({ tls: terminate({ reencrypt: false }) }),
    {
      property: 'tls.reencrypt',
      value: false,
      reason: /to the database in plaintext/,
      remedy: /Enable TLS at the database/,
    },
  ),
  ...[
    'ELBSecurityPolicy-2016-08',
    'ELBSecurityPolicy-FS-2018-06',
    'ELBSecurityPolicy-FS-1-1-2019-08',
    'ELBSecurityPolicy-TLS13-1-0-2021-06',
    'ELBSecurityPolicy-TLS13-1-1-2021-06',
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06',
    'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
  ].map((name) =>
    mistake(
      'WeakTlsPolicy',
      `the policy is ${name}`,
      terminatingProps({ tls: terminate({ policy: TlsPolicy.custom(name) }) }),
      {
        property: 'tls.policy',
        value: name,
        reason: /no longer recommended/,
        remedy: /TlsPolicy\.RECOMMENDED/,
      },
    ),
  ),
  mistake(
    'ClientIpOutsideVpc',
    'client addresses are preserved outside the VPC',
    validProps({ preserveClientIp: true, target: DatabaseTarget.ipAddresses(['10.9.1.5'], { outsideVpc: true }) }),
    { property: 'preserveClientIp', value: true, reason: /peered in the same Region/, remedy: /Leave it out/ },
  ),
  ...['10.1.0.0/16', '172.16.0.0/12', '192.168.1.0/24', '100.64.0.0/10'].map((text) =>
    mistake(
      'SourceSeldomMatches',
      `an internet-facing endpoint admits ${text}`,
      validProps({ allow: [AllowedSource.cidr(text)] }),
      {
        property: 'allow[0]',
        value: text,
        reason: /never over the internet/,
        remedy: /NAT gateway.*internetFacing: false.*acknowledge SourceSeldomMatches/,
      },
    ),
  ),
  mistake(
    'TargetCidrPublic',
    'egress may lead to public addresses',
    validProps({ target: DatabaseTarget.selfRegistering({ cidrBlocks: ['10.0.0.0/16', '8.8.0.0/16'] }) }),
    {
      property: 'target.cidrBlocks[1]',
      value: '8.8.0.0/16',
      reason: /is public address space/,
      remedy: /acknowledge TargetCidrPublic/,
    },
  ),
  ...WARNED_ALLOWLISTS,
];
