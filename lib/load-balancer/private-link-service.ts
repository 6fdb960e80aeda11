import type { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import type { Lb } from '@cdktf/provider-aws/lib/lb';
import type { VpcEndpointService } from '@cdktf/provider-aws/lib/vpc-endpoint-service';
import { DataResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { findZone, withinZone } from '../dns/zone';
import type { ExposedPrivateLink } from '../exposure/exposure';
import { canonicalName } from '../network/domain-name';
import { EndpointError } from '../rules/endpoint-error';
import { checkStruct } from '../rules/type-check';
import { aws } from '../terraform/aws';
import { createOutputs } from '../terraform/outputs';
import type { Precondition } from '../terraform/precondition';
import { tagsOf } from '../terraform/tags';
import { Deferred } from '../tokens/deferred';
import { addressIn, addressOf, attributeOf, expressionOf, expressionToken } from '../tokens/expression';
import { asLiteral } from '../tokens/literal';
import { listText, resolvedText } from '../tokens/resolved-text';
import { isUnresolved, isUnresolvedList } from '../tokens/unresolved';
import type { PrivateLinkOutputsOptions, PrivateLinkProps } from './private-link-props';
import type { LinkedEndpoint } from './private-link-rules';

/**
 * The endpoint service that shares a load balancer over PrivateLink: made by `EndpointLoadBalancer.shareOverPrivateLink`.
 *
 * As long as it exists, AWS does not delete the load balancer.
 */
export class PrivateLinkService extends Construct {
  /** @internal */
  public static _share(
    loadBalancer: Construct,
    id: string,
    { resource, dualStack, endpoints, props }: SharedOverPrivateLink,
  ): PrivateLinkService {
    // The name of the class here would make a bundler rename it.
    return new this(loadBalancer, id, { resource, dualStack, endpoints, props });
  }

  /** The endpoint service itself. */
  public readonly resource: VpcEndpointService;
  /** The name that consumers can resolve to their interface endpoints, where there is one. */
  public readonly privateDnsName?: string;

  private readonly regionData: DataAwsRegion;

  private constructor(
    loadBalancer: Construct,
    id: string,
    private readonly shared: SharedOverPrivateLink,
  ) {
    super(loadBalancer, id);
    const { resource: lb, dualStack, props } = shared;
    lb.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic = props.access._enforcesAllowlist ? 'on' : 'off';
    this.regionData = new aws.DataAwsRegion(this, 'Region', {});
    this.privateDnsName = props.privateDnsName;
    this.resource = new aws.VpcEndpointService(this, 'Service', {
      networkLoadBalancerArns: [attributeOf(lb, 'arn')],
      acceptanceRequired: props.acceptanceRequired ?? true,
      // Whatever is left out here keeps its last value in AWS, and with it the access of principals that are gone.
      allowedPrincipals: this.inOrder(props.principals),
      supportedIpAddressTypes: dualStack ? ['ipv4', 'ipv6'] : ['ipv4'],
      supportedRegions: props.supportedRegions && this.withOwnRegion(props.supportedRegions),
      privateDnsName: canonical(props.privateDnsName),
      tags: tagsOf(this, props.tags),
      lifecycle: unlessEmpty(this.keptByAws()),
    });
    this.node.defaultChild = this.resource;
    if (props.privateDnsName !== undefined) this.verify(props.privateDnsName);
  }

  /** The name of the service, such as `com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0`, for consumers. */
  public get serviceName(): string {
    return this.resource.serviceName;
  }

  /** The Region of the service, for consumers in other Regions. */
  public get region(): string {
    return this.regionData.id;
  }

  /** The Availability Zones that the service is in, by the names that the account of the load balancer has for them. */
  public get availabilityZones(): string[] {
    return this.resource.availabilityZones;
  }

  /**
   * Writes Terraform outputs for consumers: `<prefix>_service_name`, `<prefix>_service_region`,
   * `<prefix>_availability_zones`, `<prefix>_endpoints` (port, engine and hostname of each endpoint) and, where there is
   * one, `<prefix>_private_dns_name`. None of them holds a secret.
   *
   * Throws an error when called again. Synthesis fails where another output has one of the names.
   *
   * @param options what the names begin with.
   */
  public addOutputs(options: PrivateLinkOutputsOptions = {}): void {
    const problems = checkStruct(options, 'PrivateLinkOutputsOptions', 'addOutputs()');
    if (problems.length > 0) throw new EndpointError(this.node.path, problems);
    createOutputs(this, options.prefix, {
      service_name: { value: attributeOf(this.resource, 'service_name'), description: 'Name of the endpoint service' },
      service_region: { value: this.region, description: 'Region of the endpoint service' },
      availability_zones: {
        value: attributeOf(this.resource, 'availability_zones'),
        description: "Availability Zones of the endpoint service, by the names of its provider's account",
      },
      endpoints: {
        value: new Deferred((context) => context.resolve(asLiteral(this.shared.endpoints().map(shown)))),
        description: 'What listens on which port, and the name that its clients use',
      },
      private_dns_name:
        this.privateDnsName === undefined
          ? undefined
          : { value: this.privateDnsName, description: 'Private DNS name of the endpoint service' },
    });
  }

  /** @internal */
  public get _supportedRegions(): readonly string[] | undefined {
    return this.shared.props.supportedRegions;
  }

  /** @internal */
  public get _exposed(): ExposedPrivateLink {
    const { principals, acceptanceRequired = true, supportedRegions, access } = this.shared.props;
    const listed = (list: readonly string[]) => (isUnresolvedList(list) ? [listText(list)] : this.inOrder(list));
    return {
      principals: listed(principals),
      acceptanceRequired,
      allowlistApplies: access._enforcesAllowlist,
      supportedRegions: supportedRegions && listed(supportedRegions),
    };
  }

  /** The order in which principals and Regions are written means nothing. */
  private inOrder(list: readonly string[]): string[] {
    if (isUnresolvedList(list)) return Token.asList(list);
    const text = (each: string) => (isUnresolved(each) ? resolvedText(this, each) : each);
    return [...list].sort((a, b) => (text(a) < text(b) ? -1 : 1));
  }

  /** AWS wants the Region of the load balancer to stay in the list. */
  private withOwnRegion(regions: readonly string[]): string[] {
    return Token.asList(
      new Deferred((context) => {
        const others = expressionOf(this.inOrder(regions), context);
        return `\${sort(distinct(concat(${others}, [${expressionOf(this.regionData.id, context)}])))}`;
      }),
    );
  }

  /** What the provider does not take away when it is gone from the configuration: without these, nothing would be said. */
  private keptByAws(): Precondition[] {
    const { privateDnsName, supportedRegions } = this.shared.props;
    const conditions: Precondition[] = [];
    if (privateDnsName === undefined) {
      conditions.push({
        condition: new Deferred(() => '${try(length(self.private_dns_name), 0) == 0}'),
        errorMessage: `${this.node.path}: the service has a private DNS name in AWS that is not written here, and the provider cannot take it off. Write it again as privateDnsName, or take it off with aws ec2 modify-vpc-endpoint-service-configuration --remove-private-dns-name --service-id <the id of the service> and run terraform plan again. [PrivateDnsNameKept]`,
      });
    }
    if (supportedRegions === undefined) {
      conditions.push({
        condition: new Deferred(
          (context) =>
            `\${try(length(setsubtract(self.supported_regions, [${expressionOf(this.regionData.id, context)}])), 0) == 0}`,
        ),
        errorMessage: `${this.node.path}: the service supports other Regions in AWS that are not written here, and leaving them out does not take them away. Write supportedRegions: [] for none, or name them. [PrivateLinkRegionsKept]`,
      });
    }
    return conditions;
  }

  /** Proves to AWS that the name is ours: service, then record, then verification. */
  private verify(name: string): void {
    const { zoneId, zoneName, zoneProvider } = this.shared.props;
    const zone = findZone(this, { id: zoneId, name: zoneName, provider: zoneProvider });
    if (zone === undefined) return;
    // When a service that exists gets a name, the provider plans as if its record were already known: the state of before.
    // The output of this is unknown in such a plan, and with it whatever depends on it.
    const current = new DataResource(this, 'PrivateDnsName', { input: asLiteral({ name: canonical(name) }) });
    const configured = (attribute: string) =>
      expressionToken((context) => {
        const value = `try(${addressIn(this.resource)}.private_dns_name_configuration[0].${attribute}, "")`;
        return `${addressIn(current)}.output.name == ${expressionOf(canonical(name), context)} ? ${value} : ""`;
      });
    const precondition = withinZone(
      zone,
      [name],
      `${this.node.path}: privateDnsName '${name}' is not in the zone ${zone.name}. Write a name that ends with that of the zone, or the zone that holds the name. [PrivateDnsNameOutsideZone]`,
    );
    const record = new aws.Route53Record(this, 'Verification', {
      provider: zone.provider,
      zoneId: zone.id,
      name: `${configured('name')}.${canonical(name)}`,
      type: 'TXT',
      ttl: 1800,
      records: [configured('value')],
      lifecycle: precondition.length > 0 ? { precondition } : undefined,
    });
    const verification = new aws.VpcEndpointServicePrivateDnsVerification(this, 'VerifiedName', {
      serviceId: attributeOf(this.resource, 'id'),
      waitForVerification: true,
      // Another name of the same service has to be verified as well.
      lifecycle: { replaceTriggeredBy: [addressOf(current)] },
    });
    verification.dependsOn = [addressOf(record)];
  }
}

/**
 * What is shared over PrivateLink, and how.
 *
 * @internal
 */
export interface SharedOverPrivateLink {
  readonly resource: Lb;
  readonly dualStack: boolean;
  /** Those that there are when the stack is written out. */
  readonly endpoints: () => readonly LinkedEndpoint[];
  readonly props: PrivateLinkProps;
}

function unlessEmpty(postcondition: Precondition[]): { postcondition: Precondition[] } | undefined {
  return postcondition.length > 0 ? { postcondition } : undefined;
}

function shown({ port, engine, hostname }: LinkedEndpoint): object {
  return { port, engine, hostname };
}

function canonical(name: string): string;
function canonical(name: string | undefined): string | undefined;
function canonical(name: string | undefined): string | undefined {
  return name === undefined || isUnresolved(name) ? name : canonicalName(name);
}
