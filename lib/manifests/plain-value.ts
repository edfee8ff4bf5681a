import { type Event, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { ambiguityOf, isDecimal, isSurelyText, plainScalar, type Scalar } from './plain-scalar';
import { NOWHERE, type PlainPlaces } from './plain-places';
import type { SharedTexts } from './shared-texts';
import { belongsInto, type TextMap, textMapUnder } from './text-maps';
import { startOfScalar } from './yaml-nodes';

/** A map or list whose end is not reached yet. */
interface Frame {
  readonly container: unknown[] | Record<string, unknown>;
  /** The key under which it stands. */
  readonly name: string | undefined;
  readonly textMap: TextMap | undefined;
  /** The key whose value comes next, and where it stands. */
  key: string | undefined;
  keyStart: number;
  /** The key whose value came last. */
  last: string | undefined;
}

/**
 * The value of a document as nearly all are written: maps, lists and scalars that every reader understands in the same way. One pass over
 * the events of the parser, and one number for each place: this is the way that nearly every byte of input takes.
 *
 * Undefined if there is something in it that has to be looked at with care: an alias, a tag, a key twice, a scalar with two meanings. That
 * is left to {@link carefulDocument}, which gives the same values, more slowly.
 */
export function plainValue(
  text: string,
  events: readonly Event[],
  { start, offsets }: PlainPlaces,
  shared: SharedTexts,
): unknown {
  const document: unknown[] = [];
  const outer: Frame[] = [];
  let frame: Frame = {
    container: document,
    name: undefined,
    textMap: undefined,
    key: undefined,
    keyStart: NOWHERE,
    last: undefined,
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const isKey = frame.key === undefined && !Array.isArray(frame.container);
        const value = isKey ? keyText(text, event, shared) : scalarValue(text, event, shared);
        if (value === undefined) return undefined;
        const place = startOfScalar(text, event);
        if (isKey) {
          frame.key = String(value);
          frame.keyStart = place;
          break;
        }
        const shown = place === NOWHERE && frame.key !== undefined ? frame.keyStart : place;
        offsets.push(shown === NOWHERE ? NOWHERE : start + shown);
        if (!add(frame, value)) return undefined;
        break;
      }
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        if (event.tagStart >= 0 || event.anchorStart >= 0) return undefined;
        const isMapping = event.type === EVENT_ID.MAPPING;
        const container = isMapping ? {} : [];
        const name = frame.key;
        offsets.push(start + (name === undefined ? event.start : frame.keyStart));
        if (!add(frame, container)) return undefined;
        outer.push(frame);
        const textMap = isMapping && name !== undefined ? textMapUnder(name, frame.name) : undefined;
        frame = { container, name, textMap, key: undefined, keyStart: NOWHERE, last: undefined };
        break;
      }
      case EVENT_ID.POP: {
        const parent = outer.pop();
        // The end of the document.
        if (parent === undefined) break;
        if (Array.isArray(frame.container)) replaceLast(parent, frame.container.slice());
        frame = parent;
        break;
      }
      case EVENT_ID.DOCUMENT:
        break;
      case EVENT_ID.ALIAS:
        return undefined;
    }
  }
  return document[0];
}

/** False if there is something unusual about it. */
function add(frame: Frame, value: unknown): boolean {
  const { container, key } = frame;
  if (Array.isArray(container)) {
    container.push(value);
    return true;
  }
  // What is there already has been written twice, or comes from the prototype: `constructor`, `__proto__`.
  if (key === undefined || container[key] !== undefined) return false;
  container[key] = value;
  frame.last = key;
  frame.key = undefined;
  return frame.textMap === undefined || belongsInto(frame.textMap, key, value);
}

/** The list that came last without the room for more that it grew with. */
function replaceLast({ container, last }: Frame, value: unknown): void {
  if (Array.isArray(container)) container[container.length - 1] = value;
  else if (last !== undefined) container[last] = value;
}

/** Undefined for a scalar that has to be looked at with care. */
function scalarValue(text: string, event: ScalarEvent, shared: SharedTexts): Scalar | undefined {
  if (event.tagStart >= 0 || event.anchorStart >= 0) return undefined;
  const source = getScalarValue(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN || isSurelyText(source)) return shared(source);
  if (isDecimal(source)) return Number(source);
  if (ambiguityOf(source) !== undefined) return undefined;
  const value = plainScalar(source);
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}

function keyText(text: string, event: ScalarEvent, shared: SharedTexts): string | undefined {
  const value = scalarValue(text, event, shared);
  if (typeof value === 'number') return Number.isInteger(value) && isDecimal(String(value)) ? String(value) : undefined;
  return typeof value === 'string' && !(value === '<<' && event.style === SCALAR_STYLE.PLAIN) ? value : undefined;
}
