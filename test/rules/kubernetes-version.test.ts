import { isAtLeast, minorVersion } from '../../lib/rules/kubernetes-version';

test.each([
  ['1.27', 27],
  ['v1.27', 27],
  ['v1.27.3', 27],
  ['1.27.3-gke.100', 27],
  ['1.9', 9],
  ['1', undefined],
  ['2.1', undefined],
  ['1.x', undefined],
  ['1.2777', undefined],
  [undefined, undefined],
])('%s: %s', (version, minor) => {
  expect(minorVersion(version)).toBe(minor);
});

test.each([
  ['1.33', 34, false],
  ['1.34', 34, true],
  ['1.35', 34, true],
  [undefined, 34, true],
])('%s is at least 1.%s: %s', (kubernetesVersion, minor, expected) => {
  expect(isAtLeast({ kubernetesVersion }, minor)).toBe(expected);
});
