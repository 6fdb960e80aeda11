import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  type WrittenCheck as CheckInFile,
  EXPOSURE_FILE,
  EXPOSURE_VERSION,
  type ExposureContent,
  type Unread,
  type WrittenExposure,
} from '../../../lib/exposure-format';
import { UsageError } from '../../usage-error';

/** A check that synthesis wrote down, and of what. Texts may hold expressions of Terraform. */
export interface WrittenCheck extends Omit<CheckInFile, 'certificateAuthority' | 'port'> {
  /** Name of the stack, which is the folder that the file is in. */
  readonly stack: string;
  /** Path of the endpoint. */
  readonly endpoint: string;
  readonly port: string;
  readonly authority: WrittenAuthority;
}

/** Where the CA is. */
export type WrittenAuthority = Omit<CheckInFile['certificateAuthority'], 'description'>;

/** Reads every `exposure.json` below a folder, in the order of their paths. */
export function readExposureFiles(folder: string): readonly WrittenCheck[] {
  const files = filesBelow(folder);
  if (files.length === 0) {
    throw new UsageError(
      `There is no ${EXPOSURE_FILE} below ${folder}. Synthesize first, and write the folder that it fills.`,
    );
  }
  return files.flatMap((file) => checksOf(file));
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => basename(file) === EXPOSURE_FILE)
      .sort()
      .map((file) => join(folder, file));
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function checksOf(file: string): readonly WrittenCheck[] {
  const stack = basename(dirname(file));
  const { version, endpoints }: Unread<ExposureContent> = asObject(parse(file), file);
  if (version !== EXPOSURE_VERSION) {
    throw new UsageError(
      `${file} has version ${JSON.stringify(version)}; this command knows version ${EXPOSURE_VERSION}.`,
    );
  }
  return asList(endpoints, file).flatMap((each) => {
    const { endpoint, checks }: Unread<WrittenExposure> = asObject(each, file);
    return asList(checks, file).map((check) => checkOf(asObject(check, file), stack, asText(endpoint, file), file));
  });
}

function checkOf(check: Unread<CheckInFile>, stack: string, endpoint: string, file: string): WrittenCheck {
  const authority: Unread<CheckInFile['certificateAuthority']> = asObject(check.certificateAuthority, file);
  return {
    stack,
    endpoint,
    engine: asText(check.engine, file),
    handshake: asText(check.handshake, file),
    hostname: asText(check.hostname, file),
    hostnameOutput: asTextOrNothing(check.hostnameOutput, file),
    port: String(check.port),
    serverName: asTextOrNothing(check.serverName, file),
    authority: {
      inSystemStore: authority.inSystemStore === true,
      file: asTextOrNothing(authority.file, file),
      bundleUrl: asTextOrNothing(authority.bundleUrl, file),
    },
  };
}

/** What `JSON.parse` makes of an object. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

/** Reads a file of JSON. */
export function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON.`);
  }
}

function asObject(value: unknown, file: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw strange(file);
  return value as JsonObject;
}

function asList(value: unknown, file: string): readonly unknown[] {
  if (!Array.isArray(value)) throw strange(file);
  return value;
}

function asText(value: unknown, file: string): string {
  if (typeof value !== 'string') throw strange(file);
  return value;
}

function asTextOrNothing(value: unknown, file: string): string | undefined {
  return value === undefined ? undefined : asText(value, file);
}

function strange(file: string): UsageError {
  return new UsageError(`${file} is not what this version of the library writes. Synthesize again.`);
}
