/** Uses the types of the entry points that need Node; it is compiled, not run. */

import { open, resume } from 'plainbox-session';
import { loadUnitFiles, openSessionPath } from 'plainbox-session/node';

export async function leftToRun(path: string, unitFile: string): Promise<number> {
  const { session, files, location } = await openSessionPath(path);
  const { units } = await loadUnitFiles([{ path: unitFile, namespace: 'com.example.laptop' }]);
  const state = await resume(session, { units, files, location });
  return state.runList.length - (await open(session)).results.size;
}
