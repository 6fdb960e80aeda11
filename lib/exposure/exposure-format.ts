import type { ExposedSource, Exposure, ExposureCheck, ExposureGuards } from './exposure';

// What synthesis writes and `database-endpoint` reads. Nothing of CDKTF is imported here, so that both sides can share
// it. schema/exposure.schema.json publishes the format, and test/exposure/exposure-format.test.ts holds the two together.

/** Who may reach the endpoints of a stack. It stands next to the stack's JSON. */
export const EXPOSURE_FILE = 'exposure.json';

/**
 * Where each entry of `exposure.json` is written, like a source map: a line added at the top of an allowlist moves all
 * others without changing any access.
 */
export const LOCATIONS_FILE = 'exposure-locations.json';

/** Version of both files. Properties may be added under it, so readers ignore those that they do not know. */
export const EXPOSURE_VERSION = 1;

/** Where the JSON Schema of `exposure.json` is published. */
export const EXPOSURE_SCHEMA =
  'https://raw.githubusercontent.com/cdktf-database-endpoint/cdktf-database-endpoint/main/schema/exposure.schema.json';

/** The content of `exposure.json`. Endpoints are in the order of their paths, sources in that of kind and value. */
export interface ExposureContent {
  readonly $schema: string;
  readonly version: typeof EXPOSURE_VERSION;
  readonly endpoints: readonly WrittenExposure[];
}

/** An endpoint in `exposure.json`. */
export type WrittenExposure = Omit<Written<Exposure>, 'sources' | 'expired'> & {
  readonly sources: readonly WrittenSource[];
  readonly expired: readonly WrittenSource[];
};

/** A source in `exposure.json`. Kind, value and integration tell it from every other one that may connect to the endpoint. */
export type WrittenSource = Omit<Written<ExposedSource>, 'location'>;

/** What keeps an allowlist narrow, in `exposure.json`. */
export type WrittenGuards = {
  readonly [Guard in keyof ExposureGuards]: ExposureGuards[Guard] extends number ? number : readonly string[];
};

/** A check in `exposure.json`. Its port is a string if it is known after apply. */
export type WrittenCheck = Written<ExposureCheck>;

/** The content of `exposure-locations.json`. */
export interface LocationsContent {
  readonly version: typeof EXPOSURE_VERSION;
  readonly endpoints: readonly WrittenLocations[];
}

/** The locations of the sources of an endpoint, in the order that the sources have in `exposure.json`. */
export interface WrittenLocations {
  readonly endpoint: string;
  readonly sources: readonly WrittenLocation[];
  readonly expired: readonly WrittenLocation[];
}

/** Where a source is written: `allowlist.yaml:6:5`, or `allow[3]` in the endpoint's properties. */
export type WrittenLocation = Pick<Written<ExposedSource>, 'kind' | 'value' | 'location'>;

/** A value as JSON has it: a number that is known after apply is the text of its expression, `${...}`. */
export type Written<Value> = Value extends number
  ? number | string
  : Value extends string | boolean | undefined
    ? Value
    : Value extends (infer Item)[]
      ? readonly Written<Item>[]
      : { readonly [Property in keyof Value]: Written<Value[Property]> };

/** The same, as somebody else may have written it: any property may be missing or have any value. */
export type Unread<Value> = { readonly [Property in keyof Value]?: unknown };
