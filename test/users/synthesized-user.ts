import type { TerraformStack } from 'cdktf';
import {
  AdminSecret,
  DatabaseEndpoint,
  type DatabaseEndpointProps,
  DatabaseTarget,
  DatabaseUser,
  type DatabaseUserProps,
  Grant,
} from '../../lib';
import { validProps } from '../support/endpoint';
import { synthesize, type TerraformJson } from '../support/synthesis';

export const ADMIN_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:admin-Ab12Cd';
export const RDS_HOST = 'orders.abc123.eu-central-1.rds.amazonaws.com';

/** An instance of RDS behind the endpoint. */
export function onRds(overrides: Partial<DatabaseEndpointProps> = {}): DatabaseEndpointProps {
  return validProps({
    target: DatabaseTarget.rdsInstance({ identifier: 'orders', address: RDS_HOST, securityGroupId: 'sg-0db' }),
    ...overrides,
  });
}

/** The smallest correct user: one that reads a schema. */
export function userProps(endpoint: DatabaseEndpoint, overrides: Partial<DatabaseUserProps> = {}): DatabaseUserProps {
  return {
    endpoint,
    admin: AdminSecret.fromArn(ADMIN_ARN),
    database: 'shop',
    grants: [Grant.read({ schema: 'sales' })],
    network: { subnetIds: ['subnet-0e', 'subnet-0f'] },
    ...overrides,
  };
}

/** A user `prod/Looker` of an endpoint `prod/Orders`. */
export function createUser(
  stack: TerraformStack,
  overrides: Partial<DatabaseUserProps> = {},
  endpoint: DatabaseEndpointProps = onRds(),
): DatabaseUser {
  return new DatabaseUser(stack, 'Looker', userProps(new DatabaseEndpoint(stack, 'Orders', endpoint), overrides));
}

/** The Terraform JSON of a stack `prod` with that user. */
export function synthesizeUser(
  overrides: Partial<DatabaseUserProps> | ((stack: TerraformStack) => Partial<DatabaseUserProps>) = {},
  endpoint?: DatabaseEndpointProps,
): TerraformJson {
  return synthesize((stack) => {
    createUser(stack, typeof overrides === 'function' ? overrides(stack) : overrides, endpoint);
  });
}

/** What the function is told, with `<expression>` in place of what is known after apply. */
export function declaredIn(tf: TerraformJson): { readonly [property: string]: unknown } {
  const { locals = {} } = tf as { readonly locals?: { readonly [id: string]: string } };
  const [written = ''] = Object.entries(locals).flatMap(([id, text]) =>
    id.startsWith('Looker_Declared_') ? text : [],
  );
  const [, json = ''] = /^\$\{jsonencode\((.*)\)\}$/s.exec(written) ?? [];
  return JSON.parse(json.replace(/([:[,])((?:[a-z_]+\.)+[\w.-]+)(?=[,}\]])/g, '$1"<$2>"'));
}
