import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { DatabaseEndpoint, DatabaseTarget } from '../../lib';
import { tagsOf } from '../../lib/terraform/tags';
import { synthesizeEndpoint, terminatingProps, validProps } from '../support/endpoint';
import { onlyResource, synthesize } from '../support/synthesis';
import { taggable } from '../support/taggable';

test('every resource that takes tags has the path of the endpoint as its name', () => {
  for (const [type, tags] of taggable(synthesizeEndpoint(terminatingProps()))) {
    expect([type, tags]).toEqual([type, { Name: 'prod/Orders' }]);
  }
});

test('every resource that takes tags has those that were asked for', () => {
  const target = DatabaseTarget.ipAddresses(['10.0.1.5'], { securityGroupId: 'sg-0da7aba5e' });
  const tags = { team: 'checkout', 'cost:center': '42' };

  for (const [type, written] of taggable(synthesizeEndpoint(validProps({ tags, target })))) {
    expect([type, written]).toEqual([type, { Name: 'prod/Orders', ...tags }]);
  }
});

test('a name of your own takes the place of the path', () => {
  const tf = synthesizeEndpoint(validProps({ tags: { Name: 'orders' } }));

  expect(onlyResource(tf, 'aws_lb').tags).toEqual({ Name: 'orders' });
});

test('values may be tokens', () => {
  const tf = synthesizeEndpoint((stack) =>
    validProps({ tags: { team: new TerraformVariable(stack, 'team', { type: 'string' }).stringValue } }),
  );

  expect(onlyResource(tf, 'aws_lb').tags).toEqual({ Name: 'prod/Orders', team: '${var.team}' });
});

test('no tags of the caller are modified', () => {
  const tags = { team: 'checkout' };

  synthesizeEndpoint(validProps({ tags }));

  expect(tags).toEqual({ team: 'checkout' });
});

test('the path is that of the endpoint wherever it stands', () => {
  const tf = synthesize((stack) => {
    new DatabaseEndpoint(new Construct(stack, 'Databases'), 'Orders', validProps());
  });

  expect(onlyResource(tf, 'aws_lb').tags).toEqual({ Name: 'prod/Databases/Orders' });
});

test('characters that tags may not have are replaced', () => {
  const construct = new Construct(new TerraformStack(Testing.app(), 'prod'), 'Orders*(EU)&"Üben"');

  expect(tagsOf(construct).Name).toBe('prod/Orders--EU---Üben-');
});

test('a path longer than a tag keeps its end, which tells constructs apart', () => {
  const construct = new Construct(new TerraformStack(new App(), 'prod'), `${'x'.repeat(300)}Orders`);

  expect(tagsOf(construct).Name).toBe(`${'x'.repeat(250)}Orders`);
});
