import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { IResolveContext } from 'cdktf';
import { asBlock } from '../tokens/block-expression';
import { expressionOf, staticKey } from '../tokens/expression';
import type { AllowedList, AllowlistValue } from './allowlist';
import { instantAfter } from './expiry';
import type { Described } from './joined-descriptions';

/** The rules of one resource, and when the access that each of them gives ends. */
export interface ExpiringRules {
  readonly resource: VpcSecurityGroupIngressRule;
  /** Of the group that they belong to. */
  readonly securityGroupId: string;
  readonly ends: Ends;
}

/** The first instants without access by the keys of rules in `for_each`. Rules that do not end are left out. */
export type Ends = (context: IResolveContext) => {
  readonly known: { readonly [key: string]: string };
  /** The same for keys that only Terraform knows: expressions of such maps, of which later ones replace earlier ones. */
  readonly computed?: readonly string[];
};

/** The ends of rules that are known at synthesis. */
export function endsOf(rules: { readonly [key: string]: Described }): Ends {
  const known: { [key: string]: string } = {};
  for (const [key, { lastDay }] of Object.entries(rules)) if (lastDay !== undefined) known[key] = instantAfter(lastDay);
  return () => ({ known });
}

/** The same where keys are texts of expressions. */
export function endsByExpression<Value extends AllowlistValue>(
  values: readonly Value[],
  lastDayOf: (value: Value) => string | undefined,
): Ends {
  return (context) => ({
    known: Object.fromEntries(
      values.flatMap((value) => {
        const lastDay = lastDayOf(value);
        return lastDay === undefined ? [] : [[staticKey(value.text, context), instantAfter(lastDay)]];
      }),
    ),
  });
}

/** The same for lists that are tokens: a block that several of them have ends with the last one. */
export function endsOfLists(lists: readonly AllowedList[]): Ends {
  return (context) => {
    const blocks = ({ list }: AllowedList) => `[for c in ${expressionOf(list, context)} : ${asBlock('c')}]`;
    const ending = lists.filter(({ source }) => source._about.expires !== undefined);
    const lasting = lists.filter((list) => !ending.includes(list)).map(blocks);
    const unless = lasting.length > 0 ? ` if !contains(concat(${lasting.sort().join(', ')}), c)` : '';
    const inOrder = ending.map((list) => {
      const end = instantAfter(list.source._about.expires ?? '');
      return { end, text: `{for c in toset(${blocks(list)}) : c => ${JSON.stringify(end)}${unless}}` };
    });
    inOrder.sort((a, b) => (a.end + a.text < b.end + b.text ? -1 : 1));
    return { known: {}, computed: inOrder.map(({ text }) => text) };
  };
}
