export { diagnose } from './diagnose';
export { DOCTOR_RULES } from './doctor-rules';
export { type Look, overview } from './overview';
export { type Asking, type Link, serviceChain } from './service-chain';
