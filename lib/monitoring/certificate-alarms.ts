import { createHash } from 'node:crypto';
import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { ListenerCertificate } from '../certificate/certificates';
import { providerOf, providerSuffix, useProvider } from '../terraform/provider';
import { tagsOf } from '../terraform/tags';
import { expressionOf, expressionToken } from '../tokens/expression';
import { expressionText } from '../tokens/resolved-text';
import { isUnresolved } from '../tokens/unresolved';
import { createAlarm } from './alarm';
import { CERTIFICATE_ALARMS } from './alarm-definitions';
import type { EndpointAlarm } from './endpoint-alarm';
import { METHOD } from './monitoring-types';
import { type AlarmDefaults, resolveAlarm } from './resolve-alarm';
import { SharedAlarm } from './shared-alarm';

/** Who watches a certificate, and how. */
export interface CertificateWatch {
  readonly monitoring: Construct;
  readonly endpoint: Construct;
  readonly choice: EndpointAlarm | undefined;
  readonly defaults: AlarmDefaults;
  readonly tags: { readonly [key: string]: string };
}

/**
 * Watches a certificate: one that is the endpoint's own beside the endpoint's alarms, and any other once for all endpoints of
 * the stack.
 */
export function watchCertificate(
  { arn, ownId, owner }: ListenerCertificate,
  { monitoring, endpoint, choice, defaults, tags }: CertificateWatch,
): CloudwatchMetricAlarm | SharedAlarm | undefined {
  const definition = CERTIFICATE_ALARMS.certificateExpiry;
  const alarm = resolveAlarm(definition, choice, defaults);
  // Server certificates of IAM have no such metric.
  if (alarm === undefined || /^arn:[\w-]+:iam:/.test(arn)) return undefined;
  const dimensions = { CertificateArn: arn };
  const unique = idIn(arn);
  if (ownId !== undefined) {
    const id = `${definition.id}-${ownId}`;
    const { path } = endpoint.node;
    return createAlarm(monitoring, id, alarm, { path, unique, dimensions, tags: tagsOf(monitoring, tags) });
  }
  const text = owner?.node.path ?? expressionText(endpoint, arn);
  const scope = placeOfCertificates(endpoint);
  const path = owner?.node.path ?? TerraformStack.of(endpoint).node.path;
  return SharedAlarm.join(
    scope,
    idOf(text),
    { path, unique, dimensions },
    {
      ...{ endpoint, alarm, tags, isAdjusted: choice !== undefined },
      property: `${METHOD}.alarms.certificateExpiry`,
    },
  );
}

/** Certificates that are nobody's own: the same place in whatever order endpoints come. */
function placeOfCertificates(endpoint: Construct): Construct {
  const stack = TerraformStack.of(endpoint);
  const provider = providerOf(endpoint);
  const id = `CertificateMonitoring${providerSuffix(provider)}`;
  const known = stack.node.tryFindChild(id) as Construct | undefined;
  if (known) return known;
  const scope = new Construct(stack, id);
  useProvider(scope, provider);
  return scope;
}

/** The id that ACM gave the certificate, which is the last part of its ARN. */
function idIn(arn: string): string {
  if (!isUnresolved(arn)) return arn.split('/').slice(-1)[0];
  return expressionToken((context) => `reverse(split("/", ${expressionOf(arn, context)}))[0]`);
}

function idOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${text.replace(/[^\w-]+/g, '-').slice(-100)}-${hash}`;
}
