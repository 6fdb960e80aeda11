import { UsageError } from '../usage-error';

/** A function, as `Invoke` takes it. */
export interface UserFunction {
  /** Its name or ARN, as it was written. */
  readonly name: string;
  /** Undefined where only the profile or the environment says it. */
  readonly region?: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestParameters */
const NAME = /^[\w-]{1,140}(?::(?:\$LATEST|[\w-]{1,128}))?$/;
const ARN =
  /^arn:aws[a-z-]*:lambda:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:function:[\w-]{1,64}(?::(?:\$LATEST|[\w-]{1,128}))?$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * Reads a function of the command line.
 *
 * @param region of functions that are given by name: an ARN says its own.
 */
export function parseFunction(written: string, region = regionOf(process.env)): UserFunction {
  if (region !== undefined && !REGION.test(region)) {
    throw new UsageError(`'${region}' is not a Region. Write one such as eu-central-1.`);
  }
  const [, own] = ARN.exec(written) ?? [];
  if (own === undefined && !NAME.test(written)) {
    throw new UsageError(`'${written}' is not the name of a function. Write its name or its ARN.`);
  }
  return { name: written, region: own ?? region };
}

/** The SDK reads only the first of the two, and then the profile. */
function regionOf({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string | undefined {
  return AWS_REGION || AWS_DEFAULT_REGION || undefined;
}
