import { PLAN_RULES } from '../../lib/plan';

test('codes are sorted and used once, slugs too', () => {
  const codes = PLAN_RULES.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  expect(new Set(PLAN_RULES.map(({ slug }) => slug)).size).toBe(codes.length);
  for (const { code, slug } of PLAN_RULES) {
    expect(code).toMatch(/^NL[19]\d\d$/);
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
});
