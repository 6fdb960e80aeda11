import { printable } from '../../../lib/rules/printable';
import { attributeOf, HOST_ATTRIBUTES, PORT_ATTRIBUTES } from '../../stack/deployed-attributes';
import { isHost, portOf } from '../../stack/host-name';
import { knownValues } from '../../stack/known-values';
import { shellQuoted } from '../../stack/shell-quoted';
import type { TerraformValues } from '../../stack/terraform-values';
import type { MissingThings } from './missing';
import { type Expression, isExpression, type WrittenCheck } from './written-check';

/** Where a check leads once what is known after apply is filled in. */
export class ResolvedCheck {
  public readonly host: string;
  public readonly port: number;
  public readonly serverName: string;
  /** Whether all of that is known. What is not known is reported. */
  public readonly isKnown: boolean;

  public constructor(
    private readonly check: WrittenCheck,
    private readonly values: TerraformValues | undefined,
    private readonly missing: MissingThings,
  ) {
    const { host, port, serverName } = check;
    const found = {
      host: isExpression(host) ? this.find('hostname', host, HOST_ATTRIBUTES, hostIn, 'hostname') : host,
      port: isExpression(port) ? this.find('port', port, PORT_ATTRIBUTES, portOf, 'port') : port,
      serverName: isExpression(serverName)
        ? this.find('name in the certificate', serverName, HOST_ATTRIBUTES, hostIn)
        : serverName,
    };
    this.isKnown =
      found.host !== undefined &&
      found.port !== undefined &&
      (serverName === undefined || found.serverName !== undefined);
    this.host = found.host ?? '';
    this.port = found.port ?? 0;
    this.serverName = found.serverName ?? this.host;
  }

  /** The value that Terraform knows: of an attribute first, then of an output. Values are never repeated. */
  private find<Value>(
    what: string,
    { expression }: Expression,
    allowed: typeof HOST_ATTRIBUTES,
    read: (value: unknown) => Value | undefined,
    output?: 'hostname' | 'port',
  ): Value | undefined {
    const { endpoint, outputPrefix, stack } = this.check;
    const asked = attributeOf(expression, allowed);
    const name = output && outputPrefix && `${outputPrefix}_${output}`;
    const candidates = knownValues(this.values, expression, allowed, name);
    const found = candidates.map(read).find((value) => value !== undefined);
    if (found !== undefined) return found;
    const answer = (command: string) =>
      `add --state ${shellQuoted(`${stack}=FILE`)} with the output of \`terraform ${command} -json\` from the stack's folder`;
    const outputs = name === undefined ? `call addOutputs() on the endpoint and ${answer('output')}` : answer('output');
    const known = `the ${what} is known only after apply`;
    if (candidates.length > 0) {
      this.missing.add(
        endpoint,
        `Terraform's value is not a valid ${what}`,
        `Not checked: check ${name ?? 'the value'}.`,
      );
    } else if (name !== undefined) {
      this.missing.add(endpoint, known, `Not checked: ${outputs}.`);
    } else if (asked !== undefined) {
      const either = output === undefined ? answer('show') : `${outputs}, or the output of \`terraform show -json\``;
      this.missing.add(endpoint, known, `Not checked: ${either}.`);
    } else {
      this.missing.add(
        endpoint,
        `the ${what} is an expression that is not resolved (${printable(expression, 80)})`,
        output === undefined
          ? "Not checked: set the target's certificateName to an attribute, such as the address of an aws_db_instance."
          : `Not checked: ${outputs}.`,
      );
    }
    return undefined;
  }
}

function hostIn(value: unknown): string | undefined {
  return typeof value === 'string' && isHost(value) ? value : undefined;
}
