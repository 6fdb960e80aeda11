import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AllowedSource, AllowlistFile } from '../../lib';
import { endpoint, synthesizeEndpoint, validProps } from '../support/endpoint';
import { ingressRules } from '../support/ingress';

const PEERED = '123456789012/sg-0123456789abcdef0';

// AWS takes a group of a peered VPC of another account by account and id.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
test.each([
  ['code', () => [AllowedSource.securityGroup(PEERED, { description: 'Analytics' })]],
  [
    'a file',
    () => {
      const file = join(mkdtempSync(join(tmpdir(), 'other-account-')), 'allowlist.yaml');
      writeFileSync(file, `entries:\n  - securityGroup: ${PEERED}\n    description: Analytics\n`);
      return AllowlistFile.read(file);
    },
  ],
])('a security group of another account is a source in %s', (_, allow) => {
  const tf = synthesizeEndpoint(validProps({ allow: allow(), internetFacing: false }));

  expect(ingressRules(tf)).toContainEqual(
    expect.objectContaining({
      for_each: { [PEERED]: { id: PEERED, description: 'Analytics' } },
      referenced_security_group_id: '${each.value.id}',
    }),
  );
  expect(endpoint(validProps({ allow: allow() })).exposure.sources).toContainEqual(
    expect.objectContaining({ kind: 'securityGroup', value: PEERED }),
  );
});
