import type { ScannedResource } from './scanned-stack';

/** A block that a test may change. */
export interface EditableBlock {
  [attribute: string]: unknown;
}

/** A stack that a test may change: blocks by their types and ids. */
export interface EditableStack {
  readonly resource: { [type: string]: { [id: string]: EditableBlock } };
}

/** The least change of a stack: of the resource that is judged, or of others. */
export type Edit = (block: EditableBlock, stack: EditableStack) => void;

export type Scanner = 'Checkov' | 'Trivy' | 'Security Hub';

/** A rule of a scanner, read in its source and written again as a predicate. */
export interface ScannerRule {
  readonly scanner: Scanner;
  readonly id: string;
  /** What it wants, in our words. */
  readonly wants: string;
  /** Types of the resources that it judges. */
  readonly types: readonly string[];
  /** Whether a resource passes; nothing where the rule has nothing to say about it. */
  readonly passes: (resource: ScannedResource) => boolean | undefined;
  /** Makes a resource that passes fail. */
  readonly fail: Edit;
  /** Makes a resource pass that does not by itself: without it, one that always fails would prove nothing. */
  readonly pass?: Edit;
}

/**
 * The versions that the rules were read in.
 *
 * @see https://github.com/bridgecrewio/checkov/tree/03d5fdad8d6154b1565799a7b1fb8070c158866f/checkov/terraform/checks
 * @see https://github.com/aquasecurity/trivy-checks/tree/80e5382269707262f35cf893bdc0805cb72217e9/checks/cloud/aws
 */
export const SCANNERS: { readonly [scanner in Scanner]: { readonly version: string; readonly source: string } } = {
  Checkov: {
    version: '3.3.13',
    source: 'https://github.com/bridgecrewio/checkov/tree/3.3.13/checkov/terraform/checks',
  },
  Trivy: {
    version: 'trivy-checks of 2026-08-21',
    source: 'https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/aws',
  },
  'Security Hub': {
    version: 'controls of 2026',
    source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html',
  },
};

/** Where a rule is published. */
export function sourceOf({ scanner, id }: Pick<ScannerRule, 'scanner' | 'id'>): string {
  if (scanner === 'Checkov') return 'https://www.checkov.io/5.Policy%20Index/terraform.html';
  if (scanner === 'Trivy') return `https://avd.aquasec.com/misconfig/${id.toLowerCase()}`;
  const [service = '', number = ''] = id.toLowerCase().split('.');
  const page = `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html`;
  return `${page}#${service}-${number}`;
}

/** A rule that wants an attribute to have a value, or any value but an empty one. */
export function wantsValue(
  rule: Omit<ScannerRule, 'passes' | 'fail' | 'pass'>,
  attribute: string,
  values?: readonly unknown[],
  example?: unknown,
): ScannerRule {
  return {
    ...rule,
    passes: ({ block }) => {
      const value = block[attribute];
      return values ? values.includes(value) : value !== undefined && value !== null && value !== '';
    },
    fail: (block) => {
      delete block[attribute];
    },
    pass: (block) => {
      block[attribute] = example ?? values?.[0] ?? 'given';
    },
  };
}
