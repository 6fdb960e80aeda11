import { type DatabaseEndpointProps, DatabaseEngine, TlsHandshake } from '../../lib';
import { validProps } from '../support/endpoint';
import { expression } from '../support/expression';
import { type Mistake, mistake } from '../support/mistake';

function without(property: keyof DatabaseEndpointProps): DatabaseEndpointProps {
  return { ...validProps(), [property]: undefined };
}

/** What is refused about the endpoint as a whole. */
export const ENDPOINT_MISTAKES: readonly Mistake[] = [
  ...(['vpcId', 'subnetIds', 'engine', 'target'] as const).map((property) =>
    mistake('PropertyMissing', `${property} is missing`, without(property), {
      property,
      reason: /is missing/,
      remedy: new RegExp(property),
    }),
  ),
  mistake(
    'PropertyUnknown',
    'a property is misspelt',
    { ...validProps(), ...{ idleTimeout: 600 } },
    {
      property: 'idleTimeout',
      reason: /does not exist/,
      remedy: /\bidleTimeoutSeconds\b/,
    },
  ),
  mistake(
    'AcknowledgeUnknown',
    'the warning does not exist',
    validProps({ acknowledge: ['PassthroughPlaintext', 'Plaintext'] }),
    {
      property: 'acknowledge[1]',
      value: 'Plaintext',
      reason: /not the name of a warning/,
      remedy: /\bPassthroughPlaintext\b/,
    },
  ),
  mistake('AcknowledgeUnknown', 'a refusal is acknowledged', validProps({ acknowledge: ['AllowlistEmpty'] }), {
    property: 'acknowledge[0]',
    value: 'AllowlistEmpty',
    reason: /not the name of a warning/,
    remedy: /\bPassthroughPlaintext\b/,
  }),
];

const custom = { name: 'tarantool', port: 3301, handshake: TlsHandshake.NEGOTIATED };

/** What is refused about an engine of one's own, at the endpoint that uses it. */
export const ENGINE_MISTAKES: readonly Mistake[] = [
  mistake(
    'EngineValueUnknown',
    'the port is a token',
    validProps({ engine: DatabaseEngine.custom({ ...custom, port: -1.8881545897087503e289 }) }),
    {
      property: 'engine.port',
      reason: /known after apply/,
      remedy: /Write a literal/,
    },
  ),
  mistake(
    'EngineValueUnknown',
    'the name is a template',
    validProps({ engine: DatabaseEngine.custom({ ...custom, name: expression('var.engine') }) }),
    {
      property: 'engine.name',
      reason: /known after apply/,
      remedy: /Write a literal/,
    },
  ),
  mistake(
    'EngineNameInvalid',
    'the name has capitals',
    validProps({ engine: DatabaseEngine.custom({ ...custom, name: 'Tarantool' }) }),
    {
      property: 'engine.name',
      value: 'Tarantool',
      reason: /not an identifier/,
      remedy: /displayName/,
    },
  ),
  mistake(
    'EngineNameTaken',
    'the name is in the catalogue',
    validProps({ engine: DatabaseEngine.custom({ ...custom, name: 'redis' }) }),
    {
      property: 'engine.name',
      value: 'redis',
      reason: /catalogue/,
      remedy: /another name/,
    },
  ),
  mistake(
    'EnginePortInvalid',
    'the port is too high',
    validProps({ engine: DatabaseEngine.custom({ ...custom, port: 65536 }) }),
    {
      property: 'engine.port',
      value: 65536,
      reason: /not a port/,
      remedy: /1 to 65535/,
    },
  ),
  mistake(
    'EngineHandshakeInvalid',
    'the handshake is misspelt',
    validProps({ engine: DatabaseEngine.custom({ ...custom, handshake: 'starttls' as TlsHandshake }) }),
    {
      property: 'engine.handshake',
      value: 'starttls',
      reason: /not a kind of TLS handshake/,
      remedy: /TlsHandshake\.IMMEDIATE/,
    },
  ),
  mistake(
    'EngineUrlSchemeInvalid',
    'the scheme has a colon',
    validProps({ engine: DatabaseEngine.custom({ ...custom, urlScheme: 'tnt://', urlParameters: { tls: 'true' } }) }),
    {
      property: 'engine.urlScheme',
      value: 'tnt://',
      reason: /not a URL scheme/,
      remedy: /before "/,
    },
  ),
  mistake(
    'EngineUrlUnverified',
    'the URL of an engine that negotiates TLS says nothing of verification',
    validProps({ engine: DatabaseEngine.custom({ ...custom, urlScheme: 'tnt' }) }),
    {
      property: 'engine.urlParameters',
      reason: /is missing, .* verify the certificate/,
      remedy: /sslmode: 'verify-full'/,
    },
  ),
];
