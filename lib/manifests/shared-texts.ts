/** The same text as before, as the same string. */
export type SharedTexts = (text: string) => string;

/** Longer texts are images and addresses of the web, which hardly come twice. */
const LONGEST = 32;

/** Names that come once must not crowd out those that come again. */
const MOST = 20_000;

/**
 * Manifests say the same names, kinds and words over and over. One string for each takes less room, and is compared and looked up by what
 * it is, not letter by letter.
 */
export function sharedTexts(): SharedTexts {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST) return text;
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size === MOST) known.clear();
    known.set(text, text);
    return text;
  };
}
