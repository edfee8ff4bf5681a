const [project] = require('../jest.config').projects;

/** The tests that need a real control plane: `npm run test:cluster`. @type {import('jest').Config} */
module.exports = {
  ...project,
  displayName: 'control plane',
  rootDir: '..',
  roots: ['<rootDir>/testbed'],
  // The program is built before the first test: on a fresh machine that takes longer than any test.
  globalSetup: '<rootDir>/testbed/build-programs.ts',
  testTimeout: 600_000,
};
