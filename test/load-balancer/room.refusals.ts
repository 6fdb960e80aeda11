import { AllowedSource, type EndpointProps } from '../../lib';
import { expression } from '../support/expression';
import { blocks, clients, endpointProps } from '../support/shared-load-balancer';
import { added, addedToExisting, fleetOf, type SharedMistake } from './shared-mistake';

const pinned = (address: string, group: string) => AllowedSource.cidr(address, { group });
const computed = () => blocks(expression('aws_eip.nat.public_ip'));
const only = (allow: EndpointProps['allow']) => ({ Orders: endpointProps({ allow }) });

/** What endpoints are refused with for which the groups of their load balancer have no room, and what makes some. */
export const ROOM_MISTAKES: readonly SharedMistake[] = [
  added(
    'TooManyPinnedGroups',
    'a group is pinned to and every group is spread over',
    only([pinned('52.20.30.40', 'partners')]),
    {},
    {
      property: 'allow',
      reason:
        /needs 6 security groups on prod\/Partners \(5 that rules are spread over, 1 that entries are pinned to\), and there may be 5$/,
      remedy:
        /^Set securityGroupCount: 4 .* Or request .* L-2AFB9258, and set .*Interface: 6 with securityGroupCount: 5\. Or pin to fewer groups\.$/,
    },
  ),
  added(
    'TooManyPinnedGroups',
    'a value is known after apply and every group is spread over',
    only(computed()),
    {},
    {
      property: 'allow',
      reason:
        /needs 6 security groups on prod\/Partners \(5 that rules are spread over, 1 for values that are known after apply\), and there may be 5$/,
      remedy:
        /^Set securityGroupCount: 4 on the load balancer: .* Or request .*Interface: 6 with securityGroupCount: 5\. Or write the blocks .* as literals, or put them into a prefix list\.$/,
    },
  ),
  added(
    'TooManyPinnedGroups',
    'fewer groups would not hold the rules',
    { Stock: endpointProps({ port: 5433, allow: clients(241) }), ...only(computed()) },
    {},
    { property: 'allow', reason: /needs 6/, remedy: /^Request .* with securityGroupCount: 5\. Or write the blocks/ },
  ),
  added(
    'TooManyPinnedGroups',
    'AWS grants no more groups of that many rules',
    { Stock: endpointProps({ port: 5433, allow: clients(801) }), ...only([pinned('52.20.30.40', 'a'), ...computed()]) },
    { quotas: { rulesPerSecurityGroup: 200 } },
    {
      property: 'allow',
      reason: /needs 7 .*, 1 that entries are pinned to, 1 for values/,
      remedy: /^Pin to fewer groups, and write the blocks/,
    },
  ),
  addedToExisting(
    'TooManyPinnedGroups',
    'an entry is pinned and the groups exist already',
    { allow: [pinned('52.20.30.40', 'partners')] },
    {
      property: 'allow',
      reason: /needs 3 security groups .* it has 2$/,
      remedy: /^No group can be added to a load balancer that exists already: pin to fewer groups\.$/,
    },
  ),
  addedToExisting(
    'TooManyPinnedGroups',
    'a value is known after apply and the groups exist already',
    { allow: computed() },
    {
      property: 'allow',
      reason: /needs 3 .* 1 for values that are known after apply\), and it has 2$/,
      remedy: /No group can be added.*write the blocks .* as literals/,
    },
  ),
  added(
    'TooManyRules',
    'the quota allows more groups than there are',
    fleetOf(2, (i) => ({ allow: clients(40, i) })),
    { securityGroupCount: 1 },
    {
      property: 'allow',
      reason: /needs 80 .* room for 60/,
      remedy:
        /^Set securityGroupCount: 2 .* Or request .* set quotas\.rulesPerSecurityGroup to 80 or more \(L-0EA8095F\)\./,
    },
  ),
  added(
    'TooManyRules',
    'the groups that are left are taken by others',
    {
      ...only([pinned('52.20.30.40', 'partners'), ...clients(40)]),
      Stock: endpointProps({ port: 5433, allow: clients(40) }),
    },
    { securityGroupCount: 1, quotas: { securityGroupsPerInterface: 2 } },
    {
      property: 'allow',
      reason: /needs 80 .* room for 60/,
      remedy: /^Request .*PerInterface to 3 or more \(L-2AFB9258\) and securityGroupCount to 2\./,
    },
  ),
  addedToExisting(
    'TooManyRules',
    'the groups exist already',
    { allow: clients(121) },
    {
      property: 'allow',
      reason: /needs 121 .* room for 120/,
      remedy: /^Request a quota increase, and set quotas\.rulesPerSecurityGroup to 61 or more \(L-0EA8095F\)\. Let/,
    },
  ),
];
