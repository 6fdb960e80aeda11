/** A rule that is not evaluated, and why. */
export interface NotEvaluated {
  readonly ids: readonly string[];
  readonly because: string;
  /** Types of which no configuration has a resource, where that is the reason. */
  readonly types?: readonly string[];
}

/** Rules that were looked at and are not evaluated. */
export const NOT_EVALUATED: readonly NotEvaluated[] = [
  {
    ids: ['CKV_AWS_26', 'CKV_AWS_169'],
    because: 'The library makes no SNS topic: alarms take topics that exist.',
    types: ['aws_sns_topic', 'aws_sns_topic_policy'],
  },
  {
    ids: ['CKV_AWS_131', 'CKV_AWS_328', 'CKV2_AWS_20', 'CKV2_AWS_28', 'CKV2_AWS_76'],
    because:
      'About HTTP behind an Application Load Balancer; every load balancer of the library is a Network Load Balancer.',
  },
  { ids: ['CKV2_AWS_15'], because: 'About Auto Scaling groups.', types: ['aws_autoscaling_group'] },
  {
    ids: ['CKV2_AWS_7', 'CKV2_AWS_12'],
    because: 'About EMR clusters and default security groups of VPCs.',
    types: ['aws_emr_cluster', 'aws_default_security_group', 'aws_vpc'],
  },
  {
    ids: ['CKV_AWS_274', 'CKV2_AWS_56', 'CKV2_AWS_68'],
    because: 'About managed policies; the roles of the library have one policy of their own.',
    types: ['aws_iam_role_policy_attachment', 'aws_iam_policy_attachment', 'aws_iam_policy'],
  },
  {
    ids: ['CKV_AWS_393'],
    because:
      'About roles for GitHub Actions; the roles of the library can be taken by services of AWS only (CKV_AWS_60 and 61).',
  },
  {
    ids: ['CKV_AWS_168'],
    because: 'About queue policies; the queues of the library have none, so only their account may use them.',
    types: ['aws_sqs_queue_policy'],
  },
  {
    ids: ['CKV2_AWS_11'],
    because: 'About VPCs, which the library does not make.',
    types: ['aws_vpc'],
  },
  {
    ids: ['CKV_AWS_93', 'CKV2_AWS_46'],
    because: 'About bucket policies that lock out their owner, and CloudFront in front of a bucket.',
    types: ['aws_cloudfront_distribution'],
  },
  {
    ids: ['CKV_AWS_379'],
    because: 'Judges buckets by their ACLs, and the library writes none; S3.5 wants the same of the policy.',
    types: ['aws_s3_bucket_acl'],
  },
  { ids: ['CKV_AWS_19'], because: 'Passes every bucket since S3 encrypts all of them by itself.' },
  {
    ids: ['CKV_AWS_143'],
    because:
      'About object lock, which Checkov asks of every bucket and which keeps anybody from deleting logs before their end.',
  },
  { ids: ['CKV2_AWS_75'], because: 'About function URLs.', types: ['aws_lambda_function_url'] },
  {
    ids: ['AVD-AWS-0097', 'AVD-AWS-0095', 'AVD-AWS-0136'],
    because: 'About policies of queues, and topics.',
    types: ['aws_sqs_queue_policy', 'aws_sns_topic'],
  },
  {
    ids: ['AVD-AWS-0057'],
    because:
      'Retired: what is left of the rule in Trivy has no condition. What it was about is in CKV_AWS_290 and 355.',
  },
  { ids: ['AVD-AWS-0054'], because: 'About listeners of Application Load Balancers.' },
  {
    ids: ['AVD-AWS-0342', 'AVD-AWS-0345'],
    because:
      'Those about passing roles and full access to S3: the tests of permissions hold exactly what each role may do.',
  },
  {
    ids: ['Lambda.6', 'SQS.2', 'SecretsManager.5', 'EC2.43', 'IAM.24'],
    because: 'Those that want tags pass with any tags; which ones an organization wants is a parameter of theirs.',
  },
  {
    ids: ['SecretsManager.2', 'SecretsManager.3', 'ACM.1', 'EC2.12'],
    because:
      'About what happens in an account and not about configuration: a rotation that failed, a secret or address that nobody uses, a certificate that is about to end.',
  },
];
