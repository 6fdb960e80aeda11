import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { expressionOf, expressionToken } from '../tokens/expression';
import { isUnresolved } from '../tokens/unresolved';
import { DETAILS, type Detail, RULE_TAGS, type RuleDetails } from './rule-details';

/** The details of a rule, to stand beside its description in `for_each`. */
export function writtenDetails(details: RuleDetails | undefined): { readonly [name: string]: string } {
  const written: { [name: string]: string } = {};
  if (details === undefined) return written;
  for (const name of DETAILS) {
    const detail = details[name];
    if (detail) written[name] = tagValue(detail);
  }
  return written;
}

/** Tags each rule of a resource with the details that stand in `for_each`, on top of the tags that all of them have. */
export function tagByEach(rules: VpcSecurityGroupIngressRule): void {
  const each = DETAILS.map((name) => `${JSON.stringify(RULE_TAGS[name])} = try(each.value.${name}, null)`).join(', ');
  const details = `{for name, value in {${each}} : name => value if value != null}`;
  // An override: whoever adds tags to all resources of a stack reads and writes `tagsInput`, which is a map of texts.
  rules.addOverride(
    'tags',
    expressionToken((context) => `merge(${expressionOf(rules.tagsInput ?? {}, context)}, ${details})`),
  );
}

/** The most characters of the value of a tag. */
const LONGEST = 256;

/** What AWS services accept in the value of a tag. EC2 accepts more, and others that read its tags do not. */
const ALLOWED = '\\p{L}\\p{Z}\\p{N}_.:/=+@-';
const REFUSED = new RegExp(`[^${ALLOWED}]`, 'gu');

/** What tags cannot say is in the exposure in full. */
function tagValue(detail: Detail): string {
  const text = detail.map((part) => part.text).join(' / ');
  if (!isUnresolved(text)) {
    const allowed = text.trim().replace(REFUSED, '-').replace(/^aws:/i, 'aws-');
    return Array.from(allowed).slice(0, LONGEST).join('').trim();
  }
  const pattern = JSON.stringify(`/[^${ALLOWED}]/`);
  return expressionToken((context) => {
    const allowed = `replace(${expressionOf(text, context)}, ${pattern}, "-")`;
    return `trimspace(substr(replace(${allowed}, "/^(?i:aws):/", "aws-"), 0, ${LONGEST}))`;
  });
}
