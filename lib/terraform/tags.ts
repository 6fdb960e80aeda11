import type { Construct } from 'constructs';
import { shownPath } from './shown-path';

/** Tags of every resource of a construct: its path as `Name`, and what the user wants. */
export function tagsOf(scope: Construct, tags: { readonly [key: string]: string } = {}): { [key: string]: string } {
  // Construct ids may contain characters that tags may not; values end at 256 characters.
  const path = shownPath(scope);
  // Classes of Unicode take long to compile, and ids seldom need them.
  const name = /^[\w .:/=+\-@]*$/.test(path) ? path : path.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '-');
  return { Name: name.slice(-256), ...tags };
}
