import type { Construct } from 'constructs';
import { shownPath } from './shown-path';

/** Tags of every resource of a construct: its path as `Name`, and what the user wants. */
export function tagsOf(scope: Construct, tags: { readonly [key: string]: string } = {}): { [key: string]: string } {
  // Construct ids may hold characters that tags may not; values end at 256 characters.
  const path = shownPath(scope)
    .replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '-')
    .slice(-256);
  return { Name: path, ...tags };
}
