import { TerraformVariable } from 'cdktf';
import type { DatabaseEndpointProps } from '../../lib';
import { synthesizeEndpoint, validProps } from '../support/endpoint';
import { onlyResource } from '../support/synthesis';

const domain = { name: 'a.db.example.com', zoneId: 'Z0', zoneName: 'db.example.com' };

test.each<[string, (value: boolean) => Partial<DatabaseEndpointProps>, string, object]>([
  ['crossZone', (x) => ({ crossZone: x }), 'aws_lb', { enable_cross_zone_load_balancing: '${var.x}' }],
  ['preserveClientIp', (x) => ({ preserveClientIp: x }), 'aws_lb_target_group', { preserve_client_ip: '${var.x}' }],
  [
    'domain.evaluateTargetHealth',
    (x) => ({ domain: { ...domain, evaluateTargetHealth: x } }),
    'aws_route53_record',
    { alias: { evaluate_target_health: '${var.x}' } },
  ],
])('%s may be a variable, which Terraform decides by', (_, make, type, written) => {
  const tf = synthesizeEndpoint((stack) => {
    const { booleanValue } = new TerraformVariable(stack, 'x', { type: 'bool' });
    return validProps(make(booleanValue as unknown as boolean));
  });

  expect(onlyResource(tf, type)).toMatchObject(written);
});
