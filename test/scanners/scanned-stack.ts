import type { Block, TerraformJson } from '../support/synthesis';
import { encodedPolicy } from './encoded-policy';

/** One resource of a stack as a scanner sees it. */
export interface ScannedResource {
  readonly type: string;
  readonly address: string;
  readonly block: Block;
  readonly stack: ScannedStack;
}

/** The resources of a stack, with the references between them. */
export class ScannedStack {
  public readonly resources: readonly ScannedResource[];

  public constructor(tf: TerraformJson) {
    this.resources = Object.entries(tf.resource ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => ({ type, address: `${type}.${id}`, block, stack: this })),
    );
  }

  public of(...types: readonly string[]): ScannedResource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }
}

/** Whether one resource refers to another one, in an attribute of a name or in any. */
export function refersTo(from: ScannedResource, to: ScannedResource, attribute?: string): boolean {
  const text = JSON.stringify(attribute === undefined ? from.block : (from.block[attribute] ?? null));
  // A longer name may begin with the same letters.
  return new RegExp(`${to.address.replaceAll('.', '\\.')}(?![\\w-])`).test(text);
}

/** The resources of some types that refer to this one. */
export function referringTo(to: ScannedResource, ...types: readonly string[]): ScannedResource[] {
  return to.stack.of(...types).filter((from) => refersTo(from, to));
}

/** A block inside of a resource, which is written as itself or as a list of one. */
export function nested(block: Block, name: string): Block | undefined {
  const value = block[name];
  return (Array.isArray(value) ? value[0] : value) as Block | undefined;
}

const BLOCK = /^[\d.]+(\/\d+)?$|^[\da-f:]*:[\da-f:.]*(\/\d+)?$/i;

/** The blocks of addresses of a rule, each instance of `for_each` taken together, as a scanner that expands it finds them. */
export function blocksOf({ block }: ScannedResource): string[] {
  const written = [block.cidr_ipv4, block.cidr_ipv6].filter((value) => typeof value === 'string') as string[];
  if (!written.some((value) => value.includes('each.'))) return written;
  const forEach = block.for_each;
  // Where it is an expression, every block that it could ever hold is unknown until apply, and only a literal stands here.
  const texts =
    typeof forEach === 'object' ? Object.entries(forEach ?? {}).flat() : (String(forEach).match(/"[^"]*"/g) ?? []);
  return texts
    .flatMap((text) => (typeof text === 'string' ? text.replaceAll('"', '') : []))
    .filter((text) => BLOCK.test(text));
}

const EVERYWHERE = ['0.0.0.0/0', '::/0', '0000:0000:0000:0000:0000:0000:0000:0000/0'];

/** Whether a rule of a security group holds for every address of a family. */
export function isOpenToAll(rule: ScannedResource): boolean {
  return blocksOf(rule).some((block) => EVERYWHERE.includes(block));
}

/** Whether a rule of a security group holds for a port, or for every port. */
export function includesPort({ block }: ScannedResource, port: number | 'all'): boolean {
  const [from, to] = [Number(block.from_port ?? -1), Number(block.to_port ?? -1)];
  const isAll = String(block.ip_protocol) === '-1' || (from <= 0 && (to === -1 || to === 0 || to === 65535));
  return isAll || (port !== 'all' && from <= port && port <= to);
}

/** A statement of a policy, with lists where one text may stand. */
export interface ScannedStatement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly hasCondition: boolean;
  readonly principal?: unknown;
}

/** The statements of a policy that is written as JSON or as `jsonencode(...)`. */
export function statementsOf(policy: unknown): ScannedStatement[] {
  const document = (String(policy).startsWith('${') ? encodedPolicy(String(policy)) : JSON.parse(String(policy))) as {
    readonly Statement: readonly Block[];
  };
  return document.Statement.map((statement) => ({
    effect: String(statement.Effect),
    actions: [statement.Action].flat() as string[],
    resources: [statement.Resource ?? []].flat() as string[],
    hasCondition: statement.Condition !== undefined,
    principal: statement.Principal,
  }));
}
