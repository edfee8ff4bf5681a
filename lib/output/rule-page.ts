/** Where the page of a rule is. Codes are never reused, so that the newest page is right for every version. */
export function rulePage(code: string): string {
  return `https://github.com/netloom/netloom/blob/main/docs/rules/${code}.md`;
}
