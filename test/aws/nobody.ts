/** An address from which nobody connects: the allowlist of an endpoint cannot be empty. RFC 5737. */
export const NOBODY = '203.0.113.1/32';
