import { configured } from './configured';
import { presolved } from './presolved';

/**
 * Classes of the AWS provider, each loaded when the first endpoint needs it: loading all of them takes longer than
 * synthesizing an endpoint, and most endpoints need few.
 */
export const aws = lazily({
  AcmCertificate: () =>
    require('@cdktf/provider-aws/lib/acm-certificate') as typeof import('@cdktf/provider-aws/lib/acm-certificate'),
  AcmCertificateValidation: () =>
    require('@cdktf/provider-aws/lib/acm-certificate-validation') as typeof import('@cdktf/provider-aws/lib/acm-certificate-validation'),
  CloudwatchDashboard: () =>
    require('@cdktf/provider-aws/lib/cloudwatch-dashboard') as typeof import('@cdktf/provider-aws/lib/cloudwatch-dashboard'),
  CloudwatchEventRule: () =>
    require('@cdktf/provider-aws/lib/cloudwatch-event-rule') as typeof import('@cdktf/provider-aws/lib/cloudwatch-event-rule'),
  CloudwatchEventTarget: () =>
    require('@cdktf/provider-aws/lib/cloudwatch-event-target') as typeof import('@cdktf/provider-aws/lib/cloudwatch-event-target'),
  CloudwatchLogGroup: () =>
    require('@cdktf/provider-aws/lib/cloudwatch-log-group') as typeof import('@cdktf/provider-aws/lib/cloudwatch-log-group'),
  CloudwatchQueryDefinition: () =>
    require('@cdktf/provider-aws/lib/cloudwatch-query-definition') as typeof import('@cdktf/provider-aws/lib/cloudwatch-query-definition'),
  CloudwatchMetricAlarm: () =>
    require('@cdktf/provider-aws/lib/cloudwatch-metric-alarm') as typeof import('@cdktf/provider-aws/lib/cloudwatch-metric-alarm'),
  DataAwsAvailabilityZones: () =>
    require('@cdktf/provider-aws/lib/data-aws-availability-zones') as typeof import('@cdktf/provider-aws/lib/data-aws-availability-zones'),
  DataAwsCallerIdentity: () =>
    require('@cdktf/provider-aws/lib/data-aws-caller-identity') as typeof import('@cdktf/provider-aws/lib/data-aws-caller-identity'),
  DataAwsDbSubnetGroup: () =>
    require('@cdktf/provider-aws/lib/data-aws-db-subnet-group') as typeof import('@cdktf/provider-aws/lib/data-aws-db-subnet-group'),
  DataAwsEc2ManagedPrefixList: () =>
    require('@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list') as typeof import('@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list'),
  DataAwsEip: () =>
    require('@cdktf/provider-aws/lib/data-aws-eip') as typeof import('@cdktf/provider-aws/lib/data-aws-eip'),
  DataAwsNetworkInterface: () =>
    require('@cdktf/provider-aws/lib/data-aws-network-interface') as typeof import('@cdktf/provider-aws/lib/data-aws-network-interface'),
  DataAwsLbListener: () =>
    require('@cdktf/provider-aws/lib/data-aws-lb-listener') as typeof import('@cdktf/provider-aws/lib/data-aws-lb-listener'),
  DataAwsRegion: () =>
    require('@cdktf/provider-aws/lib/data-aws-region') as typeof import('@cdktf/provider-aws/lib/data-aws-region'),
  DataAwsRoute53Zone: () =>
    require('@cdktf/provider-aws/lib/data-aws-route53-zone') as typeof import('@cdktf/provider-aws/lib/data-aws-route53-zone'),
  DataAwsSubnets: () =>
    require('@cdktf/provider-aws/lib/data-aws-subnets') as typeof import('@cdktf/provider-aws/lib/data-aws-subnets'),
  DataAwsVpc: () =>
    require('@cdktf/provider-aws/lib/data-aws-vpc') as typeof import('@cdktf/provider-aws/lib/data-aws-vpc'),
  Eip: () => require('@cdktf/provider-aws/lib/eip') as typeof import('@cdktf/provider-aws/lib/eip'),
  FlowLog: () => require('@cdktf/provider-aws/lib/flow-log') as typeof import('@cdktf/provider-aws/lib/flow-log'),
  IamRole: () => require('@cdktf/provider-aws/lib/iam-role') as typeof import('@cdktf/provider-aws/lib/iam-role'),
  IamRolePolicy: () =>
    require('@cdktf/provider-aws/lib/iam-role-policy') as typeof import('@cdktf/provider-aws/lib/iam-role-policy'),
  LambdaFunction: () =>
    require('@cdktf/provider-aws/lib/lambda-function') as typeof import('@cdktf/provider-aws/lib/lambda-function'),
  LambdaFunctionEventInvokeConfig: () =>
    require('@cdktf/provider-aws/lib/lambda-function-event-invoke-config') as typeof import('@cdktf/provider-aws/lib/lambda-function-event-invoke-config'),
  LambdaInvocation: () =>
    require('@cdktf/provider-aws/lib/lambda-invocation') as typeof import('@cdktf/provider-aws/lib/lambda-invocation'),
  LambdaPermission: () =>
    require('@cdktf/provider-aws/lib/lambda-permission') as typeof import('@cdktf/provider-aws/lib/lambda-permission'),
  Lb: () => require('@cdktf/provider-aws/lib/lb') as typeof import('@cdktf/provider-aws/lib/lb'),
  LbListener: () =>
    require('@cdktf/provider-aws/lib/lb-listener') as typeof import('@cdktf/provider-aws/lib/lb-listener'),
  LbListenerCertificate: () =>
    require('@cdktf/provider-aws/lib/lb-listener-certificate') as typeof import('@cdktf/provider-aws/lib/lb-listener-certificate'),
  LbTargetGroup: () =>
    require('@cdktf/provider-aws/lib/lb-target-group') as typeof import('@cdktf/provider-aws/lib/lb-target-group'),
  LbTargetGroupAttachment: () =>
    require('@cdktf/provider-aws/lib/lb-target-group-attachment') as typeof import('@cdktf/provider-aws/lib/lb-target-group-attachment'),
  Route53Record: () =>
    require('@cdktf/provider-aws/lib/route53-record') as typeof import('@cdktf/provider-aws/lib/route53-record'),
  Route53Zone: () =>
    require('@cdktf/provider-aws/lib/route53-zone') as typeof import('@cdktf/provider-aws/lib/route53-zone'),
  S3Bucket: () => require('@cdktf/provider-aws/lib/s3-bucket') as typeof import('@cdktf/provider-aws/lib/s3-bucket'),
  S3BucketLifecycleConfiguration: () =>
    require('@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration') as typeof import('@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration'),
  S3BucketOwnershipControls: () =>
    require('@cdktf/provider-aws/lib/s3-bucket-ownership-controls') as typeof import('@cdktf/provider-aws/lib/s3-bucket-ownership-controls'),
  S3BucketPolicy: () =>
    require('@cdktf/provider-aws/lib/s3-bucket-policy') as typeof import('@cdktf/provider-aws/lib/s3-bucket-policy'),
  S3BucketPublicAccessBlock: () =>
    require('@cdktf/provider-aws/lib/s3-bucket-public-access-block') as typeof import('@cdktf/provider-aws/lib/s3-bucket-public-access-block'),
  S3BucketServerSideEncryptionConfigurationA: () =>
    require('@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration') as typeof import('@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration'),
  SchedulerSchedule: () =>
    require('@cdktf/provider-aws/lib/scheduler-schedule') as typeof import('@cdktf/provider-aws/lib/scheduler-schedule'),
  SchedulerScheduleGroup: () =>
    require('@cdktf/provider-aws/lib/scheduler-schedule-group') as typeof import('@cdktf/provider-aws/lib/scheduler-schedule-group'),
  SecretsmanagerSecret: () =>
    require('@cdktf/provider-aws/lib/secretsmanager-secret') as typeof import('@cdktf/provider-aws/lib/secretsmanager-secret'),
  SecretsmanagerSecretPolicy: () =>
    require('@cdktf/provider-aws/lib/secretsmanager-secret-policy') as typeof import('@cdktf/provider-aws/lib/secretsmanager-secret-policy'),
  SecretsmanagerSecretRotation: () =>
    require('@cdktf/provider-aws/lib/secretsmanager-secret-rotation') as typeof import('@cdktf/provider-aws/lib/secretsmanager-secret-rotation'),
  SecurityGroup: () =>
    require('@cdktf/provider-aws/lib/security-group') as typeof import('@cdktf/provider-aws/lib/security-group'),
  SqsQueue: () => require('@cdktf/provider-aws/lib/sqs-queue') as typeof import('@cdktf/provider-aws/lib/sqs-queue'),
  VpcEndpoint: () =>
    require('@cdktf/provider-aws/lib/vpc-endpoint') as typeof import('@cdktf/provider-aws/lib/vpc-endpoint'),
  VpcEndpointPrivateDns: () =>
    require('@cdktf/provider-aws/lib/vpc-endpoint-private-dns') as typeof import('@cdktf/provider-aws/lib/vpc-endpoint-private-dns'),
  VpcEndpointService: () =>
    require('@cdktf/provider-aws/lib/vpc-endpoint-service') as typeof import('@cdktf/provider-aws/lib/vpc-endpoint-service'),
  VpcEndpointServicePrivateDnsVerification: () =>
    require('@cdktf/provider-aws/lib/vpc-endpoint-service-private-dns-verification') as typeof import('@cdktf/provider-aws/lib/vpc-endpoint-service-private-dns-verification'),
  VpcSecurityGroupEgressRule: () =>
    require('@cdktf/provider-aws/lib/vpc-security-group-egress-rule') as typeof import('@cdktf/provider-aws/lib/vpc-security-group-egress-rule'),
  VpcSecurityGroupIngressRule: () =>
    require('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule') as typeof import('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule'),
});

/** The class of its own name, out of each module. */
type Classes<Modules> = {
  readonly [Name in keyof Modules]: Modules[Name] extends () => { readonly [Class in Name]: infer Resource }
    ? Resource
    : never;
};

/** Loads a module when its class is requested, and no sooner. */
function lazily<Modules extends { readonly [Name in keyof Modules]: () => { readonly [Class in Name]: unknown } }>(
  modules: Modules,
): Classes<Modules> {
  const classes = {} as Classes<Modules>;
  for (const name in modules) {
    Object.defineProperty(classes, name, {
      configurable: true,
      get: () => {
        const value = configured(presolved(modules[name]()[name]));
        Object.defineProperty(classes, name, { value });
        return value;
      },
    });
  }
  return classes;
}
