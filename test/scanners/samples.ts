import type { TerraformJson } from '../support/synthesis';

/** Resources that no configuration has yet, for the rules about them. */
export function samples(): TerraformJson {
  return { resource: {} };
}
