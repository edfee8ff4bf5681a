import { customResourceDefinitions } from './custom-resources';
import { judgesProgram, RELEASES, type Release, testbedProgram } from './program';

/** Once before all tests, so that none of them waits for a build or a download. */
export default function buildPrograms(): void {
  for (const release of Object.keys(RELEASES) as Release[]) testbedProgram(release);
  judgesProgram();
  customResourceDefinitions();
}
