import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Which files of a folder each of them imports, types included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Of all TypeScript files below the folder, by their paths from the root. */
export function importGraph(root: string, folder: string): ImportGraph {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const named = (file: string): string => relative(root, file).split(sep).join('/');
  return new Map(files.sort().map((file) => [named(file), importsOf(file).map(named)]));
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.') && !fileName.endsWith('.json'))
    .map(({ fileName }) => {
      const path = resolve(dirname(file), fileName.replace(/\.js$/, ''));
      const found = [`${path}.ts`, join(path, 'index.ts')].find((candidate) => existsSync(candidate));
      if (found === undefined) throw new Error(`${file} imports ${fileName}, which is not there`);
      return found;
    });
}

/** Groups of files that import one another in circles, each once (Tarjan, Depth-first search and linear graph algorithms, 1972). */
export function importCycles(graph: ImportGraph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let low = own;
    for (const imported of graph.get(file) ?? []) {
      const known = order.get(imported);
      if (known === undefined) low = Math.min(low, visit(imported));
      else if (open.includes(imported)) low = Math.min(low, known);
    }
    if (low === own) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1 || graph.get(file)?.includes(file)) cycles.push(group.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
