// What users write workloads with is theirs to choose: we know it by its shape.
const WITH_CDK8S_PLUS = ['constructs', 'synth', 'apps'];

/** @type {import('jest').Config} */
const project = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  moduleNameMapper: {
    '^netloom$': '<rootDir>/lib',
    // What is imported when it is needed is imported by the name of the compiled file.
    '^(\\.{1,2}/(?:commands/)?[a-z-]+)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
};

/** @type {import('jest').Config} */
module.exports = {
  // Random input and whole corpora take their time on a busy machine; a hang is still a failure.
  testTimeout: 60_000,
  projects: [
    { ...project, displayName: 'netloom' },
    {
      ...project,
      displayName: 'newest cdk8s-plus',
      roots: WITH_CDK8S_PLUS.map((folder) => `<rootDir>/test/${folder}`),
      // Fields that are not set have other defaults there: dist is as the apps, which have that one, write it.
      testPathIgnorePatterns: ['/test/apps/dist\\.test\\.ts$'],
      moduleNameMapper: { ...project.moduleNameMapper, '^cdk8s-plus-28$': 'cdk8s-plus-34' },
    },
  ],
};
