import * as fc from 'fast-check';
import { STRUCTS } from '../../lib/rules/property-types.generated';
import { type ArbitraryEndpoint, endpoints } from '../support/arbitrary-endpoints';
import { synthesizeEndpoint } from '../support/endpoint';
import { entriesBy, ingressRules } from '../support/ingress';
import { runs } from '../support/property-runs';
import { addresses, type Block, onlyResource, resources, type TerraformJson } from '../support/synthesis';
import { taggable } from '../support/taggable';

/** Holds for any correct endpoint. */
function always(what: (tf: TerraformJson, endpoint: ArbitraryEndpoint) => void, numRuns = runs(60)): void {
  fc.assert(
    fc.property(endpoints, (endpoint) => what(synthesizeEndpoint(endpoint.props), endpoint)),
    { numRuns },
  );
}

const SOURCES = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];
const ports = ({ from_port, to_port, ip_protocol }: Block) => ({ from_port, to_port, ip_protocol });

/** What these endpoints never have, and why. */
const LEFT_OUT = {
  acknowledge: 'changes warnings, and nothing that is built',
  accessLogs: 'needs TLS to end there: test/logs/access-logs.test.ts',
  addresses: 'take the place of subnets: test/load-balancer/addresses.test.ts',
  flowLogs: 'is beside the endpoint: test/logs/flow-logs.test.ts',
  allowlist:
    'merges entries and lets them expire: test/placement/admitted-blocks.test.ts, test/allowlist/expiry.test.ts',
  expiry: 'ends what has a last day: test/expiry/ends-on-its-day.test.ts',
  pathMtuDiscovery: 'admits ICMP as well: test/allowlist/path-mtu.test.ts',
  sessions: 'has three target groups: test/targets/sessions.test.ts',
  provider: 'needs a stack: test/terraform/provider.test.ts',
};

test('every property varies, or is left out on purpose', () => {
  const samples = fc.sample(endpoints, { numRuns: 300, seed: 1 }).flatMap(({ props }) => Object.entries(props));
  const varied = new Set(samples.flatMap(([name, value]) => (value === undefined ? [] : name)));

  expect([...varied, ...Object.keys(LEFT_OUT)].sort()).toEqual(Object.keys(STRUCTS.DatabaseEndpointProps).sort());
});

test('at least one security group is attached to the load balancer, and every group of the endpoint is', () => {
  always((tf) => {
    const attached = onlyResource(tf, 'aws_lb').security_groups as string[];

    expect(attached.length).toBeGreaterThan(0);
    expect([...attached].sort()).toEqual(
      addresses(tf, 'aws_security_group')
        .map((group) => `\${${group}.id}`)
        .sort(),
    );
  });
});

test('exactly what was written may connect, on the port of the listener', () => {
  always((tf, { allowed }) => {
    const keys = SOURCES.flatMap((source) => Object.keys(entriesBy(tf, source)));
    const { port } = onlyResource(tf, 'aws_lb_listener');

    expect(keys.sort()).toEqual([...allowed].sort());
    for (const rule of ingressRules(tf)) {
      expect(ports(rule)).toEqual({ from_port: port, to_port: port, ip_protocol: 'tcp' });
      expect(SOURCES.filter((source) => rule[source] !== undefined)).toHaveLength(1);
    }
  });
});

test('nothing is open to the whole internet without AllowedSource.anywhere', () => {
  always((tf, { open }) => {
    const rules = ['ingress', 'egress'].flatMap((way) => resources(tf, `aws_vpc_security_group_${way}_rule`));
    const blocks = rules.flatMap(({ for_each, cidr_ipv4, cidr_ipv6 }) => [
      ...Object.keys((for_each as object) ?? {}),
      cidr_ipv4,
      cidr_ipv6,
    ]);

    expect(blocks.some((block) => block === '0.0.0.0/0' || block === '::/0')).toBe(open);
  });
});

test('the only way out leads to the target, on its port', () => {
  always((tf, { reach }) => {
    const egress = onlyResource(tf, 'aws_vpc_security_group_egress_rule');
    const { port } = onlyResource(tf, 'aws_lb_target_group');
    const group = egress.referenced_security_group_id;

    expect(ports(egress)).toEqual({ from_port: port, to_port: port, ip_protocol: 'tcp' });
    expect(group === undefined ? Object.keys(egress.for_each as object).sort() : [group]).toEqual([...reach].sort());
    expect(JSON.stringify(resources(tf, 'aws_security_group'))).not.toMatch(/"(egress|ingress)":/);
  });
});

test('the database admits the endpoint and nobody else, on the port of the target', () => {
  always((tf, { props }) => {
    const [first] = onlyResource(tf, 'aws_lb').security_groups as string[];
    const { port } = onlyResource(tf, 'aws_lb_target_group');
    const admitting = resources(tf, 'aws_vpc_security_group_ingress_rule').filter(
      (rule) => rule.security_group_id === props.target._options.securityGroupId,
    );

    expect(admitting).toHaveLength(props.target._options.securityGroupId === undefined ? 0 : 1);
    for (const rule of admitting) {
      expect(rule.referenced_security_group_id).toBe(first);
      expect(ports(rule)).toEqual({ from_port: port, to_port: port, ip_protocol: 'tcp' });
    }
  });
});

test('names are within the limits of AWS, and what can be replaced has no fixed one', () => {
  always((tf, { props }) => {
    const loadBalancer = onlyResource(tf, 'aws_lb');
    const targetGroup = onlyResource(tf, 'aws_lb_target_group');

    expect(loadBalancer.name ?? `${loadBalancer.name_prefix}0`).toMatch(/^(?!internal-)(?!-)[a-zA-Z0-9-]{1,32}(?<!-)$/);
    expect(loadBalancer.name).toBe(props.loadBalancerName);
    expect(targetGroup.name_prefix).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,5}$/);
    expect(targetGroup).not.toHaveProperty('name');
    expect(targetGroup.lifecycle).toMatchObject({ create_before_destroy: true });
    for (const group of resources(tf, 'aws_security_group')) expect(group).not.toHaveProperty('name');
  });
});

test('TLS has a certificate and a restricted policy, TCP has an idle timeout, and neither has both', () => {
  always((tf, { terminates, props }) => {
    const listener = onlyResource(tf, 'aws_lb_listener');

    expect(listener.protocol).toBe(terminates ? 'TLS' : 'TCP');
    expect(listener.tcp_idle_timeout_seconds).toBe(terminates ? undefined : (props.idleTimeoutSeconds ?? 3600));
    expect(typeof listener.certificate_arn).toBe(terminates ? 'string' : 'undefined');
    expect(String(listener.ssl_policy)).toMatch(terminates ? /^ELBSecurityPolicy-TLS13-1-(3|2-Res)-/ : /^undefined$/);
  });
});

test('a name has one record for each zone and family, in lower case, and points to the load balancer', () => {
  always((tf, { props: { domain, dualStack } }) => {
    const aliases = resources(tf, 'aws_route53_record').filter(({ alias }) => alias !== undefined);
    const zones = [domain?.zoneId ?? domain?.zoneName, domain?.privateZoneId ?? domain?.privateZoneName];
    const [loadBalancer] = addresses(tf, 'aws_lb');

    expect(aliases).toHaveLength(zones.filter((zone) => zone !== undefined).length * (dualStack ? 2 : 1));
    for (const { name, alias } of aliases) {
      expect(name).toBe(domain?.name.toLowerCase());
      expect(alias).toMatchObject({ name: `\${${loadBalancer}.dns_name}`, zone_id: `\${${loadBalancer}.zone_id}` });
    }
  });
});

test('what ACM issues has a successor first, one record for each name, and is validated before it is shown', () => {
  always((tf, { props: { tls } }) => {
    const issued = resources(tf, 'aws_acm_certificate');
    const names = issued.flatMap((each) => [each.domain_name, ...((each.subject_alternative_names as string[]) ?? [])]);
    const records = resources(tf, 'aws_route53_record').filter(({ type }) => type === 'CNAME');
    const shown = [
      ...resources(tf, 'aws_lb_listener').map(({ certificate_arn }) => certificate_arn),
      ...resources(tf, 'aws_lb_listener_certificate').flatMap(({ for_each }) => Object.values(for_each as object)),
    ];

    for (const { lifecycle } of issued) expect(lifecycle).toMatchObject({ create_before_destroy: true });
    expect(records.flatMap(({ for_each }) => Object.keys(for_each as object)).sort()).toEqual(
      [...new Set(names.map((name) => String(name).replace(/^\*\./, '')))].sort(),
    );
    expect(JSON.stringify(shown)).not.toContain('{aws_acm_certificate.');
    expect(shown.filter((arn) => arn !== undefined)).toHaveLength(
      tls?._termination ? 1 + (tls._termination.additionalCertificates ?? []).length : 0,
    );
  });
});

test('what AWS or the provider would decide otherwise is always written', () => {
  always((tf, { props }) => {
    const targetGroup = onlyResource(tf, 'aws_lb_target_group');

    expect(targetGroup).toMatchObject({
      health_check: { protocol: 'TCP', port: 'traffic-port' },
      preserve_client_ip: String(props.preserveClientIp ?? false),
      connection_termination: true,
    });
    expect(['TCP', 'TLS']).toContain(targetGroup.protocol);
    expect(onlyResource(tf, 'aws_lb')).toMatchObject({
      load_balancer_type: 'network',
      enable_cross_zone_load_balancing: props.crossZone ?? true,
      enable_deletion_protection: props.deletionProtection ?? true,
      enforce_security_group_inbound_rules_on_private_link_traffic: 'on',
      internal: props.internetFacing === false,
    });
  });
});

test('a name is followed by one function, which owns all targets of its group', () => {
  always((tf, { props }) => {
    const isFollowed = props.target._name !== undefined;

    expect(resources(tf, 'aws_lambda_function')).toHaveLength(isFollowed ? 1 : 0);
    expect(resources(tf, 'aws_lambda_invocation')).toHaveLength(isFollowed ? 1 : 0);
    if (isFollowed) expect(resources(tf, 'aws_lb_target_group_attachment')).toEqual([]);
    for (const id of addresses(tf, 'aws_lambda_invocation')) {
      expect(onlyResource(tf, 'aws_lb_listener').depends_on).toEqual([id]);
    }
  });
});

test('only addresses outside the VPC are registered for all zones, and each target has one owner', () => {
  always((tf, { props }) => {
    const attachments = resources(tf, 'aws_lb_target_group_attachment');
    const ids = attachments.flatMap(({ for_each }) => Object.keys(for_each as object));

    expect(ids.sort()).toEqual([...(props.target._ids ?? [])].sort());
    for (const { availability_zone } of attachments) {
      expect(availability_zone).toBe(props.target._outsideVpc ? 'all' : undefined);
    }
  });
});

test('every resource that takes tags has its name and the tags that were asked for', () => {
  always((tf, { props }) => {
    for (const [address, tags] of taggable(tf)) {
      const isOfFunction = /\.(TargetSync-|Sync_)/.test(address);
      expect([address, tags]).toEqual([
        address,
        { Name: isOfFunction ? expect.stringMatching(/^prod\/(TargetSync-|Sync$)/) : 'prod/Orders', ...props.tags },
      ]);
    }
  });
});
