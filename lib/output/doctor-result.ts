import type { Link, Look } from '../doctor';
import type { CheckResult } from './check-result';

/** What every format of a diagnosis is printed from. */
export interface DoctorResult extends CheckResult {
  readonly looks: readonly Look[];
}

/** The way to one Service. */
export interface ServiceDiagnosis {
  /** `shop/web`. */
  readonly service: string;
  readonly links: readonly Link[];
}
