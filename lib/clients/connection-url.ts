import type { Problem } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import { URL_RULES } from './connection-url-rules';
import { knownParameter, urlForm } from './families';
import { literalPattern } from './quoting/identifiers';
import { type ConnectionUrlInput, writeUrl } from './write-url';

/**
 * The URL under which clients reach an endpoint, verifying the certificate wherever a URL can say so; or everything
 * that is wrong with what it should contain.
 *
 * @internal
 */
export function connectionUrl(input: ConnectionUrlInput): string | readonly Problem[] {
  const problems = applyRules(URL_RULES, input);
  if (problems.length > 0) return problems;
  const { engine, parameters = {}, terraform } = input;
  const checked = Object.entries(parameters).map(([name, value]) => {
    const values = isUnresolved(value) ? knownParameter(engine, name)?.values : undefined;
    return [name, values ? terraform.matching(value, oneOf(values)) : value] as const;
  });
  return writeUrl(urlForm(engine), { ...input, parameters: Object.fromEntries(checked) });
}

/** A pattern in the syntax of RE2. */
function oneOf(values: readonly string[]): string {
  return `(?i)^(?:${values.map(literalPattern).join('|')})$`;
}
