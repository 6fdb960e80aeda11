import type { DatabaseEndpointProps } from '../../lib';
import { endpointWarnings } from '../../lib/endpoint/endpoint-rules';
import { resolveEndpoint } from '../../lib/endpoint/resolve-endpoint';
import type { Problem } from '../../lib/rules/endpoint-error';

/** What is warned of about an endpoint, without making it. */
export function warningsAbout(props: DatabaseEndpointProps): Problem[] {
  return endpointWarnings(resolveEndpoint(props));
}
