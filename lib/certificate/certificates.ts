import { createHash } from 'node:crypto';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { App, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { Zone } from '../dns/zone';
import { EndpointError } from '../rules/endpoint-error';
import { aws } from '../terraform/aws';
import { ForEach } from '../tokens/deferred';
import { attributeOf, expressionToken, staticKey } from '../tokens/expression';
import { hclText } from '../tokens/hcl';
import { expressionText } from '../tokens/resolved-text';
import { CertificateKeyAlgorithm } from './certificate-key-algorithm';
import type { CertificateSource, ImportedParts } from './certificate-source';
import { importedFacts } from './imported-rules';
import { createIssuedCertificates } from './issued-certificates';
import type { PlacedCertificate } from './placed-certificates';

/** The certificates of a listener, by their ARNs. */
export interface EndpointCertificates {
  /** The one that clients see unless they ask for the name of another. */
  readonly arn: string;
  readonly additionalArns: readonly string[];
  /** Each of them in order, with the id of its construct where it is the endpoint's own. */
  readonly all: readonly ListenerCertificate[];
}

/** One certificate of a listener. */
export interface ListenerCertificate {
  readonly arn: string;
  /** Undefined where the certificate may be that of other endpoints too. */
  readonly ownId?: string;
  /** What made it for several endpoints, if that is known. */
  readonly owner?: IConstruct;
}

/** Creates the endpoint's own certificates, and references the others. Undefined without a TLS listener. */
export function createCertificates(
  scope: Construct,
  certificates: readonly PlacedCertificate[],
  domainName: string | undefined,
  zone: Zone | undefined,
  tags: { [key: string]: string },
): EndpointCertificates | undefined {
  if (certificates.length === 0) return undefined;
  const sources = certificates.map(({ certificate }) => certificate._source);
  const arns = new Map<CertificateSource, string>();
  const issued = sources.flatMap((source, i) =>
    source.kind === 'issued' ? [{ id: idOf(source, i), name: domainName ?? '', props: source.props, source }] : [],
  );
  const issuedArns = createIssuedCertificates(scope, issued, { zone, tags });
  for (const [i, { source }] of issued.entries()) arns.set(source, issuedArns[i]);
  for (const [i, source] of sources.entries()) {
    if (source.kind === 'arn') arns.set(source, source.arn);
    if (source.kind === 'shared') arns.set(source, source.shared.certificateArn);
    if (source.kind === 'imported') arns.set(source, importCertificate(scope, source.parts, i, tags));
  }
  const [arn, ...additionalArns] = sources.map((source) => arns.get(source) ?? '');
  const all = sources.map((source, i) => ({
    arn: arns.get(source) ?? '',
    ownId: ownIdOf(scope, source, i),
    owner: source.kind === 'shared' && Construct.isConstruct(source.shared) ? source.shared : undefined,
  }));
  return { arn, additionalArns, all };
}

function ownIdOf(scope: Construct, source: CertificateSource, index: number): string | undefined {
  if (source.kind === 'issued') return idOf(source, index).join('Certificate');
  return source.kind === 'imported' ? importedId(scope, source.parts, index) : undefined;
}

/**
 * Hands additional certificates to the listener. They are not replaced create-before-destroy: that would carry over to
 * the listener and the load balancer, which cannot be.
 */
export function attachCertificates(
  scope: Construct,
  listener: LbListener,
  { arn, additionalArns }: EndpointCertificates,
): void {
  if (additionalArns.length === 0) return;
  new aws.LbListenerCertificate(scope, 'AdditionalCertificates', {
    listenerArn: attributeOf(listener, 'arn'),
    certificateArn: expressionToken('each.value'),
    forEach: ForEach.deferred((context) => {
      const all = [arn, ...additionalArns].map((each) => [staticKey(each, context), each] as const);
      // Only here is it known that two tokens are the same expression.
      const repeated = all.findIndex(([key], i) => all.findIndex(([other]) => other === key) < i);
      if (repeated > 0) throw new EndpointError(scope.node.path, [repetition(repeated - 1)]);
      return Object.fromEntries(all.slice(1).sort(([a], [b]) => (a < b ? -1 : 1)));
    }),
  });
}

function repetition(index: number) {
  return {
    rule: 'CertificateRepeated',
    property: `tls.additionalCertificates[${index}]`,
    reason: 'repeats another certificate of the listener',
    remedy: 'List every certificate once.',
  };
}

function idOf(source: CertificateSource & { kind: 'issued' }, index: number): [string, string] {
  return index === 0 ? ['', ''] : ['Additional', `-${source.props.keyAlgorithm ?? CertificateKeyAlgorithm.ECDSA_P256}`];
}

// ACM accepts a new certificate in place only with the same key type, so another type is another resource.
function importedId(scope: Construct, parts: ImportedParts, index: number): string {
  const facts = importedFacts(parts);
  const kind = facts ? `-${facts.keyAlgorithm}` : '';
  if (index === 0) return `ImportedCertificate${kind}`;
  const text = facts ? [...facts.names].sort().join() : expressionText(scope, parts.certificate);
  return `AdditionalImportedCertificate${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

function importCertificate(
  scope: Construct,
  parts: ImportedParts,
  index: number,
  tags: { [key: string]: string },
): string {
  const { certificate, privateKey, certificateChain, privateKeyFile } = parts;
  return new aws.AcmCertificate(scope, importedId(scope, parts, index), {
    certificateBody: certificate,
    privateKey: privateKeyFile === undefined ? privateKey : fileOf(scope, privateKeyFile),
    certificateChain,
    tags,
    lifecycle: { createBeforeDestroy: true },
  }).arn;
}

// Relative to the stack's folder, so that what was synthesized can be applied in another checkout.
function fileOf(scope: Construct, file: string): string {
  const path = isAbsolute(file) ? hclText(file) : `\${path.module}/${hclText(pathFrom(scope, file))}`;
  return expressionToken(`file("${path}")`);
}

function pathFrom(scope: Construct, file: string): string {
  const folder = join(App.of(scope).outdir, 'stacks', TerraformStack.of(scope).node.id);
  return relative(resolve(folder), resolve(file)).split(sep).join('/');
}
