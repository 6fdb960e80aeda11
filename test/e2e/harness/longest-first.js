const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take minutes, mostly in waits of the AWS provider, which are the longest ones first. */
const LONGEST = [
  'target-sync/deployed',
  'cycle',
  'literals',
  'aws-kit',
  'sharing-changes',
  'features',
  'moving-endpoints',
  'addresses',
  'gitops',
  'computed-values',
  'certificates',
  'private-link',
  'database-user/postgresql/crash',
];

/** By itself a clean checkout starts with the largest files, and a long one that starts last is all that runs at the end. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = LONGEST.findIndex((name) => path.endsWith(`/e2e/${name}.test.ts`));
      return index < 0 ? LONGEST.length : index;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
