import type { Configuration } from './configurations';

/** Rules that a configuration does not pass, why that is accepted, and what makes it pass. */
export interface ScannerException {
  readonly ids: readonly string[];
  readonly type: string;
  readonly in: readonly Configuration[];
  readonly because: string;
}

export const EXCEPTIONS: readonly ScannerException[] = [];
