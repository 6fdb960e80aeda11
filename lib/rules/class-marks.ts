/** How a choice that is made with a class is told from everything else. */
export interface ClassMark {
  /**
   * A member of its instances: names of classes do not survive bundlers, and `instanceof` does not survive two copies of
   * the library.
   */
  readonly mark: string;
  /** What makes it, as a message says it. */
  readonly madeBy: string;
}

/** Every class of which callers pass instances as a property. The jsii assembly knows no internal members. */
export const CLASSES: { readonly [name: string]: ClassMark } = {
  AllowedSource: { mark: '_about', madeBy: 'AllowedSource' },
  DatabaseEngine: { mark: 'handshake', madeBy: 'DatabaseEngine' },
  DatabaseTarget: { mark: '_outsideVpc', madeBy: 'DatabaseTarget' },
  EndpointCertificate: { mark: '_source', madeBy: 'EndpointCertificate' },
  EndpointTls: { mark: '_policy', madeBy: 'EndpointTls' },
  ITargetSync: { mark: '_isAttached', madeBy: 'new TargetSync(...)' },
  TerraformProvider: { mark: 'fqn', madeBy: 'new AwsProvider(...)' },
  TlsPolicy: { mark: 'name', madeBy: 'TlsPolicy' },
};
