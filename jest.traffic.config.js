const e2e = require('./jest.e2e.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...e2e,
  roots: ['<rootDir>/test/e2e/data-plane', '<rootDir>/test/e2e/traffic'],
  testPathIgnorePatterns: ['/node_modules/'],
  // What tests have left running ends with the namespaces.
  forceExit: true,
};
