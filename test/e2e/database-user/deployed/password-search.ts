import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import type { LambdaFront } from '../../fixtures/functions/lambda-front';

/** Texts in which no password may be, by what they are. */
export type Places = Readonly<Record<string, string>>;

/** In which forms something may stand in a text: whole, and one half of it. */
const FORMS: Readonly<Record<string, (value: string) => readonly string[]>> = {
  'as it is': (value) => halves(value),
  'URL-encoded': (value) => halves(value).map(encodeURIComponent),
  'in JSON': (value) => halves(value).map((half) => JSON.stringify(half).slice(1, -1)),
  'in base64': (value) => halves(value).flatMap(base64),
  'in base64 for URLs': (value) =>
    halves(value)
      .flatMap(base64)
      .map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  'in hexadecimal': (value) => halves(value).map((half) => Buffer.from(half).toString('hex')),
};

/** Where any of the values stand. They are not in what is returned, but their places in the list. */
export function placesWith(values: readonly string[], places: Places): string[] {
  return Object.entries(places).flatMap(([place, text]) => {
    const all = withUncompressed(text);
    return values.flatMap((value, i) => {
      const found = Object.entries(FORMS).find(([, forms]) => forms(value).some((form) => all.includes(form)));
      return found ? [`${place}: value ${i} ${found[0]}`] : [];
    });
  });
}

/** What all files of a folder and of its folders say, archives unpacked; without what Terraform installs. */
export function filesIn(folder: string): Places {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return Object.fromEntries(
    paths
      .filter((path) => !path.startsWith('.terraform') && !path.startsWith('assets'))
      .map((path) => [path, textOf(readFileSync(join(folder, path)))]),
  );
}

/** All that went through the front, without what the secrets' own versions are read and written with. */
export function whatWentThrough(front: LambdaFront): Places {
  const calls = front.calls.map(({ action, request, answer, functionName, ...call }) => ({
    ...call,
    request: action === 'PutSecretValue' ? '' : request,
    answer: action === 'GetSecretValue' && functionName !== undefined ? '' : answer,
  }));
  return {
    'calls of AWS': calls.map(({ request, answer }) => `${request}\n${answer}`).join('\n'),
    'events of functions': front.invocations.map(({ event }) => JSON.stringify(event)).join('\n'),
    'answers of functions': front.invocations.map(({ answer }) => JSON.stringify(answer)).join('\n'),
    'environments of functions': front.invocations.flatMap(({ environment }) => Object.values(environment)).join('\n'),
    'logs of functions': front.logs.join('\n'),
  };
}

/** The passwords in all versions of secrets that were ever written. */
export function passwordsIn(front: LambdaFront): string[] {
  const texts = front.calls.filter(({ action }) => action === 'PutSecretValue').map(({ request }) => request);
  return [...new Set(texts.map((text) => JSON.parse(JSON.parse(text).SecretString).password as string))];
}

function halves(value: string): readonly string[] {
  const middle = Math.ceil(value.length / 2);
  return [value.slice(0, middle), value.slice(middle)];
}

/** What of a value's base64 is the same whatever stands before and after it: one text for each offset. */
function base64(value: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const first = Math.ceil((offset * 8) / 6);
    return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
  });
}

/** A text, and what is in it as Terraform's `base64gzip()` writes it. */
function withUncompressed(text: string): string {
  const found = [...text.matchAll(/H4sI[\w+/]+=*/g)].map(([blob]) => blob);
  return [text, ...[...new Set(found)].map(uncompressed)].join('\n');
}

function uncompressed(blob: string): string {
  try {
    return gunzipSync(Buffer.from(blob, 'base64')).toString();
  } catch {
    return '';
  }
}

function textOf(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString();
  return Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('\n');
}
