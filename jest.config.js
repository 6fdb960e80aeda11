/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Above what helpers wait at most (test/support/patience.ts): a test that hangs fails, and no test on a busy machine. No
  // test has a timeout of its own.
  testTimeout: 900_000,
  // Jest leaves one processor out by itself, which on two is half of them.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testPathIgnorePatterns: ['/node_modules/', '/test/e2e/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: 'inline' }],
  },
  moduleNameMapper: {
    '^cdktf-database-endpoint$': '<rootDir>/lib',
    '^fast-check$': '<rootDir>/test/support/fast-check.js',
  },
  // What converges users on database servers runs against real ones, in test/e2e/database-user, and what runs in a browser in
  // a real one, in test/e2e/exposure-page. Both are not counted here.
  collectCoverageFrom: [
    'lib/**/*.ts',
    'cli/**/*.ts',
    'lambda/**/*.ts',
    '!cli/main.ts',
    '!lambda/database-user/{postgresql,mysql}/**',
    '!cli/exposure/page/browser/**',
  ],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};
