import { actionsOf } from '../harness/plan';

const BEFORE = {
  port: 5432,
  tags: { Name: 'one' },
  tags_all: { Name: 'one' },
  rules: [{ action: 'forward', to: 'a' }],
};

function change(address: string, actions: string[], after: object | null, more: object = {}) {
  return { address, type: 'aws_lb', change: { actions, before: BEFORE, after, ...more } };
}

describe('a plan in words', () => {
  it.each([
    ['says nothing of what stays', change('aws_lb.A', ['no-op'], BEFORE), []],
    [
      'names every attribute that changes',
      change('aws_lb.A', ['update'], { ...BEFORE, port: 1 }),
      ['update aws_lb.A: port'],
    ],
    [
      'names a tag once, though the provider repeats it',
      change('aws_lb.A', ['update'], { ...BEFORE, tags: { Name: 'two' }, tags_all: { Name: 'two' } }),
      ['update aws_lb.A: tags.Name'],
    ],
    [
      'names a tag that comes from the provider',
      change('aws_lb.A', ['update'], { ...BEFORE, tags_all: { Name: 'one', Team: 'data' } }),
      ['update aws_lb.A: tags_all.Team'],
    ],
    [
      'names attributes inside of blocks',
      change('aws_lb.A', ['update'], { ...BEFORE, rules: [{ action: 'forward', to: 'b' }] }),
      ['update aws_lb.A: rules[0].to'],
    ],
    [
      'names attributes that only AWS will know',
      change('aws_lb.A', ['update'], { ...BEFORE, arn: undefined }, { after_unknown: { arn: true } }),
      ['update aws_lb.A: arn'],
    ],
    [
      'names what forces a replacement, and its order',
      change(
        'aws_lb.A',
        ['create', 'delete'],
        { ...BEFORE, port: 1 },
        { replace_paths: [['port'], ['rules', 0, 'to']] },
      ),
      ['replace(create-before-destroy) aws_lb.A: port, rules.0.to'],
    ],
    [
      'names the reason of a replacement that no attribute forces',
      { ...change('aws_lb.A', ['delete', 'create'], BEFORE), action_reason: 'replace_because_tainted' },
      ['replace(destroy-before-create) aws_lb.A: tainted'],
    ],
    [
      'tells a move from a replacement',
      { ...change('aws_lb.B', ['no-op'], BEFORE), previous_address: 'aws_lb.A' },
      ['move aws_lb.A -> aws_lb.B'],
    ],
    [
      'leaves out the hash of CDKTF, and keeps the key of an instance',
      change('aws_lb.Orders_Allow_0F3C55D1["203.0.113.7/32"]', ['delete'], null),
      ['delete aws_lb.Orders_Allow["203.0.113.7/32"]'],
    ],
  ])('%s', (_sentence, resource, actions) => {
    expect(actionsOf({ resource_changes: [resource] })).toEqual(actions);
  });

  it('counts outputs, which Terraform counts as changes too, and sorts', () => {
    const url = { actions: ['update'], before: 'a', after: 'b' };

    const actions = actionsOf({ resource_changes: [change('aws_lb.A', ['read'], {})], output_changes: { url } });

    expect(actions).toEqual(['read aws_lb.A', 'update output.url']);
  });
});
