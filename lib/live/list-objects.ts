import { list, member, nonEmpty, record } from '../model/json';
import { type Asked, ask, type Sleep } from './ask';
import type { Get } from './api-server';

/** As `kubectl` asks: a page that the server holds in memory with ease. */
const PAGE = 500;

/** All objects of a list, page by page, or why there are none. */
export type Listed = { readonly objects: readonly unknown[] } | Exclude<Asked, { value: unknown }>;

/**
 * Reads a list to its end. The server may forget a list before its last page is asked for; it is then read once more as a whole.
 * (Kubernetes API concepts, "Retrieving large results sets in chunks": 410 ResourceExpired.)
 */
export async function listObjects(get: Get, path: string, sleep: Sleep): Promise<Listed> {
  const objects: unknown[] = [];
  let next: string | undefined;
  do {
    const asked = await ask(get, withQuery(path, { limit: String(PAGE), continue: next }), sleep);
    if ('refused' in asked) {
      if (asked.refused !== 'expired' || next === undefined) return asked;
      const whole = await ask(get, path, sleep);
      return 'refused' in whole ? whole : pageOf(whole.value);
    }
    const page = pageOf(asked.value);
    if ('refused' in page) return page;
    for (const object of page.objects) objects.push(object);
    next = nonEmpty(member(member(asked.value, 'metadata'), 'continue'));
  } while (next !== undefined);
  return { objects };
}

function pageOf(value: unknown): Listed {
  const items = member(value, 'items');
  // An empty list is null in some versions of API servers of extensions.
  if (items !== null && !Array.isArray(items))
    return { refused: 'failure', because: 'the answer is no list of objects' };
  return { objects: list(items).filter((item) => record(item) !== undefined) };
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return `${path}${path.includes('?') ? '&' : '?'}${given.join('&')}`;
}
