import { DATA_RULES } from './rules/data';
import { FUNCTION_RULES } from './rules/function';
import { IDENTITY_RULES } from './rules/identity';
import { LOAD_BALANCER_RULES } from './rules/load-balancer';
import { LOG_RULES } from './rules/logs';
import { NAME_RULES } from './rules/names';
import { SECURITY_GROUP_RULES } from './rules/security-groups';
import type { ScannerRule } from './scanner-rule';

/** The rules of scanners that are evaluated. */
export const SCANNER_RULES: readonly ScannerRule[] = [
  ...LOAD_BALANCER_RULES,
  ...SECURITY_GROUP_RULES,
  ...FUNCTION_RULES,
  ...IDENTITY_RULES,
  ...DATA_RULES,
  ...NAME_RULES,
  ...LOG_RULES,
];
