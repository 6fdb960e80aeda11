import { resolveAllowlist } from '../../lib/allowlist/allowlist-input';
import { AllowlistReview } from '../../lib/allowlist/allowlist-review';
import { ALLOWLIST_RULES } from '../../lib/allowlist/allowlist-rules';
import { type AllowlistContent, readAllowlistFiles } from '../../lib/allowlist-file/allowlist-reader';
import { sourcesOf } from '../../lib/allowlist-file/allowlist-sources';
import type { Problem } from '../../lib/rules/endpoint-error';

/** Files that must be refused, and the exact words of the refusals. The first file is the one that is read. */
export interface BadFiles {
  /** What is wrong, as a noun. */
  readonly what: string;
  readonly files: Files;
  readonly says: readonly string[];
}

/** Paths and what stands in the files. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What an endpoint with room for everything is refused with that reads the first of some files. */
export function problemsIn(files: Files): readonly Problem[] {
  const read = (path: string): string | Uint8Array => {
    if (files[path] === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return files[path];
  };
  return problemsOf(readAllowlistFiles(Object.keys(files)[0] ?? 'allowlist.yaml', read));
}

/** The same for what was read. */
export function problemsOf(content: AllowlistContent): readonly Problem[] {
  const quotas = { rulesPerSecurityGroup: 100_000 };
  const allow = sourcesOf(content);
  const input = resolveAllowlist({ allow, quotas, dualStack: true, internetFacing: true });
  return ALLOWLIST_RULES.check(new AllowlistReview(input));
}

export function yaml(what: string, lines: readonly string[], ...says: readonly string[]): BadFiles {
  return files(what, { 'allowlist.yaml': lines }, ...says);
}

export function files(
  what: string,
  texts: Readonly<Record<string, readonly string[]>>,
  ...says: readonly string[]
): BadFiles {
  const joined = Object.entries(texts).map(([path, lines]) => [path, lines.map((line) => `${line}\n`).join('')]);
  return { what, files: Object.fromEntries(joined), says };
}
