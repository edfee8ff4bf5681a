export { diagnose } from './diagnose';
export { DOCTOR_RULES } from './doctor-rules';
export { nodeDiagnosis, type ObjectDiagnosis, podDiagnosis } from './one-object';
export { type Look, overview } from './overview';
export { runningPods } from './running-pods';
export { type Asking, type Link, serviceChain } from './service-chain';
