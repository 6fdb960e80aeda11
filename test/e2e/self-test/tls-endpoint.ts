/** Every resource that hands another one an ARN, an address or a document. */
export const TLS_ENDPOINT = {
  terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
  provider: { aws: { region: 'us-east-1' } },
  data: {
    aws_vpc: { main: { id: 'vpc-0123456789abcdef0' } },
    aws_iam_policy_document: { trust: { statement: { actions: ['sts:AssumeRole'] } } },
  },
  resource: {
    aws_security_group: { a: { vpc_id: '${data.aws_vpc.main.id}' } },
    aws_vpc_security_group_egress_rule: {
      a: {
        security_group_id: '${aws_security_group.a.id}',
        ip_protocol: -1,
        cidr_ipv4: '${cidrsubnet(data.aws_vpc.main.cidr_block, 8, 1)}',
      },
    },
    aws_lb: {
      a: { load_balancer_type: 'network', subnets: ['subnet-1'], security_groups: ['${aws_security_group.a.id}'] },
    },
    aws_lb_target_group: { a: { port: 6379, protocol: 'TLS', vpc_id: '${data.aws_vpc.main.id}', target_type: 'ip' } },
    aws_lb_target_group_attachment: { a: { target_group_arn: '${aws_lb_target_group.a.arn}', target_id: '10.20.0.5' } },
    aws_acm_certificate: { a: { domain_name: 'db.example.com', validation_method: 'DNS' } },
    aws_route53_record: {
      validation: {
        for_each: '${{ for option in aws_acm_certificate.a.domain_validation_options : "cname" => option... }}',
        zone_id: 'Z1',
        name: '${each.value[0].resource_record_name}',
        type: '${each.value[0].resource_record_type}',
        records: ['${each.value[0].resource_record_value}'],
        ttl: 60,
      },
      name: {
        zone_id: 'Z1',
        name: 'db.example.com',
        type: 'A',
        alias: { name: '${aws_lb.a.dns_name}', zone_id: '${aws_lb.a.zone_id}', evaluate_target_health: true },
      },
    },
    aws_acm_certificate_validation: { a: { certificate_arn: '${aws_acm_certificate.a.arn}' } },
    aws_lb_listener: {
      a: {
        load_balancer_arn: '${aws_lb.a.arn}',
        port: 6379,
        protocol: 'TLS',
        certificate_arn: '${aws_acm_certificate_validation.a.certificate_arn}',
        default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.a.arn}' },
      },
    },
    aws_vpc_endpoint_service: { a: { acceptance_required: true, network_load_balancer_arns: ['${aws_lb.a.arn}'] } },
    aws_sns_topic: { a: {} },
    aws_cloudwatch_metric_alarm: {
      a: {
        alarm_name: 'a',
        comparison_operator: 'GreaterThanThreshold',
        evaluation_periods: 1,
        alarm_actions: ['${aws_sns_topic.a.arn}'],
        dimensions: { LoadBalancer: '${aws_lb.a.arn_suffix}' },
      },
    },
    aws_iam_role: { a: { assume_role_policy: '${data.aws_iam_policy_document.trust.json}' } },
    aws_lambda_function: {
      a: { function_name: 'a', role: '${aws_iam_role.a.arn}', image_uri: 'x', package_type: 'Image' },
    },
    aws_cloudwatch_event_rule: { a: { schedule_expression: 'rate(1 minute)' } },
    aws_cloudwatch_event_target: {
      a: { rule: '${aws_cloudwatch_event_rule.a.name}', arn: '${aws_lambda_function.a.arn}' },
    },
    aws_lambda_permission: {
      a: {
        action: 'lambda:InvokeFunction',
        function_name: 'a',
        principal: 'events.amazonaws.com',
        source_arn: '${aws_cloudwatch_event_rule.a.arn}',
      },
    },
    aws_secretsmanager_secret: { a: {} },
    aws_secretsmanager_secret_version: { a: { secret_id: '${aws_secretsmanager_secret.a.id}', secret_string: 'x' } },
  },
};
