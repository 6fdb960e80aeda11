// biome-ignore-all assist/source/organizeImports: in the order in which users need them

/*
 * What users may use; everything else is internal and may change. A test holds that these are the types of the jsii
 * assembly and `EndpointError`.
 */

// The endpoint
export { DatabaseEndpoint } from './endpoint/database-endpoint';
export type { DatabaseEndpointProps } from './endpoint/database-endpoint-props';
export type { EndpointProps } from './endpoint/endpoint-props';
export { Integration } from './endpoint/integration';
export type { IntegrationProps } from './endpoint/integration-props';
export { EndpointError, type EndpointProblem } from './rules/endpoint-error';
export type { ProblemLocation } from './rules/location';
export type { EndpointOutputsOptions, LoadBalancerOutputsOptions } from './endpoint/endpoint-outputs';
export type {
  ExposedGrant,
  ExposedPrivateLink,
  ExposedSource,
  ExposedUser,
  Exposure,
  ExposureCheck,
  ExposureGuards,
} from './exposure/exposure';

// The load balancer in front of it
export { EndpointLoadBalancer } from './endpoint/endpoint-load-balancer';
export type { SharedLoadBalancerProps } from './load-balancer/shared-load-balancer-props';
export type { EndpointLoadBalancerAttributes } from './load-balancer/imported-load-balancer-attributes';
export type { IEndpointLoadBalancer } from './load-balancer/endpoint-load-balancer-interface';
export {
  EndpointAddresses,
  type ElasticIpsOptions,
  type SubnetElasticIp,
  type SubnetPrivateIp,
} from './load-balancer/endpoint-addresses';
export { ExpiryEnforcement, type ExpirySchedulesOptions } from './expiry/expiry-enforcement';
export type { EndpointLoadBalancerProps } from './load-balancer/endpoint-load-balancer-props';
export { AccessLogs, type LogBucketOptions, type NewLogBucketOptions } from './logs/access-logs';
export { FlowLogs, type FlowLogBucketOptions, type FlowLogGroupOptions } from './logs/flow-logs';
export { PrivateLinkAccess } from './load-balancer/private-link-access';
export type { PrivateLinkOutputsOptions, PrivateLinkProps } from './load-balancer/private-link-props';
export { PrivateLinkService } from './load-balancer/private-link-service';
export { DatabaseEndpointConsumer } from './load-balancer/database-endpoint-consumer';
export type { DatabaseEndpointConsumerProps } from './load-balancer/database-endpoint-consumer-props';
export type { EndpointQuotas } from './placement/endpoint-quotas';

// Who may connect
export {
  AllowedSource,
  type AllowedSourceOptions,
  type AllowedSourceOrigin,
  type AnywhereProps,
  type PrefixListOptions,
} from './allowlist/allowed-source';
export type { AllowlistPrefixLengths, AllowlistRequirements } from './allowlist/allowlist-requirements';
export type {
  AllowlistBreadth,
  AllowlistSettings,
  SharedAllowlistSettings,
} from './allowlist/allowlist-settings';
export { AllowlistFile, type AllowlistFileOptions, type AllowlistTextOptions } from './allowlist-file/allowlist-file';

// How clients connect
export type { CertificateAuthority } from './engine/certificate-authority';
export type { ClientRecipe } from './clients/recipes/client-recipe';
export type { ClientGuide } from './clients/client-guide';
export type { ClientGuideOptions } from './clients/client-guide-options';
export type { ConnectionUrlOptions } from './clients/connection-url-options';
export type { ClientKeepalive } from './clients/keepalive/client-keepalive';
export type {
  UserConfiguration,
  UserStatementsOptions,
  UserStatements,
} from './clients/user-statements/user-statements';

// Logins for integrations
export { DatabaseUser } from './users/database-user';
export type {
  DatabaseServer,
  DatabaseUserProps,
  IntegrationUserProps,
  UserNetwork,
  UserSecretOptions,
} from './users/database-user-props';
export { type CustomGrantProps, Grant, type GrantScope } from './users/grant';
export { AdminSecret, type AdminSecretOptions } from './users/admin-secret';
export { UserAuth } from './users/user-auth';
export type { IDatabaseEndpoint } from './users/database-endpoint-interface';

// What speaks behind it
export type { CustomEngineProps } from './engine/custom-engine';
export { DatabaseEngine } from './engine/database-engine';
export { TlsHandshake } from './engine/tls-handshake';

// Where the database is
export { DatabaseIngress, type DatabaseIngressRule } from './targets/database-ingress';
export {
  DatabaseTarget,
  type InstanceTargetOptions,
  type IpAddressTargetOptions,
  type SelfRegisteringTargetOptions,
  TargetType,
} from './targets/database-target';
export type { DatabaseTargetOptions } from './targets/database-target-options';
export {
  DatabaseRole,
  type FollowedTargetOptions,
  type HostnameTargetOptions,
  type RdsClusterTargetProps,
  type RdsInstanceTargetProps,
  type RdsProxyTargetProps,
} from './targets/followed-target';
export { TargetSync } from './target-sync/target-sync';
export type { TargetSyncProps } from './target-sync/target-sync-props';
export type { EndpointHealthCheck } from './targets/endpoint-health-check';
export type { EndpointSessions } from './targets/endpoint-sessions';
export type { ITargetSync } from './targets/target-sync-interface';

// What it is called
export type { EndpointDomain } from './dns/endpoint-domain';

// Where TLS ends
export { SharedCertificate, type SharedCertificateProps } from './certificate/shared-certificate';
export { CertificateKeyAlgorithm } from './certificate/certificate-key-algorithm';
export {
  EndpointCertificate,
  type ImportedCertificateFiles,
  type ImportedCertificateProps,
} from './certificate/endpoint-certificate';
export type { IssuedCertificateProps } from './certificate/issued-certificate-props';
export type { ISharedCertificate } from './certificate/shared-certificate-interface';
export { EndpointTls, type TlsTerminationProps } from './tls/endpoint-tls';
export { TlsPolicy } from './tls/tls-policy';

// What watches it
export type { AlarmActions } from './monitoring/alarm-actions';
export { type AlarmSettings, EndpointAlarm } from './monitoring/endpoint-alarm';
export { EndpointDashboard, type EndpointDashboardProps } from './monitoring/endpoint-dashboard';
export { EndpointMonitoring } from './monitoring/endpoint-monitoring';
export { LoadBalancerMonitoring } from './monitoring/load-balancer-monitoring';
export type {
  EndpointAlarms,
  EndpointMonitoringProps,
  LoadBalancerAlarms,
  LoadBalancerMonitoringProps,
  MonitoringProps,
} from './monitoring/monitoring-props';
