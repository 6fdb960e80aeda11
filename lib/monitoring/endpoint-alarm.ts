import { readable } from '../rules/type-check';
import type { AlarmActions } from './alarm-actions';

/** What of an alarm is other than by default. Numbers may be tokens. */
export interface AlarmSettings {
  /**
   * The value that decides. For an alarm that goes by what is usual, a number of connections in each period that decides
   * instead.
   *
   * @default as docs/monitoring.md says for each alarm
   */
  readonly threshold?: number;

  /**
   * Only for an alarm that goes by what is usual: how many standard deviations above it are too many. Fewer make it more
   * sensitive.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
   * @default 4
   */
  readonly standardDeviations?: number;

  /**
   * Seconds that each data point covers: a multiple of 60.
   *
   * @default as docs/monitoring.md says for each alarm
   */
  readonly periodSeconds?: number;

  /**
   * How many of the last periods are looked at.
   *
   * @default as docs/monitoring.md says for each alarm
   */
  readonly evaluationPeriods?: number;

  /**
   * How many of these must be bad.
   *
   * @default all of them where `evaluationPeriods` is set, and otherwise as docs/monitoring.md says for each alarm
   */
  readonly datapointsToAlarm?: number;

  /**
   * What happens when this alarm changes its state.
   *
   * @default those of `monitor()`, by the urgency of the alarm
   */
  readonly actions?: AlarmActions;
}

/** A choice about one alarm. Without a choice, it is as docs/monitoring.md says. */
export class EndpointAlarm {
  /**
   * The alarm, with other numbers or other actions.
   *
   * @param settings what is other than by default.
   */
  public static adjusted(settings: AlarmSettings): EndpointAlarm {
    return new EndpointAlarm(readable(settings), settings);
  }

  /** No alarm: what it would tell goes unnoticed, or something else tells it. */
  public static off(): EndpointAlarm {
    return new EndpointAlarm(undefined);
  }

  /** @internal */
  public readonly _isOn: boolean;
  /**
   * Undefined where the alarm is off.
   *
   * @internal
   */
  public readonly _adjusted?: AlarmSettings;
  /**
   * The settings as they were passed, for the type check.
   *
   * @internal
   */
  public readonly _written?: unknown;

  private constructor(adjusted?: AlarmSettings, written?: unknown) {
    this._isOn = adjusted !== undefined;
    this._adjusted = adjusted;
    this._written = written;
  }
}
