/** Everything that the tests ask of a session, from the entry points that run anywhere. */

import { MemoryFiles, open, peek, resume } from 'plainbox-session';
import { SessionResumeHelper } from 'plainbox-session/plainbox';
import { reportText, SessionReport } from 'plainbox-session/report';
import { loadUnits } from 'plainbox-session/units';

const UNIT_FILES = ['laptop.pxu', 'plan.pxu'];
/** The log that resuming reads: the output of a resource job. */
const RESOURCE_LOG = 'io-logs/com.example.laptop__disk.record.gz';

/** Reads the sample session and what belongs to it. @param read gives the bytes of an example by its path */
export async function sampleFrom(read) {
  const texts = await Promise.all(UNIT_FILES.map((name) => read(`units/${name}`)));
  const units = UNIT_FILES.map((name, index) => ({
    name,
    text: new TextDecoder().decode(texts[index]),
    namespace: 'com.example.laptop',
  }));
  return {
    bytes: await read('laptop-quick.session/session'),
    files: new MemoryFiles([[RESOURCE_LOG, await read('resource-log')]]),
    units: loadUnits(units).units,
  };
}

export async function factsOf({ bytes, files, units }, kernel) {
  const metadata = await peek(bytes, { kernel });
  const session = await open(bytes, { kernel });
  const state = await resume(bytes, { units, files, kernel });
  const helper = new SessionResumeHelper(units, null, null, files);
  const report = await SessionReport.of({ session, units, files });
  return {
    kernel: session.kernel,
    title: metadata.title,
    runningJob: metadata.runningJobName,
    problems: session.problems.length,
    runList: state.runList.map((job) => job.id),
    runListOfHelper: helper.resume(bytes).runList.length,
    jobs: report.jobs.length,
    titleOfReport: JSON.parse(await reportText(report, 'json')).title,
  };
}
