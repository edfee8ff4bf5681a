import type { Rule } from '../../finding/finding';

/** What the rehearsal of a runbook finds. */

export const REHEARSAL_CONTROL_PLANE: Rule = {
  code: 'NL850',
  slug: 'rehearsal-control-plane-stops',
  severity: 'error',
  title: 'After a stage of a runbook the control plane does not start again',
};

export const REHEARSAL_UPGRADE: Rule = {
  code: 'NL851',
  slug: 'rehearsal-upgrade-undoes',
  severity: 'error',
  title: 'After a stage of a runbook the next kubeadm upgrade writes other flags',
};

export const REHEARSAL_NODE: Rule = {
  code: 'NL852',
  slug: 'rehearsal-node-without-addresses',
  severity: 'error',
  title: 'After a stage of a runbook the pods of a node get no addresses',
};

export const REHEARSAL_POD: Rule = {
  code: 'NL853',
  slug: 'rehearsal-pods-cut-off',
  severity: 'error',
  title: 'After a stage of a runbook pods do not reach each other',
};

export const REHEARSAL_DISRUPTION: Rule = {
  code: 'NL854',
  slug: 'rehearsal-disruption-unsaid',
  severity: 'error',
  title: 'A stage of a runbook interrupts more than it says',
};

export const REHEARSAL_CHECK: Rule = {
  code: 'NL855',
  slug: 'rehearsal-check-cannot-tell',
  severity: 'error',
  title: 'A check of a runbook passes without a look, or fails on a healthy cluster',
};

export const REHEARSAL_ORDER: Rule = {
  code: 'NL856',
  slug: 'rehearsal-look-missing',
  severity: 'error',
  title: 'A step of a runbook is not safe before something was looked for',
};

export const REHEARSAL_COMMAND: Rule = {
  code: 'NL857',
  slug: 'rehearsal-command-cannot-run',
  severity: 'error',
  title: 'A command of a runbook cannot be run on the cluster that it is for',
};

export const REHEARSAL_ROLLBACK: Rule = {
  code: 'NL858',
  slug: 'rehearsal-rollback-fails',
  severity: 'error',
  title: 'The way back of a stage of a runbook does not lead back',
};

export const REHEARSAL_UNKNOWN: Rule = {
  code: 'NL859',
  slug: 'rehearsal-command-unknown',
  severity: 'warning',
  title: 'Nobody knows what a command of a runbook does',
};

export const REHEARSAL_RULES: readonly Rule[] = [
  REHEARSAL_CONTROL_PLANE,
  REHEARSAL_UPGRADE,
  REHEARSAL_NODE,
  REHEARSAL_POD,
  REHEARSAL_DISRUPTION,
  REHEARSAL_CHECK,
  REHEARSAL_ORDER,
  REHEARSAL_COMMAND,
  REHEARSAL_ROLLBACK,
  REHEARSAL_UNKNOWN,
];
