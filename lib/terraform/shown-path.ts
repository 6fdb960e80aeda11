import type { IConstruct } from 'constructs';

/**
 * The path of a construct as messages and tags show it. `Default` is the id of a construct that belongs to the one
 * above it: CDKTF omits it from resource addresses, and so does this.
 *
 * @see https://github.com/hashicorp/terraform-cdk/blob/main/packages/cdktf/lib/private/unique.ts
 */
export function shownPath({ node }: IConstruct): string {
  return node.id === 'Default' && node.scope ? node.scope.node.path : node.path;
}
