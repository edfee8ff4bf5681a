/** More than any rule has to say about values of a usual length. */
const LONGEST = 1000;
const BEGIN = 300;
const END = 150;

/** A text in which users may have written anything, such as a dashboard as a label: of a long one only what stands around it. */
export function brief(text: string): string {
  if (text.length <= LONGEST) return text;
  const begin = text.slice(0, BEGIN).replace(/[\ud800-\udbff]$/, '');
  const end = text.slice(-END).replace(/^[\udc00-\udfff]/, '');
  return `${begin}… (${text.length - begin.length - end.length} characters) …${end}`;
}
