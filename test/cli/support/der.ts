/** As much of ASN.1 DER as a certificate needs. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

export const sequence = (...content: readonly Buffer[]) => der(0x30, ...content);
export const set = (...content: readonly Buffer[]) => der(0x31, ...content);
export const octets = (content: Buffer) => der(0x04, content);
export const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);
export const integer = (content: Buffer) => der(0x02, content);
export const text = (content: string) => der(0x0c, Buffer.from(content));
export const TRUE = der(0x01, Buffer.from([0xff]));

export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** GeneralizedTime knows all years, UTCTime only those of a century. */
export function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

function base128(number: number): number[] {
  const low = number & 0x7f;
  const high: number[] = [];
  for (let rest = number >> 7; rest > 0; rest >>= 7) high.unshift((rest & 0x7f) | 0x80);
  return [...high, low];
}
