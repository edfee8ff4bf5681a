/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  // Random input and whole corpora take their time on a busy machine; a hang is still a failure.
  testTimeout: 60_000,
  moduleNameMapper: {
    '^netloom$': '<rootDir>/lib',
    // What is imported when it is needed is imported by the name of the compiled file.
    '^(\\.{1,2}/(?:commands/)?[a-z-]+)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
};
