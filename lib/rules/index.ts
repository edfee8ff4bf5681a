export { addressFields } from './addresses';
export { minorVersion } from './kubernetes-version';
export { type NetworkRule, type RuleResults, runRules, type SkippedRule, type Violation } from './network-rule';
export { NETWORK_RULES } from './network-rules';
