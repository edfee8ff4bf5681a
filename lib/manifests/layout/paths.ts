/** A path, and every folder that it is in. */
export function selfAndFolders(path: string): readonly string[] {
  const places = ['.'];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) places.push(path.slice(0, end));
  return places;
}

/** Those of sorted paths that are in a folder, or in a folder of it. */
export function pathsBelow(sorted: readonly string[], folder: string): readonly string[] {
  if (folder === '.') return sorted.filter((path) => path !== '.');
  // What follows a slash in the order of characters.
  return sorted.slice(firstFrom(sorted, `${folder}/`), firstFrom(sorted, `${folder}0`));
}

function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
