/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Jest leaves one processor out by itself, which on two is half of them.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/test/support/bundle-code.ts',
  testPathIgnorePatterns: ['/node_modules/', '/test/e2e/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: 'inline' }],
  },
  moduleNameMapper: { '^cdktf-database-endpoint$': '<rootDir>/lib' },
  collectCoverageFrom: ['lib/**/*.ts', 'cli/**/*.ts', 'lambda/**/*.ts', '!cli/main.ts'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};
