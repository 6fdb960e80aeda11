import { invalidZoneId, invalidZoneName } from '../dns/domain-rules';
import type { Rule } from '../rules/rule';
import { tagRule } from '../rules/tag-rule';
import { ISSUE_RULES, type IssueRequest } from './issue-rules';
import type { IssuedCertificateProps } from './issued-certificate-props';

/** What is written of a certificate that several endpoints share. */
export interface SharedCertificateInput extends IssuedCertificateProps {
  readonly domainName: string;
  readonly zoneId?: string;
  readonly zoneName?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** Validation rules for a certificate that several endpoints share; an endpoint's own has the same ones. */
export const SHARED_CERTIFICATE_RULES: readonly Rule<SharedCertificateInput>[] = [
  {
    name: 'ZoneIdInvalid',
    because: 'A hosted zone is identified by its id, without the path that parts of the API prepend.',
    check: ({ zoneId }) => invalidZoneId('zoneId', zoneId),
  },
  {
    name: 'ZoneNameInvalid',
    because: 'A hosted zone is looked up by its name, which consists of labels with dots between them.',
    check: ({ zoneName }) => invalidZoneName('zoneName', zoneName),
  },
  ...ISSUE_RULES.map((rule) => ({ ...rule, check: (input: SharedCertificateInput) => rule.check(requestOf(input)) })),
  tagRule(({ tags }) => tags),
];

function requestOf(props: SharedCertificateInput): IssueRequest {
  return {
    props,
    name: { property: 'domainName', text: props.domainName },
    zone: { property: 'zone', id: props.zoneId, name: props.zoneName },
    prefix: '',
  };
}
