const integer = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const color = { type: 'string', pattern: '^#[0-9a-f]{6}$' };

/**
 * A metric: its namespace and name, its dimensions in pairs, and how it is drawn.
 *
 * At most 30 dimensions: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html
 */
const metric = {
  type: 'array',
  minItems: 3,
  maxItems: 63,
  items: { anyOf: [{ type: 'string', minLength: 1, maxLength: 1024 }, { $ref: '#/definitions/rendering' }] },
};

/**
 * What `PutDashboard` accepts, as far as its widgets are used here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const DASHBOARD_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['widgets'],
  additionalProperties: false,
  properties: {
    start: { type: 'string', pattern: '^-P(T\\d+[HM]|\\d+[DWM])$' },
    end: { type: 'string' },
    periodOverride: { enum: ['auto', 'inherit'] },
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    widgets: { type: 'array', maxItems: 500, items: { $ref: '#/definitions/widget' } },
  },
  definitions: {
    rendering: {
      type: 'object',
      additionalProperties: false,
      properties: {
        color,
        id: { type: 'string', pattern: '^[a-z][a-zA-Z0-9_]*$' },
        label: { type: 'string' },
        period: { type: 'integer', minimum: 1 },
        region: { type: 'string' },
        stat: { enum: ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] },
        visible: { type: 'boolean' },
        yAxis: { enum: ['left', 'right'] },
      },
    },
    widget: {
      type: 'object',
      required: ['type', 'x', 'y', 'width', 'height', 'properties'],
      additionalProperties: false,
      properties: {
        type: { enum: ['alarm', 'metric', 'text'] },
        x: integer(0, 23),
        y: { type: 'integer', minimum: 0 },
        width: integer(1, 24),
        height: integer(1, 1000),
        properties: { type: 'object' },
      },
      allOf: [
        {
          if: { properties: { type: { const: 'text' } } },
          // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
          then: { properties: { properties: { $ref: '#/definitions/text' } } },
        },
        {
          if: { properties: { type: { const: 'alarm' } } },
          // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
          then: { properties: { properties: { $ref: '#/definitions/alarm' } } },
        },
        {
          if: { properties: { type: { const: 'metric' } } },
          // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
          then: { properties: { properties: { $ref: '#/definitions/metric' } } },
        },
      ],
    },
    text: {
      type: 'object',
      required: ['markdown'],
      additionalProperties: false,
      properties: { markdown: { type: 'string', minLength: 1 }, background: { enum: ['transparent', 'solid'] } },
    },
    alarm: {
      type: 'object',
      required: ['alarms'],
      additionalProperties: false,
      properties: {
        alarms: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string', minLength: 1 } },
        sortBy: { enum: ['default', 'stateUpdatedTimestamp', 'timestamp'] },
        states: { type: 'array', items: { enum: ['ALARM', 'INSUFFICIENT_DATA', 'OK'] } },
        title: { type: 'string' },
      },
    },
    metric: {
      type: 'object',
      // Only with annotations of an alarm could the metrics be left out.
      required: ['metrics', 'region'],
      additionalProperties: false,
      properties: {
        legend: { type: 'object' },
        liveData: { type: 'boolean' },
        metrics: { type: 'array', minItems: 1, maxItems: 500, items: metric },
        period: { type: 'integer', minimum: 1, maximum: 86_400 },
        region: { type: 'string', minLength: 1 },
        stacked: { type: 'boolean' },
        stat: { type: 'string' },
        timezone: { type: 'string' },
        title: { type: 'string' },
        view: { enum: ['bar', 'gauge', 'pie', 'singleValue', 'table', 'timeSeries'] },
        yAxis: {
          type: 'object',
          additionalProperties: false,
          properties: { left: { $ref: '#/definitions/axis' }, right: { $ref: '#/definitions/axis' } },
        },
      },
    },
    axis: {
      type: 'object',
      additionalProperties: false,
      properties: {
        label: { type: 'string' },
        min: { type: 'number' },
        max: { type: 'number' },
        showUnits: { type: 'boolean' },
      },
    },
  },
};
