import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { EndpointError } from '../rules/endpoint-error';
import { applyRules } from '../rules/rule';
import { sharedTags, type TagMap } from '../target-sync/shared-tags';
import { tagsOf } from '../terraform/tags';
import { Deferred } from '../tokens/deferred';
import { resolvedText } from '../tokens/resolved-text';
import { type AlarmSubject, changeable, createAlarm, eachOnce } from './alarm';
import { SHARED_ALARM_RULE } from './monitoring-rules';
import type { ResolvedAlarm } from './resolve-alarm';

/** An endpoint that has the alarm in common with others. */
export interface AlarmPart {
  readonly endpoint: Construct;
  /** Where its choice is written. */
  readonly property: string;
  readonly alarm: ResolvedAlarm;
  /** Whether it was adjusted: what was not goes by what others say. */
  readonly isAdjusted: boolean;
  readonly tags: TagMap;
}

/** What the numbers of an alarm are called in code. */
const AGREED = ['threshold', 'periodSeconds', 'evaluationPeriods', 'datapointsToAlarm'] as const;

/**
 * One alarm about something that several endpoints use, such as a function or a certificate: it does whatever any of them
 * wants to happen. The order of the endpoints does not matter.
 */
export class SharedAlarm extends Construct {
  /** Has one more endpoint in it; makes the alarm for the first one. */
  public static join(scope: Construct, id: string, subject: Omit<AlarmSubject, 'tags'>, part: AlarmPart): SharedAlarm {
    const known = scope.node.tryFindChild(id) as SharedAlarm | undefined;
    if (known === undefined) return new this(scope, id, subject, part);
    known.add(part);
    return known;
  }

  public readonly resource: CloudwatchMetricAlarm;
  private readonly parts: AlarmPart[] = [];

  private constructor(
    scope: Construct,
    id: string,
    private readonly subject: Omit<AlarmSubject, 'tags'>,
    first: AlarmPart,
  ) {
    super(scope, id);
    this.parts.push(first);
    const textOf = (value: string) => resolvedText(this, value);
    const tagsOfAll = () =>
      sharedTags(
        this.parts.map(({ tags }) => tags),
        textOf,
      );
    const tags = Token.asStringMap(new Deferred(() => tagsOf(this, tagsOfAll())));
    this.check(first, first.alarm);
    this.resource = createAlarm(this, 'Default', first.alarm, { ...subject, tags });
  }

  private add(part: AlarmPart): void {
    const alarm = this.agreed(part);
    this.check(part, alarm);
    this.parts.push(part);
    const { path, dimensions } = this.subject;
    Object.assign(this.resource, changeable(this, alarm, path, dimensions));
  }

  /** What all of them want, with one more. */
  private agreed(part: AlarmPart): ResolvedAlarm {
    const parts = [...this.parts, part];
    const [{ alarm }] = [...parts.filter(({ isAdjusted }) => isAdjusted), part];
    const all = (state: keyof ResolvedAlarm['actions']) =>
      eachOnce(
        this,
        parts.flatMap(({ alarm: { actions } }) => actions[state]),
      );
    return {
      ...alarm,
      actions: { alarm: all('alarm'), ok: all('ok'), insufficientData: all('insufficientData') },
    };
  }

  private check(part: AlarmPart, { actions }: ResolvedAlarm): void {
    const textOf = (value: unknown) => JSON.stringify([resolvedText(this, value ?? '')]);
    const differs = (name: keyof ResolvedAlarm, others: readonly AlarmPart[]) =>
      others.some(({ alarm }) => textOf(alarm[name]) !== textOf(part.alarm[name]));
    const adjusted = part.isAdjusted ? this.parts.filter(({ isAdjusted }) => isAdjusted) : [];
    const differing =
      AGREED.find((name) => differs(name, adjusted)) ?? (differs('runbookUrl', this.parts) ? 'runbookUrl' : undefined);
    const counts = Object.values(actions).map((arns) => eachOnce(this, arns).length);
    const { property, endpoint } = part;
    const input = { property, owner: this.subject.path, differing, actions: Math.max(...counts) };
    const problems = applyRules([SHARED_ALARM_RULE], input);
    if (problems.length > 0) throw new EndpointError(endpoint.node.path, problems);
  }
}
