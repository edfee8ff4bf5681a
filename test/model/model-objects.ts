import { parse } from 'yaml';
import { modelObject, type ModelObject } from '../../lib/model';

/** The object of a YAML manifest, whose places are told as the path of the field. */
export function objectOf(yaml: string): ModelObject {
  const object = modelObject({
    manifest: parse(yaml) as unknown,
    locate: (path) => ({ file: null, line: null, column: null, construct: path.join('.') }),
  });
  if (object === undefined) throw new Error(`not an object: ${yaml}`);
  return object;
}
