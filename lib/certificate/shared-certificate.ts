import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { claimRecords, recordOwners } from '../dns/record-owners';
import { RECORD_RULES } from '../dns/record-rules';
import { findZone } from '../dns/zone';
import { EndpointError } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { providerSuffix, useProvider } from '../terraform/provider';
import { tagsOf } from '../terraform/tags';
import { expressionText } from '../tokens/resolved-text';
import { sharedCertificateTypeProblems } from './certificate-types';
import type { IssuedCertificateProps } from './issued-certificate-props';
import { createIssuedCertificates } from './issued-certificates';
import type { ISharedCertificate } from './shared-certificate-interface';
import { SHARED_CERTIFICATE_RULES } from './shared-certificate-rules';
import { validationRecords } from './validation-records';

/** Properties of a `SharedCertificate`. */
export interface SharedCertificateProps extends IssuedCertificateProps {
  /** First name of the certificate: a hostname or a wildcard, up to 64 characters. May be a token. */
  readonly domainName: string;

  /**
   * Id of the public hosted zone in which the validation records are created. May be a token. It must contain all
   * names.
   *
   * @default - found by `zoneName`
   */
  readonly zoneId?: string;

  /**
   * Name of that zone. Without `zoneId`, Terraform looks up the zone by it at plan time.
   *
   * @default - the zone is given by its id
   */
  readonly zoneName?: string;

  /**
   * Provider of the certificate, for the Region of its endpoints.
   *
   * @default the default provider of the stack
   */
  readonly provider?: TerraformProvider;

  /**
   * Provider for the validation records, if the zone belongs to another account or needs another role.
   *
   * @default the provider of the certificate
   */
  readonly zoneProvider?: TerraformProvider;

  /**
   * Tags for the certificate.
   *
   * @default only `Name`, the construct's path
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A certificate for several endpoints, such as `*.db.example.com`: issued and renewed by ACM, validated by records in
 * one zone. Pass it to `EndpointCertificate.shared`.
 *
 * Everything that is wrong with the properties is reported at once, when the construct is created.
 */
export class SharedCertificate extends Construct implements ISharedCertificate {
  /** ARN of the certificate, known once it is validated. */
  public readonly certificateArn: string;
  /** The names that it covers, as they were written. */
  public readonly certificateNames: string[];

  /**
   * @param scope where the certificate belongs.
   * @param id its name in that scope. The addresses of its resources derive from it.
   * @param props what it is made of.
   */
  public constructor(scope: Construct, id: string, props: SharedCertificateProps) {
    super(scope, id);
    const typeProblems = sharedCertificateTypeProblems(props);
    if (typeProblems.length > 0) throw new EndpointError(this.node.path, typeProblems);
    const { domainName, subjectAlternativeNames = [], zoneId, zoneName, tags, provider, zoneProvider } = props;
    useProvider(this, provider);
    const name = { property: 'domainName', text: domainName };
    const zone = { id: zoneId, name: zoneName, provider: zoneProvider };
    const account = providerSuffix(zoneProvider ?? provider);
    const keyOf = (text: string) => expressionText(this, text);
    const wanted = props.validationRecordsExist
      ? []
      : validationRecords({ ...zone, account }, name, subjectAlternativeNames, '', keyOf);
    const problems = [
      ...applyRules(SHARED_CERTIFICATE_RULES, props),
      ...applyRules(RECORD_RULES, { wanted, ownerOf: recordOwners(this) }),
    ];
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);

    claimRecords(this, wanted);
    this.certificateNames = [domainName, ...subjectAlternativeNames];
    [this.certificateArn] = createIssuedCertificates(this, [{ id: ['', ''], name: domainName, props }], {
      zone: props.validationRecordsExist ? undefined : findZone(this, zone),
      tags: tagsOf(this, tags),
    });
  }
}
