/** Terminals that say who they are, and show links of OSC 8 or ignore them without a trace. */
const PROGRAMS: ReadonlySet<string> = new Set(['Hyper', 'iTerm.app', 'WezTerm', 'ghostty', 'rio', 'vscode', 'zed']);
const TERMINALS: ReadonlySet<string> = new Set(['alacritty', 'foot', 'xterm-ghostty', 'xterm-kitty']);
/** VTE writes links as they are before 0.50. */
const VTE_WITH_LINKS = 5000;

/** Whether a terminal shows links. `FORCE_HYPERLINK` says so, or not, where nobody can know. */
export function supportsLinks({ isTTY }: { readonly isTTY?: boolean }): boolean {
  const { FORCE_HYPERLINK, TERM, TERM_PROGRAM, VTE_VERSION, WT_SESSION } = process.env;
  if (FORCE_HYPERLINK !== undefined && FORCE_HYPERLINK !== '') return FORCE_HYPERLINK !== '0';
  if (isTTY !== true || TERM === 'dumb') return false;
  return (
    (WT_SESSION ?? '') !== '' ||
    Number(VTE_VERSION) >= VTE_WITH_LINKS ||
    PROGRAMS.has(TERM_PROGRAM ?? '') ||
    TERMINALS.has(TERM ?? '')
  );
}

/** OSC 8. The address is one of ours: nothing from outside is in it. */
export function terminalLink(text: string, url: string): string {
  return `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
