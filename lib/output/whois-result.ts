import type { Finding } from '../finding/finding';
import type { Answer } from '../questions';

/** What every format of an answer is printed from. */
export interface WhoisResult {
  readonly answer: Answer;
  /** What reading found; sorted. */
  readonly findings: readonly Finding[];
}
