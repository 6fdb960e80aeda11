import type { Precondition } from '../terraform/precondition';
import type { FunctionSettings } from './function-settings';
import type { Statement } from './permissions';

/** What a function is made of. */
export interface FunctionParts {
  readonly definition: FunctionDefinition;
  readonly settings: FunctionSettings;
  readonly tags: { [key: string]: string };
}

/** What one function is, and all in which it differs from others. Values may be tokens. */
export interface FunctionDefinition {
  /** The beginning of names that Terraform generates. A role's has 38 characters at most. */
  readonly namePrefix: string;
  /** The beginning of the name of the role's policy. */
  readonly policyNamePrefix: string;
  /** What the function does. */
  readonly description: string;
  /** What the security group says the function is. */
  readonly securityGroupDescription: string;
  /** What the function reaches over HTTPS. */
  readonly apiDescription: string;
  /** The archive with the program, whose `index.handler` is called. */
  readonly codeFile: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** The function's environment. */
  readonly variables: { [name: string]: string };
  /** How long an event may wait for the function, and how often it is tried again after a failure. */
  readonly events: { readonly maximumAgeSeconds: number; readonly retries: number };
  /** What the program calls. Asked for when the stack is written, as not everything may be known before. */
  readonly statements: () => readonly Statement[];
  /** What Terraform checks before it changes the function. */
  readonly preconditions: Precondition[];
}
