import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseEngine,
  DatabaseTarget,
  EndpointCertificate,
  EndpointTls,
  type TlsPolicy,
} from 'cdktf-database-endpoint';
import { SERVER_SCRIPT } from './server';

/** What differs between the applies of one run. */
export interface Setting {
  /** Who may connect. */
  readonly clients: readonly string[];
  /** The policy of the TLS listener. */
  readonly tlsPolicy: TlsPolicy;
}

/** What is the same in all applies of one run. */
export interface Site {
  readonly region: string;
  /** In the names and tags of everything that the run makes. */
  readonly run: string;
  readonly certificate: { readonly certificate: string; readonly privateKey: string };
  /** Folder of the synthesized stack, its state and its plugins. */
  readonly folder: string;
}

/** The name that the certificate of the TLS endpoint carries. */
export const TLS_NAME = 'kit.db.example.com';
const STACK = 'acceptance-kit';
/** The port of the listener with weighted target groups. */
export const WEIGHTED_PORT = 5433;
/** The ports of the endpoints and of their servers. */
export const PORTS = { tcp: 5432, tls: 6379 };

/**
 * A network of its own with two servers that say their names, and in front of them: an endpoint that passes TLS
 * through, one that terminates it, and a listener with two weighted target groups.
 *
 * @returns the folder to run Terraform in.
 */
export function synthesize({ region, run, certificate, folder }: Site, { clients, tlsPolicy }: Setting): string {
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, STACK);
  const tags = { 'database-endpoint-kit': run };
  new LocalBackend(stack, { path: `${folder}/terraform.tfstate` });
  new AwsProvider(stack, 'aws', { region, defaultTags: [{ tags }] });

  const network = createNetwork(stack, region);
  const servers = createServers(stack, network);
  const common = {
    vpcId: network.vpc.id,
    subnetIds: network.subnets.slice(0, 2).map(({ id }) => id),
    allow: clients.map((client) => AllowedSource.cidr(client, { description: 'Who runs the acceptance kit' })),
    deletionProtection: false,
  };
  const writer = { securityGroupId: servers.group.id };

  const tcp = new DatabaseEndpoint(stack, 'Tcp', {
    ...common,
    engine: DatabaseEngine.POSTGRESQL,
    target: DatabaseTarget.ipAddresses([servers.writer.privateIp], writer),
    idleTimeoutSeconds: 60, // the least that AWS accepts, so that it can be waited for
    acknowledge: ['PassthroughPlaintext'],
  });
  const tls = new DatabaseEndpoint(stack, 'Tls', {
    ...common,
    engine: DatabaseEngine.REDIS,
    target: DatabaseTarget.ipAddresses([servers.writer.privateIp], writer),
    domain: { name: TLS_NAME },
    tls: EndpointTls.terminate({
      certificate: EndpointCertificate.fromArn(
        new AcmCertificate(stack, 'Certificate', {
          certificateBody: certificate.certificate,
          privateKey: certificate.privateKey,
        }).arn,
      ),
      policy: tlsPolicy,
      reencrypt: false,
    }),
  });
  const weighted = createWeightedListener(stack, tcp, network, servers, clients);

  const outputs = {
    tcp_host: tcp.loadBalancer.resource.dnsName,
    tcp_listener: tcp.listener.arn,
    tcp_group: tcp.targetGroup.arn,
    tls_host: tls.loadBalancer.resource.dnsName,
    tls_listener: tls.listener.arn,
    tls_group: tls.targetGroup.arn,
    weighted_listener: weighted.listener.arn,
    encrypted_group: weighted.encrypted.arn,
    writer_group: weighted.groups.writer.arn,
    standby_group: weighted.groups.standby.arn,
    writer_address: servers.writer.privateIp,
    standby_address: servers.standby.privateIp,
  };
  for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value, staticId: true });
  app.synth();
  return `${folder}/stacks/${STACK}`;
}

/** An address of the subnet in the zone that the load balancers do not have; nothing runs there. */
export const ADDRESS_IN_MISSING_ZONE = '10.99.2.10';
/** An address of the writer's subnet at which nothing runs either. */
export const ADDRESS_WITHOUT_SERVER = '10.99.0.250';

function createNetwork(stack: TerraformStack, region: string) {
  const vpc = new Vpc(stack, 'Vpc', { cidrBlock: '10.99.0.0/16', enableDnsHostnames: true });
  const gateway = new InternetGateway(stack, 'Gateway', { vpcId: vpc.id });
  const routes = new RouteTable(stack, 'Routes', {
    vpcId: vpc.id,
    route: [{ cidrBlock: '0.0.0.0/0', gatewayId: gateway.id }],
  });
  const subnets = ['a', 'b', 'c'].map((zone, i) => {
    const subnet = new Subnet(stack, `Subnet${i}`, {
      vpcId: vpc.id,
      cidrBlock: `10.99.${i}.0/24`,
      availabilityZone: `${region}${zone}`,
    });
    new RouteTableAssociation(stack, `Route${i}`, { subnetId: subnet.id, routeTableId: routes.id });
    return subnet;
  });
  return { vpc, subnets };
}

type Network = ReturnType<typeof createNetwork>;

function createServers(stack: TerraformStack, { vpc, subnets }: Network) {
  const group = new SecurityGroup(stack, 'Servers', {
    vpcId: vpc.id,
    description: 'The servers of the acceptance kit',
  });
  const image = new DataAwsSsmParameter(stack, 'Image', {
    name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
  });
  const server = (id: string, zone: number) =>
    new Instance(stack, id, {
      ami: image.insecureValue,
      instanceType: 't4g.nano',
      subnetId: subnets[zone]?.id,
      vpcSecurityGroupIds: [group.id],
      metadataOptions: { httpTokens: 'required' },
      rootBlockDevice: { encrypted: true, volumeSize: 8 },
      userData: SERVER_SCRIPT(id, [PORTS.tcp, PORTS.tls]),
      tags: { Name: id },
    });
  return { group, writer: server('writer', 0), standby: server('standby', 1) };
}

function createWeightedListener(
  stack: TerraformStack,
  endpoint: DatabaseEndpoint,
  { vpc }: Network,
  servers: ReturnType<typeof createServers>,
  clients: readonly string[],
) {
  const groupFor = (name: 'writer' | 'standby') => {
    const group = new LbTargetGroup(stack, `Weighted-${name}`, {
      namePrefix: 'kit-',
      port: PORTS.tcp,
      protocol: 'TCP',
      targetType: 'ip',
      vpcId: vpc.id,
      preserveClientIp: 'false',
      deregistrationDelay: '10',
      connectionTermination: true,
      healthCheck: { enabled: true, protocol: 'TCP', interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
    });
    new LbTargetGroupAttachment(stack, `WeightedTarget-${name}`, {
      targetGroupArn: group.arn,
      targetId: servers[name].privateIp,
      port: PORTS.tcp,
    });
    return group;
  };
  const groups = { writer: groupFor('writer'), standby: groupFor('standby') };
  const targetGroup = [
    { arn: groups.writer.arn, weight: 1 },
    { arn: groups.standby.arn, weight: 0 },
  ];
  const listener = new LbListener(stack, 'Weighted', {
    loadBalancerArn: endpoint.loadBalancer.resource.arn,
    port: WEIGHTED_PORT,
    protocol: 'TCP',
    defaultAction: [{ type: 'forward', forward: { targetGroup } }],
  });
  for (const [i, client] of clients.entries()) {
    new VpcSecurityGroupIngressRule(stack, `WeightedIngress${i}`, {
      securityGroupId: endpoint.loadBalancer.securityGroups[0]?.id ?? '',
      cidrIpv4: client,
      ipProtocol: 'tcp',
      fromPort: WEIGHTED_PORT,
      toPort: WEIGHTED_PORT,
      description: 'Who runs the acceptance kit',
    });
  }
  // Without targets: it serves to learn whether a TLS listener takes it beside one of TCP.
  const encrypted = new LbTargetGroup(stack, 'Weighted-encrypted', {
    namePrefix: 'kit-',
    port: PORTS.tls,
    protocol: 'TLS',
    targetType: 'ip',
    vpcId: vpc.id,
    healthCheck: { enabled: true, protocol: 'TCP' },
  });
  return { listener, groups, encrypted };
}
