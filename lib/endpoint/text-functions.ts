import type { IResolveContext } from 'cdktf';
import type { Construct } from 'constructs';
import type { TextFunctions } from '../clients/quoting/text-functions';
import { expressionOf, expressionToken } from '../tokens/expression';
import { hclText } from '../tokens/hcl';
import { TOKEN } from '../tokens/literal';
import { expressionText } from '../tokens/resolved-text';

/** The functions of Terraform that quote what only it knows. Names that AWS makes need none of it. */
export function textFunctions(scope: Construct): TextFunctions {
  const isMadeByAws = (token: string) => MADE_BY_AWS.test(expressionText(scope, token));
  const isName = (text: string) => text.replace(TOKEN, '') === '' && tokensOf(text).every(isMadeByAws);
  return {
    // A token, as CDKTF writes it, holds nothing that is ever searched for.
    replace: (text, search, replacement) =>
      tokensOf(text).every(isMadeByAws)
        ? text.split(search).join(replacement)
        : call('replace', text, search, replacement),
    jsonencode: (text) => call('jsonencode', text),
    // Terraform writes a space as a plus sign, which is one only in forms.
    percentEncode: (text) => (isName(text) ? text : call('replace', call('urlencode', text), '+', '%20')),
    matching: (text, pattern) => (isName(text) ? text : call('regex', pattern, text)),
  };
}

/** Attributes that are DNS names or addresses which AWS makes up. */
const MADE_BY_AWS =
  /^(data\.)?aws_(lb\.[\w-]+\.dns_name|db_instance\.[\w-]+\.address|(rds|docdb|neptune)_cluster\.[\w-]+\.(reader_)?endpoint|eip\.[\w-]+\.public_ip)$/;

/** A function of Terraform that is given these texts, in which tokens are tokens and everything else is literal. */
function call(name: string, ...texts: readonly string[]): string {
  return expressionToken((context) => `${name}(${texts.map((text) => argument(text, context)).join(', ')})`);
}

function argument(text: string, context: IResolveContext): string {
  const parts = text.split(TOKEN).map((part, i) => ({ part, isToken: i % 2 === 1 }));
  const [only, ...others] = parts.filter(({ part }) => part !== '');
  if (only?.isToken && others.length === 0) return expressionOf(encodedOf(only.part), context);
  const written = parts.map(({ part, isToken }) =>
    isToken ? `\${${expressionOf(encodedOf(part), context)}}` : hclText(part),
  );
  return `"${written.join('')}"`;
}

function tokensOf(text: string): readonly string[] {
  return text.split(TOKEN).filter((part, i) => i % 2 === 1 && !isNumber(part));
}

function encodedOf(token: string): string | number {
  return isNumber(token) ? Number(token) : token;
}

function isNumber(token: string): boolean {
  return !token.startsWith('$');
}
