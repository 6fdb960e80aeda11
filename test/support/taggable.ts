import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TerraformJson } from './synthesis';

const PROVIDER = dirname(require.resolve('@cdktf/provider-aws/package.json'));

/** Whether the provider's resource of this type, such as `aws_lb`, takes tags. */
export function takesTags(type: string): boolean {
  const folder = join(PROVIDER, 'lib', type.replace(/^aws_/, '').replaceAll('_', '-'));
  if (!existsSync(folder)) throw new Error(`the provider has no ${type}`);
  const classes = Object.values(require(folder) as Record<string, { tfResourceType?: string; prototype: object }>);
  const found = classes.find(({ tfResourceType }) => tfResourceType === type);
  if (found === undefined) throw new Error(`the provider has no class of ${type}`);
  return 'tagsInput' in found.prototype;
}

/** Every resource that takes tags, by its address, with the tags that it has. */
export function taggable(tf: TerraformJson): [address: string, tags: unknown][] {
  return Object.entries(tf.resource ?? {})
    .filter(([type]) => takesTags(type))
    .flatMap(([type, all]) => Object.entries(all).map(([id, { tags }]): [string, unknown] => [`${type}.${id}`, tags]));
}
