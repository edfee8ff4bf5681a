const { projects, ...config } = require('./jest.config');

const SLOW = [
  '/test/(apps|cli|corpus|docs|plugin|tools)/',
  '/(agreement|corpus|faults|fuzz|growth|hostile-values|kills|laws|oracle|random-props|same-bytes|shell-lines)\\.test\\.ts$',
  '/(address-range|address-set|child-processes|connections|expressions|fix-manifests|ip-address)\\.test\\.ts$',
  '/(other-types|place|report-schemas|yaml-tokens)\\.test\\.ts$',
];

/**
 * `npm run test:fast`, for the loop of a developer: without what takes its time. That is random input, whole corpora and apps, and programs
 * that are started. `npm test` runs all.
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  // All cores: nobody works beside it.
  maxWorkers: '100%',
  // Patterns of the whole do not reach the projects.
  projects: [{ ...projects[0], testPathIgnorePatterns: SLOW }],
};
