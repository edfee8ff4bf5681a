import { member, text } from '../model/json';

/** Marks of Go templates (Helm), Jinja, ERB, and Terraform and k3s. */
const TEMPLATE_MARK = /\{\{|\}\}|\{%|%\}|<%|%>|%\{/;

export const UNRENDERED_TEMPLATE = 'a template that is not rendered: render it first, for example with helm template';

/** Whether a parser may have given up because of a template: its marks stand on the line of the problem, or on the last one before it that is not blank. */
export function breaksOnTemplate(document: string, offset: number): boolean {
  // Braces that close are those of JSON too.
  if (!ANY_OPENING_MARK.test(document)) return false;
  const lineEnd = /[\r\n]|$/.exec(document.slice(offset));
  const upToLine = document.slice(0, offset + (lineEnd?.index ?? 0));
  return upToLine
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(-2)
    .some((line) => TEMPLATE_MARK.test(line));
}

const ANY_OPENING_MARK = /\{\{|\{%|<%|%\{/;
const OPENING_MARK = /\{\{|\{%|<%/;

/** Whether any object of the text may be a template although it can be read. */
export function mayHaveTemplates(text: string): boolean {
  return OPENING_MARK.test(text);
}

/** Whether an object is a template although it can be read: its name is one, in quotes. */
export function isTemplate(manifest: unknown): boolean {
  const metadata = member(manifest, 'metadata');
  return [
    member(manifest, 'apiVersion'),
    member(manifest, 'kind'),
    member(metadata, 'name'),
    member(metadata, 'namespace'),
  ].some((value) => OPENING_MARK.test(text(value) ?? ''));
}
