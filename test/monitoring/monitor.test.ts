import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import * as fc from 'fast-check';
import {
  AllowedSource,
  DatabaseEndpoint,
  DatabaseRole,
  DatabaseTarget,
  DatabaseUser,
  EndpointAlarm,
  EndpointCertificate,
  EndpointLoadBalancer,
  type EndpointMonitoringProps,
  EndpointTls,
  SharedCertificate,
  TargetSync,
} from '../../lib';
import { CERTIFICATE_ARN, terminatingProps, validProps } from '../support/endpoint';
import { expression, expressionNumber } from '../support/expression';
import {
  alarmsIn,
  followedTarget,
  LOGIN,
  monitorEverything,
  monitoringProps,
  PAGER,
  TICKETS,
} from '../support/monitoring';
import { runs } from '../support/property-runs';
import { addFleet, endpointProps, existingProps } from '../support/shared-load-balancer';
import { type Block, resources, synthesize, synthesizeApp, type TerraformJson } from '../support/synthesis';
import { userProps } from '../users/synthesized-user';

const ACTIONS = { alarm: [PAGER] };
const ALARM = 'aws_cloudwatch_metric_alarm';

/** The alarms of one endpoint `prod/Orders`, by their ids below its monitoring. */
function alarmsOf(
  props: Partial<EndpointMonitoringProps> = {},
  endpoint = validProps(),
): { readonly [id: string]: Block } {
  const tf = synthesize((stack) => {
    new DatabaseEndpoint(stack, 'Orders', endpoint).monitor(monitoringProps(props));
  });
  return shortened(alarmsIn(tf));
}

function shortened(alarms: { readonly [id: string]: Block }): { readonly [id: string]: Block } {
  return Object.fromEntries(Object.entries(alarms).map(([id, alarm]) => [id.replace('Orders_Monitoring_', ''), alarm]));
}

const OF_LOAD_BALANCER = [
  'LoadBalancerResets',
  'PortAllocationErrors',
  'RefusedFlows',
  'RejectedFlows',
  'TargetResets',
];

describe('an endpoint that is monitored', () => {
  it('has alarms about its targets and its load balancer', () => {
    expect(Object.keys(alarmsOf()).sort()).toEqual([...OF_LOAD_BALANCER, 'NoHealthyTarget', 'UnhealthyTargets'].sort());
  });

  it('has those about TLS where the load balancer terminates it, and those of the other side where it encrypts again', () => {
    const terminated = Object.keys(alarmsOf({}, terminatingProps()));
    const certificate = EndpointCertificate.fromArn(CERTIFICATE_ARN);
    const plain = terminatingProps({ tls: EndpointTls.terminate({ certificate, reencrypt: false }) });

    expect(terminated).toEqual(expect.arrayContaining(['ClientTlsErrors', 'TargetTlsErrors']));
    expect(Object.keys(alarmsOf({}, plain))).toContain('ClientTlsErrors');
    expect(Object.keys(alarmsOf({}, plain))).not.toContain('TargetTlsErrors');
  });

  it('has those about the function, and more patience, where a name is followed', () => {
    const alarms = alarmsOf({}, validProps({ target: followedTarget() }));

    expect(Object.keys(alarms)).toEqual(expect.arrayContaining(['SyncFailures', 'SyncUnanswered', 'SyncSlow']));
    expect(Object.keys(alarms).filter((id) => id.startsWith('TargetSync-'))).toHaveLength(2);
    expect(alarms['NoHealthyTarget']).toMatchObject({ evaluation_periods: 8, datapoints_to_alarm: 8 });
    expect(alarmsOf()['NoHealthyTarget']).toMatchObject({ evaluation_periods: 5, datapoints_to_alarm: 5 });
  });

  it('watches how soon a former writer is out, and how soon a new reader is in', () => {
    const readers = DatabaseTarget.rdsCluster({
      ...{ identifier: 'main', endpoint: 'main.cluster-ro-abc123.eu-central-1.rds.amazonaws.com' },
      ...{ role: DatabaseRole.READER, securityGroupId: 'sg-0a1b2c3d4e5f60733', vpcCidrBlocks: ['10.0.0.0/16'] },
    });
    const slow = (target: DatabaseTarget) => alarmsOf({}, validProps({ target }))['SyncSlow']['metric_name'];

    expect(slow(followedTarget())).toBe('SecondsToDeregister');
    expect(slow(readers)).toBe('SecondsToRegister');
  });

  it('leaves to its load balancer what is counted for all endpoints of it', () => {
    const tf = synthesize((stack) => {
      addFleet(stack, {}).addEndpoint('Orders', endpointProps()).monitor(monitoringProps());
    });

    expect(Object.keys(alarmsIn(tf))).toEqual([
      'Partners_Orders_Monitoring_NoHealthyTarget',
      'Partners_Orders_Monitoring_UnhealthyTargets',
    ]);
  });

  it('adds nothing to a stack where nothing is monitored', () => {
    const tf = synthesize((stack) => {
      new DatabaseEndpoint(stack, 'Orders', validProps());
    });

    expect(tf.resource).not.toHaveProperty(ALARM);
    expect(tf.resource).not.toHaveProperty('aws_cloudwatch_dashboard');
    expect(tf.data).toBeUndefined();
  });

  it('gives back its alarms and its dashboard', () => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
    const monitoring = endpoint.monitor(monitoringProps());

    expect(monitoring.alarms).toHaveLength(12);
    expect(monitoring.dashboard?.node.path).toBe('prod/EndpointDashboard');
  });
});

describe('the actions', () => {
  const actionsIn = ({ alarm_actions, ok_actions, insufficient_data_actions }: Block) => {
    return { alarm_actions, ok_actions, insufficient_data_actions };
  };

  it('are the same when it is over, unless others are written', () => {
    const insufficientData = [`${PAGER}-unsure`];

    expect(actionsIn(alarmsOf()['NoHealthyTarget'])).toEqual({ alarm_actions: [PAGER], ok_actions: [PAGER] });
    expect(actionsIn(alarmsOf({ actions: { alarm: [PAGER], ok: [], insufficientData } })['NoHealthyTarget'])).toEqual({
      alarm_actions: [PAGER],
      insufficient_data_actions: insufficientData,
    });
  });

  it('of what can wait are those of tickets', () => {
    const alarms = alarmsOf({ ticketActions: { alarm: [TICKETS] } });

    expect(alarms['NoHealthyTarget']['alarm_actions']).toEqual([PAGER]);
    expect(alarms['UnhealthyTargets']['alarm_actions']).toEqual([TICKETS]);
  });

  it('of one alarm may be others', () => {
    const unhealthyTargets = EndpointAlarm.adjusted({ actions: { alarm: [TICKETS], ok: [] } });

    expect(actionsIn(alarmsOf({ alarms: { unhealthyTargets } })['UnhealthyTargets'])).toEqual({
      alarm_actions: [TICKETS],
    });
  });

  it('may be tokens, a token list, and a topic of another stack, each once and in whatever order', () => {
    const topics = (stack: TerraformStack) => {
      const topic = new SnsTopic(stack, 'Topic', {});
      return [topic.arn, PAGER, topic.arn];
    };
    const of = (actions: (stack: TerraformStack) => string[]) =>
      alarmsIn(
        synthesize((stack) => {
          const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps());
          endpoint.monitor({ actions: { alarm: actions(stack) } });
        }),
      )['Orders_Monitoring_NoHealthyTarget']['alarm_actions'];
    const list = (stack: TerraformStack) => new TerraformVariable(stack, 'topics', { type: 'list(string)' }).listValue;

    expect(of(topics)).toEqual([PAGER, '${aws_sns_topic.Topic.arn}']);
    expect(of((stack) => topics(stack).reverse())).toEqual(of(topics));
    expect(of(list)).toBe('${var.topics}');

    let topic: SnsTopic;
    const stacks = synthesizeApp({
      base: (stack) => {
        topic = new SnsTopic(stack, 'Topic', {});
      },
      prod: (stack) => {
        new DatabaseEndpoint(stack, 'Orders', validProps()).monitor({ actions: { alarm: [topic.arn] } });
      },
    });
    const alarm = alarmsIn(JSON.parse(stacks['prod']))['Orders_Monitoring_NoHealthyTarget'];
    expect(alarm['alarm_actions']).toEqual([expect.stringMatching(/^\$\{data\.terraform_remote_state\..*base.*\}$/)]);
  });
});

describe('an alarm', () => {
  it('may have other numbers, also such that are known after apply', () => {
    const literal = EndpointAlarm.adjusted({ threshold: 2, periodSeconds: 300, evaluationPeriods: 4 });
    const token = EndpointAlarm.adjusted({
      ...{ threshold: expressionNumber('var.least'), periodSeconds: expressionNumber('var.period') },
      ...{ evaluationPeriods: expressionNumber('var.periods'), datapointsToAlarm: expressionNumber('var.bad') },
    });
    const numbers = (noHealthyTarget: EndpointAlarm) => alarmsOf({ alarms: { noHealthyTarget } })['NoHealthyTarget'];

    expect(numbers(literal)).toMatchObject({
      ...{
        threshold: 2,
        period: 300,
        evaluation_periods: 4,
        datapoints_to_alarm: 4,
        comparison_operator: 'LessThanThreshold',
      },
    });
    expect(numbers(token)).toMatchObject({
      ...{ threshold: '${var.least}', period: '${var.period}' },
      ...{ evaluation_periods: '${var.periods}', datapoints_to_alarm: '${var.bad}' },
    });
  });

  it('may go by what is usual, more or less closely, or by a number instead', () => {
    const of = (settings: object) =>
      alarmsOf({ loadBalancerAlarms: { refusedFlows: EndpointAlarm.adjusted(settings) } })['RefusedFlows'];
    const band = (alarm: Block) => (alarm['metric_query'] as Block[])[0]['expression'];

    expect(band(of({}))).toBe('ANOMALY_DETECTION_BAND(counted, 4)');
    expect(band(of({ standardDeviations: 2.5 }))).toBe('ANOMALY_DETECTION_BAND(counted, 2.5)');
    expect(band(of({ standardDeviations: expressionNumber('var.x') }))).toBe(
      'ANOMALY_DETECTION_BAND(counted, ${var.x})',
    );
    expect(of({ threshold: 500 })).toMatchObject({ threshold: 500, comparison_operator: 'GreaterThanThreshold' });
    expect(of({ threshold: 500 })).not.toHaveProperty('metric_query');
    expect(of({ threshold: expressionNumber('var.x') })).toMatchObject({ threshold: '${var.x}', statistic: 'Sum' });
  });

  it('may be off', () => {
    const alarms = alarmsOf({
      alarms: { unhealthyTargets: EndpointAlarm.off(), syncSlow: EndpointAlarm.off() },
      loadBalancerAlarms: { targetResets: EndpointAlarm.off() },
    });

    expect(Object.keys(alarms).sort()).toEqual([
      ...['LoadBalancerResets', 'NoHealthyTarget', 'PortAllocationErrors', 'RefusedFlows', 'RejectedFlows'],
    ]);
  });

  it('has the tags of the endpoint and its own', () => {
    const alarms = alarmsOf({ tags: { severity: '1' } }, validProps({ tags: { team: 'data' } }));

    for (const { tags } of Object.values(alarms)) expect(tags).toMatchObject({ team: 'data', severity: '1' });
  });

  it('links to the section of a runbook, which may be another one', () => {
    const of = (runbookUrl: string) => alarmsOf({ runbookUrl })['NoHealthyTarget']['alarm_description'];

    expect(of('https://wiki.example.com/db')).toMatch(
      / What to do: https:\/\/wiki\.example\.com\/db#no-healthy-target$/,
    );
    expect(of(expression('var.wiki'))).toMatch(/ What to do: \$\{var\.wiki\}#no-healthy-target$/);
  });

  it('has a name and a description that CloudWatch takes, however long the path is, and a name of its own', () => {
    const long = 'Größe'.repeat(80);
    const names = (ids: readonly string[]) => {
      const tf = synthesize((stack) => {
        for (const id of ids) new DatabaseEndpoint(stack, id, validProps()).monitor(monitoringProps());
      });
      const alarms = resources(tf, ALARM);
      for (const { alarm_description: text } of alarms) expect(String(text).length).toBeLessThan(1025 - 500);
      return alarms.map(({ alarm_name: name }) => String(name).replace(/\$\{aws_lb\..*\}/, 'n'.repeat(64)));
    };
    const found = names([long, `${long}x`, 'Orders']);

    expect(found.filter((name) => name.length > 255 || !/^[ -~]+$/.test(name))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain(`prod/Orders: no healthy target (${'n'.repeat(64)})`);
  });

  it('is beside its endpoint: with the same provider', () => {
    const tf = synthesize((stack) => {
      const provider = new AwsProvider(stack, 'paris', { region: 'eu-west-3', alias: 'paris' });
      monitorFollowedBehind(stack, provider);
    });
    const made = [
      ...resources(tf, ALARM),
      ...resources(tf, 'aws_cloudwatch_dashboard'),
      ...Object.values(tf.data?.['aws_region'] ?? {}),
    ];

    expect(made.length).toBeGreaterThan(10);
    expect(made.filter(({ provider }) => provider !== 'aws.paris')).toEqual([]);
  });
});

function monitorFollowedBehind(stack: TerraformStack, provider: AwsProvider): void {
  const props = { ...terminatingProps({ target: followedTarget() }), provider };
  const endpoint = new DatabaseEndpoint(stack, 'Orders', props);
  endpoint.monitor(monitoringProps());
}

describe('what several endpoints use', () => {
  const two = (first: Partial<EndpointMonitoringProps>, second: Partial<EndpointMonitoringProps>, isReversed = false) =>
    synthesize((stack) => {
      const sync = new TargetSync(stack, 'Sync', { vpcId: 'vpc-0a1b2c3d' });
      const made = [
        ['Orders', first],
        ['Invoices', second],
      ] as const;
      for (const [id, props] of isReversed ? [...made].reverse() : made) {
        const target = followedTarget();
        Object.assign(target._options, { sync });
        new DatabaseEndpoint(stack, id, {
          ...terminatingProps({ target }),
          tags: { team: 'data', endpoint: id },
        }).monitor(monitoringProps(props));
      }
    });
  const shared = (tf: TerraformJson) => Object.entries(alarmsIn(tf)).filter(([id]) => !/^(Orders|Invoices)_/.test(id));

  it('has its alarms once, with the actions of all', () => {
    const tf = two({}, { actions: { alarm: [`${PAGER}2`] }, ticketActions: { alarm: [TICKETS], ok: [] } });

    expect(shared(tf).map(([id]) => id)).toEqual([
      expect.stringMatching(/^CertificateMonitoring_arn-aws-acm-/),
      'Sync_MonitoringErrors',
      'Sync_MonitoringNotInvoked',
    ]);
    const [, errors, notInvoked] = shared(tf).map(([, alarm]) => alarm);
    expect(notInvoked).toMatchObject({ alarm_actions: [PAGER, `${PAGER}2`], ok_actions: [PAGER, `${PAGER}2`] });
    expect(errors).toMatchObject({ alarm_actions: [PAGER, TICKETS], ok_actions: [PAGER] });
    expect(errors['tags']).toEqual({ Name: 'prod/Sync/MonitoringErrors', team: 'data' });
  });

  it('has the numbers of whoever adjusts them, in whatever order', () => {
    const adjusted = { alarms: { syncNotInvoked: EndpointAlarm.adjusted({ evaluationPeriods: 3 }) } };
    const off = { alarms: { syncErrors: EndpointAlarm.off() } };

    expect(Object.fromEntries(shared(two(adjusted, off)))['Sync_MonitoringNotInvoked']).toMatchObject({
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
    });
    expect(two(off, adjusted)).toEqual(two(off, adjusted, true));
    expect(Object.fromEntries(shared(two(off, off)))).not.toHaveProperty('Sync_MonitoringErrors');
  });

  it('watches a certificate that endpoints share once, and one of an endpoint beside it', () => {
    const tf = synthesize((stack) => {
      const shared = new SharedCertificate(stack, 'Wildcard', {
        domainName: '*.db.example.com',
        zoneId: 'Z0123456789ABC',
      });
      for (const id of ['orders', 'invoices']) {
        const certificate = EndpointCertificate.shared(shared);
        const domain = { name: `${id}.db.example.com`, zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };
        new DatabaseEndpoint(stack, id, {
          ...terminatingProps(),
          domain,
          tls: EndpointTls.terminate({ certificate }),
        }).monitor(monitoringProps());
      }
      const domain = { name: 'own.db.example.com', zoneId: 'Z0123456789ABC', zoneName: 'db.example.com' };
      const tls = EndpointTls.terminate({ certificate: EndpointCertificate.issue() });
      new DatabaseEndpoint(stack, 'own', { ...terminatingProps(), domain, tls }).monitor(monitoringProps());
    });
    const expiring = Object.entries(alarmsIn(tf)).filter(([, { metric_name: name }]) => name === 'DaysToExpiry');

    expect(expiring.map(([id]) => id).sort()).toEqual([
      expect.stringMatching(/^CertificateMonitoring_prod-Wildcard-\w{8}$/),
      'own_Monitoring_CertificateExpiry-Certificate',
    ]);
    expect(expiring.map(([, alarm]) => alarm['dimensions'])).toContainEqual({
      CertificateArn: expect.stringMatching(/^\$\{aws_acm_certificate_validation\.own_/),
    });
  });

  it('watches no server certificate of IAM, which has no such metric', () => {
    const certificate = EndpointCertificate.fromArn('arn:aws:iam::123456789012:server-certificate/db');
    const alarms = alarmsOf({}, terminatingProps({ tls: EndpointTls.terminate({ certificate }) }));

    expect(Object.values(alarms).filter(({ metric_name: name }) => name === 'DaysToExpiry')).toEqual([]);
  });
});

describe('a load balancer that is monitored', () => {
  const partners = (make: (stack: TerraformStack) => void) => Object.keys(alarmsIn(synthesize(make)));
  const tls = () => {
    const { engine, tls: terminated } = terminatingProps();
    return endpointProps({ engine, tls: terminated });
  };

  it('has its alarms once, whatever its endpoints are', () => {
    expect(partners((stack) => addFleet(stack, { A: endpointProps() }).monitor({ actions: ACTIONS }))).toEqual(
      OF_LOAD_BALANCER.map((id) => `Partners_Monitoring_${id}`),
    );
  });

  it('has those about TLS with the first endpoint that needs them, before it or after', () => {
    const before = partners((stack) => {
      const loadBalancer = addFleet(stack, {});
      loadBalancer.monitor({ actions: ACTIONS });
      loadBalancer.addEndpoint('A', tls());
      loadBalancer.addEndpoint('B', { ...tls(), port: 7000 });
    });
    const after = partners((stack) => addFleet(stack, { A: tls() }).monitor({ actions: ACTIONS }));

    expect(before).toEqual(after);
    expect(after).toEqual(
      expect.arrayContaining(['Partners_Monitoring_ClientTlsErrors', 'Partners_Monitoring_TargetTlsErrors']),
    );
  });

  it.each([
    ['a literal', existingProps().arn, 'net/partners/50dc6c495c0c9188', 'partners'],
    ['a token', expression('var.arn'), '${split(":loadbalancer/", var.arn)[1]}', '${split("/", var.arn)[2]}'],
  ])('is found by its ARN where it exists already: %s', (_, arn, suffix, name) => {
    const tf = synthesize((stack) => {
      const loadBalancer = EndpointLoadBalancer.fromAttributes(stack, 'Partners', existingProps({ arn }));
      loadBalancer.monitor({ actions: ACTIONS });
      loadBalancer.addEndpoint('Orders', endpointProps()).monitor(monitoringProps());
    });
    const alarms = alarmsIn(tf);

    expect(alarms['Partners_Monitoring_RejectedFlows']).toMatchObject({
      dimensions: { LoadBalancer: suffix },
      alarm_name: `prod/Partners: connections rejected by the load balancer (${name})`,
    });
    expect(alarms['Partners_Orders_Monitoring_NoHealthyTarget']['dimensions']).toMatchObject({ LoadBalancer: suffix });
  });
});

describe('a login of a monitored endpoint', () => {
  const allow = [AllowedSource.cidr('203.0.113.7/32')];

  it.each([
    ['before', true],
    ['after', false],
  ])('is watched where it is made %s', (_, isBefore) => {
    const tf = synthesize((stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
      const add = () => endpoint.addIntegration('Looker', { allow, user: { ...LOGIN, measureDriftEveryHours: 6 } });
      if (isBefore) add();
      endpoint.monitor(monitoringProps());
      if (!isBefore) add();
    });
    const alarms = alarmsIn(tf);

    expect(alarms['Orders_Looker_User_Monitoring_Errors']).toMatchObject({ metric_name: 'Errors', period: 300 });
    expect(alarms['Orders_Looker_User_Monitoring_Drift']).toMatchObject({
      metric_name: 'UserDifferences',
      period: 21_600,
    });
  });

  it('has the period of a schedule that is a token, and no alarm about drift without one', () => {
    const tf = synthesize((stack) => {
      const endpoint = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
      endpoint.monitor(monitoringProps({ alarms: { userFunctionErrors: EndpointAlarm.off() } }));
      const measureDriftEveryHours = expressionNumber('var.hours');
      endpoint.addIntegration('Looker', { allow, user: { ...LOGIN, measureDriftEveryHours } });
      endpoint.addIntegration('Metabase', { allow, user: LOGIN });
    });
    const alarms = alarmsIn(tf);

    expect(alarms['Orders_Looker_User_Monitoring_Drift']['period']).toBe('${var.hours * 3600}');
    expect(Object.keys(alarms).filter((id) => id.includes('Metabase') || id.endsWith('Monitoring_Errors'))).toEqual([]);
  });

  it('has its alarms in its own stack', () => {
    let orders: DatabaseEndpoint;
    const stacks = synthesizeApp({
      prod: (stack) => {
        orders = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
        orders.monitor(monitoringProps());
      },
      users: (stack) => {
        new DatabaseUser(stack, 'Looker', userProps(orders));
      },
    });

    expect(Object.keys(alarmsIn(JSON.parse(stacks['users'])))).toEqual(['Looker_Monitoring_Errors']);
    expect(Object.keys(alarmsIn(JSON.parse(stacks['prod']))).filter((id) => id.includes('Looker'))).toEqual([]);
  });
});

test('what is monitored is the same in whatever order endpoints, integrations and load balancers come', () => {
  const steps = ['Orders', 'Cache', 'Partners', 'Archive'] as const;
  const build = (order: readonly number[]) =>
    synthesize((stack) => {
      const partners = addFleet(stack, {});
      const orders = new DatabaseEndpoint(stack, 'Orders', validProps({ target: followedTarget() }));
      const cache = new DatabaseEndpoint(stack, 'Cache', terminatingProps({ target: followedTarget() }));
      const archive = partners.addEndpoint(
        'Archive',
        endpointProps({ engine: cacheEngine, tls: terminatingProps().tls }),
      );
      const monitor = {
        Orders: () => orders.monitor(monitoringProps()),
        Cache: () => cache.monitor(monitoringProps({ actions: { alarm: [TICKETS, `${PAGER}2`] } })),
        Partners: () => partners.monitor({ actions: ACTIONS }),
        Archive: () => archive.monitor(monitoringProps({ actions: { alarm: [`${PAGER}3`] } })),
      };
      for (const step of order) monitor[steps[step]]();
    });
  const cacheEngine = terminatingProps().engine;
  const usual = build([0, 1, 2, 3]);

  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
      expect(build(order)).toEqual(usual);
    }),
    { numRuns: runs(20) },
  );
});

test('everything that can be monitored synthesizes', () => {
  expect(
    resources(
      synthesize((stack) => monitorEverything(stack)),
      ALARM,
    ).length,
  ).toBeGreaterThan(25);
});
