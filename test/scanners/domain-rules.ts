/** Rules that a default endpoint is expected to pass, or to say why not: a list of its own, written before the table. */
export const EXPECTED_RULES: readonly string[] = [
  // Checkov
  ...['CKV_AWS_91', 'CKV_AWS_150', 'CKV_AWS_152', 'CKV_AWS_103', 'CKV2_AWS_74', 'CKV_AWS_23', 'CKV_AWS_24'],
  ...['CKV_AWS_25', 'CKV_AWS_260', 'CKV_AWS_277', 'CKV_AWS_382', 'CKV2_AWS_5', 'CKV_AWS_45', 'CKV_AWS_50'],
  ...['CKV_AWS_115', 'CKV_AWS_116', 'CKV_AWS_117', 'CKV_AWS_173', 'CKV_AWS_272', 'CKV_AWS_363', 'CKV_AWS_364'],
  ...['CKV_AWS_290', 'CKV_AWS_355', 'CKV_AWS_66', 'CKV_AWS_158', 'CKV_AWS_338', 'CKV_AWS_149', 'CKV2_AWS_57'],
  ...['CKV_AWS_304', 'CKV_AWS_26', 'CKV_AWS_169', 'CKV_AWS_123'],
  // Trivy
  ...['AVD-AWS-0053', 'AVD-AWS-0047', 'AVD-AWS-0099', 'AVD-AWS-0124', 'AVD-AWS-0104', 'AVD-AWS-0107', 'AVD-AWS-0066'],
  ...['AVD-AWS-0067', 'AVD-AWS-0098', 'AVD-AWS-0017', 'AVD-AWS-0057'],
  // Security Hub
  ...['ELB.6', 'ELB.13', 'ELB.17', 'ELB.18', 'ELB.21', 'ELB.22'],
];

/**
 * Every rule of Checkov 3.3.13 that judges a type of resource, found in its source by the type's name, so that a resource
 * which the library makes one day has its rules looked at: a type that is missing here stops the test.
 */
export const CHECKOV_RULES_BY_TYPE: { readonly [type: string]: readonly string[] } = {
  aws_acm_certificate: ['CKV_AWS_233', 'CKV_AWS_234', 'CKV2_AWS_71'],
  aws_acm_certificate_validation: [],
  aws_cloudwatch_event_rule: [],
  aws_cloudwatch_event_target: [],
  aws_cloudwatch_log_group: ['CKV_AWS_66', 'CKV_AWS_158', 'CKV_AWS_338'],
  aws_eip: ['CKV2_AWS_19'],
  aws_iam_role: ['CKV_AWS_60', 'CKV_AWS_61', 'CKV_AWS_274', 'CKV_AWS_393', 'CKV2_AWS_56', 'CKV2_AWS_68'],
  aws_iam_role_policy: [
    ...['CKV_AWS_62', 'CKV_AWS_63', 'CKV_AWS_286', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290'],
    ...['CKV_AWS_355', 'CKV2_AWS_40'],
  ],
  aws_lambda_function: [
    ...['CKV_AWS_45', 'CKV_AWS_50', 'CKV_AWS_115', 'CKV_AWS_116', 'CKV_AWS_117', 'CKV_AWS_173', 'CKV_AWS_272'],
    ...['CKV_AWS_363', 'CKV2_AWS_75'],
  ],
  aws_lambda_function_event_invoke_config: [],
  aws_lambda_invocation: [],
  aws_lambda_permission: ['CKV_AWS_301', 'CKV_AWS_364'],
  aws_lb: [
    ...['CKV_AWS_91', 'CKV_AWS_131', 'CKV_AWS_150', 'CKV_AWS_152', 'CKV_AWS_328', 'CKV2_AWS_20', 'CKV2_AWS_28'],
    ...['CKV2_AWS_76', 'CKV_AWS_103'],
  ],
  aws_lb_listener: ['CKV_AWS_2', 'CKV_AWS_103', 'CKV_AWS_378', 'CKV2_AWS_20', 'CKV2_AWS_74'],
  aws_lb_listener_certificate: [],
  aws_lb_target_group: ['CKV_AWS_261', 'CKV_AWS_378', 'CKV2_AWS_15'],
  aws_lb_target_group_attachment: [],
  aws_route53_record: ['CKV2_AWS_23'],
  aws_route53_zone: ['CKV2_AWS_38', 'CKV2_AWS_39'],
  aws_secretsmanager_secret: ['CKV_AWS_149', 'CKV2_AWS_57'],
  aws_secretsmanager_secret_policy: [],
  aws_secretsmanager_secret_rotation: ['CKV_AWS_304'],
  aws_security_group: [
    ...['CKV_AWS_23', 'CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260', 'CKV_AWS_277', 'CKV_AWS_382', 'CKV2_AWS_5'],
    'CKV2_AWS_7',
  ],
  aws_sqs_queue: ['CKV_AWS_27', 'CKV_AWS_168', 'CKV2_AWS_73'],
  aws_vpc_endpoint: [],
  aws_vpc_endpoint_private_dns: [],
  aws_vpc_endpoint_service: ['CKV_AWS_123'],
  aws_vpc_endpoint_service_private_dns_verification: [],
  aws_vpc_security_group_egress_rule: ['CKV_AWS_23', 'CKV_AWS_382', 'CKV2_AWS_12'],
  aws_vpc_security_group_ingress_rule: [
    ...['CKV_AWS_23', 'CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260', 'CKV_AWS_277', 'CKV2_AWS_12'],
  ],
  // What monitoring, logs and expiry make.
  aws_cloudwatch_dashboard: [],
  aws_cloudwatch_log_metric_filter: [],
  aws_cloudwatch_metric_alarm: ['CKV_AWS_319'],
  aws_cloudwatch_query_definition: [],
  aws_flow_log: ['CKV2_AWS_11'],
  aws_s3_bucket: [
    ...['CKV_AWS_18', 'CKV_AWS_19', 'CKV_AWS_20', 'CKV_AWS_21', 'CKV_AWS_57', 'CKV_AWS_70', 'CKV_AWS_93'],
    ...['CKV_AWS_143', 'CKV_AWS_144', 'CKV_AWS_145', 'CKV2_AWS_6', 'CKV2_AWS_46', 'CKV2_AWS_61', 'CKV2_AWS_62'],
  ],
  aws_s3_bucket_acl: ['CKV_AWS_379'],
  aws_s3_bucket_lifecycle_configuration: ['CKV_AWS_300', 'CKV2_AWS_61'],
  aws_s3_bucket_ownership_controls: ['CKV2_AWS_65'],
  aws_s3_bucket_policy: ['CKV_AWS_70', 'CKV_AWS_93'],
  aws_s3_bucket_public_access_block: [...['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56', 'CKV2_AWS_6']],
  aws_s3_bucket_server_side_encryption_configuration: ['CKV_AWS_19', 'CKV_AWS_145'],
  aws_scheduler_schedule: ['CKV_AWS_297'],
  aws_scheduler_schedule_group: [],
};
