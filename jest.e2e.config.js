const { testEnvironment, testTimeout, transform, moduleNameMapper } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment,
  testTimeout,
  transform,
  moduleNameMapper,
  roots: ['<rootDir>/test/e2e'],
  // They need a network of their own: npm run test:traffic
  testPathIgnorePatterns: ['/node_modules/', '/test/e2e/data-plane/', '/test/e2e/traffic/'],
  globalSetup: '<rootDir>/test/e2e/harness/global-setup.ts',
  globalTeardown: '<rootDir>/test/e2e/harness/global-teardown.ts',
  testSequencer: '<rootDir>/test/e2e/harness/longest-first.js',
  // Most of the time goes into waits of the AWS provider, so more files than processors cost little.
  maxWorkers: 6,
};
