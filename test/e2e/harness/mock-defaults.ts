/**
 * What AWS would answer, where a random string of the mock would be refused by whatever uses it: ARNs, addresses,
 * policy documents. By resource or data source type.
 */
export type MockDefaults = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const PLACE = 'us-east-1:123456789012';
const BALANCER = 'net/mock/0123456789abcdef';
const ELB = `arn:aws:elasticloadbalancing:${PLACE}`;
const CERTIFICATE = `arn:aws:acm:${PLACE}:certificate/00000000-0000-4000-8000-000000000001`;
const POLICY = { json: '{"Version":"2012-10-17","Statement":[]}' };

export const MOCK_RESOURCES: MockDefaults = {
  aws_acm_certificate: {
    arn: CERTIFICATE,
    id: CERTIFICATE,
    certificate_authority_arn: '',
    domain_name: 'mock.example.com',
    validation_method: 'NONE',
    key_algorithm: 'RSA_2048',
    not_after: '2027-01-01T00:00:00Z',
    not_before: '2026-01-01T00:00:00Z',
    options: [],
    pending_renewal: false,
    renewal_eligibility: 'INELIGIBLE',
    renewal_summary: [],
    status: 'PENDING_VALIDATION',
    subject_alternative_names: [],
    tags_all: {},
    type: 'AMAZON_ISSUED',
    validation_emails: [],
    domain_validation_options: [
      {
        domain_name: 'mock.example.com',
        resource_record_name: '_mock.mock.example.com.',
        resource_record_type: 'CNAME',
        resource_record_value: '_mock.acm-validations.aws.',
      },
    ],
  },
  aws_acm_certificate_validation: {
    certificate_arn: CERTIFICATE,
  },
  aws_cloudwatch_event_rule: { arn: `arn:aws:events:${PLACE}:rule/mock` },
  aws_cloudwatch_log_group: { arn: `arn:aws:logs:${PLACE}:log-group:mock` },
  aws_ec2_managed_prefix_list: {
    arn: `arn:aws:ec2:${PLACE}:prefix-list/pl-0123456789abcdef0`,
    id: 'pl-0123456789abcdef0',
  },
  aws_eip: { allocation_id: 'eipalloc-0123456789abcdef0', public_ip: '198.51.100.10' },
  aws_iam_policy: { arn: 'arn:aws:iam::123456789012:policy/mock' },
  aws_iam_role: { arn: 'arn:aws:iam::123456789012:role/mock' },
  aws_kms_key: { arn: `arn:aws:kms:${PLACE}:key/00000000-0000-4000-8000-000000000002` },
  aws_lambda_function: { arn: `arn:aws:lambda:${PLACE}:function:mock` },
  aws_lb: {
    arn: `${ELB}:loadbalancer/${BALANCER}`,
    arn_suffix: BALANCER,
    dns_name: 'mock-0123456789abcdef.elb.us-east-1.amazonaws.com',
    id: `${ELB}:loadbalancer/${BALANCER}`,
    zone_id: 'Z26RNL4JYFTOTI',
  },
  aws_lb_listener: { arn: `${ELB}:listener/${BALANCER}/1`, id: `${ELB}:listener/${BALANCER}/1` },
  aws_lb_target_group: {
    arn: `${ELB}:targetgroup/mock/0123456789abcdef`,
    arn_suffix: 'targetgroup/mock/0123456789abcdef',
    id: `${ELB}:targetgroup/mock/0123456789abcdef`,
  },
  aws_route53_zone: { zone_id: 'Z0123456789MOCK' },
  aws_s3_bucket: { arn: 'arn:aws:s3:::mock', id: 'mock' },
  aws_scheduler_schedule_group: { arn: `arn:aws:scheduler:${PLACE}:schedule-group/mock` },
  aws_secretsmanager_secret: {
    arn: `arn:aws:secretsmanager:${PLACE}:secret:mock`,
    id: `arn:aws:secretsmanager:${PLACE}:secret:mock`,
  },
  aws_security_group: { arn: `arn:aws:ec2:${PLACE}:security-group/sg-0123456789abcdef0`, id: 'sg-0123456789abcdef0' },
  aws_sns_topic: { arn: `arn:aws:sns:${PLACE}:mock`, id: `arn:aws:sns:${PLACE}:mock` },
  aws_sqs_queue: { arn: `arn:aws:sqs:${PLACE}:mock` },
  aws_subnet: { availability_zone: 'us-east-1a', id: 'subnet-0123456789abcdef0' },
  aws_vpc: { id: 'vpc-0123456789abcdef0' },
  aws_vpc_endpoint: {
    dns_entry: [{ dns_name: 'vpce-mock.us-east-1.vpce.amazonaws.com', hosted_zone_id: 'Z7HUB22UULQXV' }],
    id: 'vpce-0123456789abcdef0',
  },
  aws_vpc_endpoint_service: {
    id: 'vpce-svc-0123456789abcdef0',
    private_dns_name: '',
    private_dns_name_configuration: [
      { name: '_mock', state: 'pendingVerification', type: 'TXT', value: 'vpce:0123456789abcdef' },
    ],
    service_name: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
    supported_regions: ['us-east-1'],
  },
};

export const MOCK_DATA: MockDefaults = {
  aws_availability_zones: { names: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
  aws_caller_identity: { account_id: '123456789012' },
  aws_eip: { public_ip: '198.51.100.11' },
  aws_iam_policy_document: POLICY,
  aws_partition: { partition: 'aws', dns_suffix: 'amazonaws.com' },
  aws_region: { id: 'us-east-1', name: 'us-east-1' },
  aws_route53_zone: { name: 'example.com', zone_id: 'Z0123456789MOCK' },
  aws_subnet: { availability_zone: 'us-east-1a', cidr_block: '10.20.0.0/24', vpc_id: 'vpc-0123456789abcdef0' },
  aws_vpc: { cidr_block: '10.20.0.0/16', id: 'vpc-0123456789abcdef0' },
};

/**
 * Types whose answers the real provider knows at plan time, so that a `for_each` may use them. What is known must stay
 * the same at apply, and what the mock makes up does not: give all of their computed attributes above.
 */
export const KNOWN_AT_PLAN: readonly string[] = ['aws_acm_certificate'];
