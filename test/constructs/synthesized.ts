import { ApiObject, Chart, Testing } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { OBJECT_RULES } from '../../lib/constructs/objects/object-rules';
import { NETWORK_RULES } from '../../lib/rules';
import { expectSameJudgement } from './same-judgement';

/** A chart in the namespace `shop` of an app without cluster. */
export function shopChart(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop' });
}

export function manifestOf(construct: IConstruct): unknown {
  return ApiObject.of(construct).toJson();
}

/** The spec alone, for tests that vary one field. */
export function specOf(construct: IConstruct): unknown {
  return (manifestOf(construct) as { spec: unknown }).spec;
}

/** `CODE message` of every error and warning that a synth of the app would show, errors first, without the rules that compare objects. */
export function problemsOf(scope: IConstruct): string[] {
  const shown = [...synthOutput(scope).matchAll(/(?:error|warning) (NL\d+) [a-z-]+: (.*)/g)];
  return shown.flatMap(([, code = '', message = '']) => (OBJECT_CODES.has(code) ? [`${code} ${message}`] : []));
}

/** Beside those that look at one object alone as the API server does: NL241 compares it with the ranges of its cluster, the others are about what it takes. */
const OBJECT_CODES = new Set([
  ...OBJECT_RULES.map(({ code }) => code),
  ...NETWORK_RULES.filter(({ layer }) => layer === 'object').map(({ code }) => code),
  'NL241',
  'NL417',
  'NL631',
  'NL680',
]);

/** What a synth of the app tells its user: the error, and what is printed. A check of its manifests says the same. */
export function synthOutput(scope: IConstruct): string {
  const printed: string[] = [];
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    Testing.synth(Chart.of(scope));
  } catch (error) {
    printed.unshift(String(error));
  } finally {
    stderr.mockRestore();
  }
  expectSameJudgement(scope);
  return printed.join('\n');
}
