import { COMPARISON_RULES } from '../check/between/rules';
import { CONFIG_RULES } from '../config/rules';
import { OBJECT_RULES } from '../constructs/objects/object-rules';
import { CHANGE_RULES } from '../diff';
import { DOCTOR_RULES } from '../doctor';
import { compareText, type Rule } from '../finding/finding';
import { LIVE_RULES } from '../live/rules';
import { MANIFEST_RULES } from '../manifests/rules';
import { MIGRATION_RULES } from '../migration';
import { PLAN_RULES } from '../plan';
import { EXPECTATION_RULES } from '../reach';
import { NETWORK_RULES } from '../rules';
import { SUPPRESSION_RULES } from '../suppression/rules';
import { SYNTH_RULES } from '../synth/rules';

/** Every rule of Netloom, by code. */
export const ALL_RULES: readonly Rule[] = [
  ...PLAN_RULES,
  ...NETWORK_RULES,
  ...CHANGE_RULES,
  ...EXPECTATION_RULES,
  ...OBJECT_RULES,
  ...MANIFEST_RULES,
  ...LIVE_RULES,
  ...DOCTOR_RULES,
  ...MIGRATION_RULES,
  ...SYNTH_RULES,
  ...SUPPRESSION_RULES,
  ...CONFIG_RULES,
  ...COMPARISON_RULES,
].sort((a, b) => compareText(a.code, b.code));
