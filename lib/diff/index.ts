export { asWritten } from './as-written';
export type { AddressChange, AddressState } from './address-changes';
export type { ChangeRule } from './change-rule';
export type { ConnectionChange } from './connection-changes';
export { diffModels, type ModelDiff } from './diff';
export type { ExposureChange, ExposureState } from './exposure-changes';
export type { FieldChange, FieldState, ObjectChange } from './object-changes';
export { CHANGE_RULES } from './change-rules';
export type { PolicyCause } from './policy-causes';
