/** How instances of a choice class are recognized. */
export interface ClassMark {
  /**
   * A member of its instances: names of classes do not survive bundlers, and `instanceof` does not survive two copies of
   * the library.
   */
  readonly mark: string;
  /** What makes it, as a message says it. */
  readonly madeBy: string;
}

/** Every class of which callers pass instances as a property. The jsii assembly has no internal members. */
export const CLASSES: { readonly [name: string]: ClassMark } = {
  AccessLogs: { mark: '_accessLogDestination', madeBy: 'AccessLogs' },
  AdminSecret: { mark: '_arn', madeBy: 'AdminSecret' },
  AllowedSource: { mark: '_about', madeBy: 'AllowedSource' },
  DatabaseEngine: { mark: 'handshake', madeBy: 'DatabaseEngine' },
  DatabaseTarget: { mark: '_outsideVpc', madeBy: 'DatabaseTarget' },
  EndpointAddresses: { mark: '_assignment', madeBy: 'EndpointAddresses' },
  EndpointAlarm: { mark: '_isOn', madeBy: 'EndpointAlarm' },
  EndpointCertificate: { mark: '_source', madeBy: 'EndpointCertificate' },
  EndpointDashboard: { mark: '_shown', madeBy: 'new EndpointDashboard(...)' },
  EndpointTls: { mark: '_policy', madeBy: 'EndpointTls' },
  FlowLogs: { mark: '_flowLogDestination', madeBy: 'FlowLogs' },
  ExpiryEnforcement: { mark: '_endsOnItsDay', madeBy: 'ExpiryEnforcement' },
  Grant: { mark: '_on', madeBy: 'Grant' },
  IDatabaseEndpoint: { mark: '_database', madeBy: 'new DatabaseEndpoint(...) or addEndpoint(...)' },
  ITargetSync: { mark: '_isAttached', madeBy: 'new TargetSync(...)' },
  PrivateLinkAccess: { mark: '_enforcesAllowlist', madeBy: 'PrivateLinkAccess' },
  TerraformProvider: { mark: 'fqn', madeBy: 'new AwsProvider(...)' },
  TlsPolicy: { mark: 'name', madeBy: 'TlsPolicy' },
  UserAuth: { mark: '_method', madeBy: 'UserAuth' },
};
