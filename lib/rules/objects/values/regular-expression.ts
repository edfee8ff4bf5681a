import { textThat } from '../../value-form';

/** What Go and JavaScript both read; of the rest nothing is said. */
export const REGULAR_EXPRESSION = textThat((value) => {
  try {
    new RegExp(value);
    return true;
  } catch {
    return value.includes('(?');
  }
}, 'a regular expression');
