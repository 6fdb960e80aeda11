import type { LbSubnetMapping } from '@cdktf/provider-aws/lib/lb';
import { ref, type TerraformResourceLifecycle, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { aws } from '../terraform/aws';
import { shownPath } from '../terraform/shown-path';
import { TerraformData } from '../terraform/terraform-data';
import { ForEach } from '../tokens/deferred';
import { addressIn, expressionToken } from '../tokens/expression';
import { expressionText } from '../tokens/resolved-text';
import { countElasticIps } from './elastic-ip-count';
import type { EndpointAddresses } from './endpoint-addresses';
import type { LoadBalancerSettings } from './load-balancer-settings';
import { type SubnetAddress, subnetAddresses } from './subnet-addresses';

/** What AWS decides when a load balancer is made. Elastic IP addresses are of one kind, whoever allocates them. */
interface AddressKind {
  readonly name: 'elastic' | 'private';
  /**
   * Six characters at most. Another prefix makes another load balancer, as another kind of addresses must: that of load
   * balancers without fixed addresses is another one too.
   */
  readonly namePrefix: string;
}

const ELASTIC: AddressKind = { name: 'elastic', namePrefix: 'dbep-e' };
const PRIVATE: AddressKind = { name: 'private', namePrefix: 'dbep-p' };

/** The addresses of a load balancer that never change, and what sees to it that they do not. */
export class FixedAddresses {
  public readonly namePrefix: string;
  public readonly subnetMapping: LbSubnetMapping[];
  /** Of the load balancer. */
  public readonly lifecycle: TerraformResourceLifecycle;
  private readonly subnets: readonly SubnetAddress[];
  /** The same in an order that does not depend on the one in which they were written. */
  private readonly sorted: readonly SubnetAddress[];
  /** The expression of an Elastic IP address by the key of its subnet. */
  private readonly elasticIps?: (key: string) => string;

  public constructor(
    private readonly scope: Construct,
    { subnetIds, deletionProtection }: LoadBalancerSettings,
    addresses: EndpointAddresses,
    tags: { [key: string]: string },
  ) {
    const { _assignment: assignment } = addresses;
    const kind = assignment.kind === 'privateIps' ? PRIVATE : ELASTIC;
    this.namePrefix = kind.namePrefix;
    this.subnets = subnetAddresses(subnetIds, addresses, (id) => expressionText(scope, id));
    this.sorted = [...this.subnets].sort((a, b) => (a.key < b.key ? -1 : 1));
    if (assignment.kind === 'elasticIps') {
      this.elasticIps = this.allocate(assignment.options?.allowRelease ?? false, tags);
    } else if (assignment.kind === 'existing') {
      this.elasticIps = this.lookUp();
    }
    this.subnetMapping = this.sorted.map((each) => this.mapping(each));
    this.lifecycle = { postcondition: [this.sameAddresses] };
    if (deletionProtection) this.rememberKind(kind);
  }

  /** The addresses, in the order in which the subnets were written. */
  public get ipAddresses(): string[] {
    const { elasticIps } = this;
    return this.subnets.map(({ key, value = '' }) =>
      elasticIps ? Token.asString(ref(`${elasticIps(key)}.public_ip`, TerraformStack.of(this.scope))) : value,
    );
  }

  private mapping({ subnetId, key, value }: SubnetAddress): LbSubnetMapping {
    const { elasticIps } = this;
    if (!elasticIps) return { subnetId, privateIpv4Address: value };
    return {
      subnetId,
      allocationId: value ?? expressionToken(() => `${elasticIps(key)}.allocation_id`),
    };
  }

  /** One resource for all subnets, so that `prevent_destroy` also holds for the address of a subnet that is taken out. */
  private allocate(allowRelease: boolean, tags: { [key: string]: string }): (key: string) => string {
    countElasticIps(this.scope, this.subnets.length);
    const elasticIps = new aws.Eip(this.scope, 'ElasticIps', {
      domain: 'vpc',
      forEach: ForEach.entries(Object.fromEntries(this.sorted.map(({ key }) => [key, key]))),
      tags,
      lifecycle: allowRelease ? undefined : { preventDestroy: true },
    });
    return (key) => `${addressIn(elasticIps)}[${JSON.stringify(key)}]`;
  }

  private lookUp(): (key: string) => string {
    const elasticIps = new aws.DataAwsEip(this.scope, 'ExistingElasticIps', {
      id: expressionToken('each.value'),
      forEach: ForEach.entries(Object.fromEntries(this.sorted.map(({ key, value }) => [key, value]))),
    });
    return (key) => `data.${addressIn(elasticIps)}[${JSON.stringify(key)}]`;
  }

  /**
   * Keeps in the state which kind of addresses the load balancer was made with, for a refusal that says more than that
   * Terraform may not destroy it.
   */
  private rememberKind({ name }: AddressKind): void {
    new TerraformData(this.scope, 'AddressKind', {
      input: { addresses: name },
      lifecycle: {
        ignoreChanges: ['input'],
        postcondition: [
          {
            condition: expressionToken(`self.input.addresses == "${name}"`),
            errorMessage: `${shownPath(this.scope)}: addresses are of another kind than the load balancer was made with. Put the former ones back; or, to have another load balancer with another hostname, first apply with deletionProtection: false, then with these. [AddressKindChanged]`,
          },
        ],
      },
    });
  }

  /**
   * Where a mapping changes, the provider plans an update in place, which AWS refuses during the apply. The plan shows it by
   * a mapping of nothing for each one that goes away.
   *
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/40060
   */
  private get sameAddresses() {
    return {
      condition: expressionToken('alltrue([for m in self.subnet_mapping : m.subnet_id != null])'),
      errorMessage: `${shownPath(this.scope)}: addresses are not those that the load balancer was made with, and AWS exchanges none. Put the former ones back; or, to have another load balancer with another hostname, first apply with deletionProtection: false and the former addresses, then with these and the option -replace for the load balancer. [AddressExchanged]`,
    };
  }
}
