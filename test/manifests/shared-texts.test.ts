import { sharedTexts } from '../../lib/manifests/shared-texts';

test('a text is handed on as it is: short, long, and when more came than are remembered', () => {
  const shared = sharedTexts();
  const texts = [
    '',
    'web',
    'x'.repeat(33),
    '__proto__',
    ...Array.from({ length: 20_001 }, (_, index) => `app-${index}`),
  ];
  for (const text of [...texts, ...texts]) expect(shared(text)).toBe(text);
});
