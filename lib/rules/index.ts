export { addressFields } from './addresses';
export { type NetworkRule, type RuleResults, runRules, type SkippedRule, type Violation } from './network-rule';
export { NETWORK_RULES } from './network-rules';
