import fc from 'fast-check';
import { chartWith, RANDOM_CONSTRUCTS } from './random-props';
import { analysisOf, judgements } from './same-judgement';

describe.each(RANDOM_CONSTRUCTS)('%s of any props', (_, add) => {
  test('is judged by a synth as by a check of its YAML', () => {
    fc.assert(
      fc.property(add, (build) => {
        const { synth, check } = judgements(chartWith(build));
        expect(synth).toEqual(check);
      }),
      { numRuns: 60 },
    );
  });

  test('is told its faults in words of props, at the line of its author', () => {
    fc.assert(
      fc.property(add, (build) => {
        const said = analysisOf(chartWith(build)).findings.filter(({ object }) => object !== null);
        expect(
          said
            .flatMap(({ message, help }) => [message, help])
            .filter((text) => /\bspec\.(?!loadBalancerIP)/.test(text)),
        ).toEqual([]);
        expect(said.flatMap(({ origin }) => origin?.file ?? 'nowhere')).toEqual(
          said.map(() => expect.stringMatching(/random-props\.ts$/) as string),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('is judged, whatever the props', () => {
    const codes = new Set<string>();
    for (const build of fc.sample(add, { numRuns: 100, seed: 1 })) {
      for (const { code } of analysisOf(chartWith(build)).findings) codes.add(code);
    }
    expect(codes.size).toBeGreaterThan(1);
  });
});
