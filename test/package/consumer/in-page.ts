/** Uses the types of every entry point that runs anywhere, as a page would; it is compiled, not run. */

import {
  type CommonOptions,
  CorruptedSessionError,
  type DormantSession,
  type JobResult,
  open,
  peek,
  resume,
  type SessionState,
  setKernel,
} from 'plainbox-session';
import { openInWorker, type WorkerSession } from 'plainbox-session/browser';
import { SessionPeekHelper7 } from 'plainbox-session/plainbox';
import { REPORT_FORMATS, type ReportFormat, SessionReport, writeReport } from 'plainbox-session/report';
import { type Job, loadUnits, type UnitText } from 'plainbox-session/units';

const options: CommonOptions = { kernel: 'auto', limits: { textBytes: 1 << 30 } };

export async function failedJobs(file: File): Promise<readonly string[]> {
  const session: DormantSession = await open(file, options);
  const failed: string[] = [];
  for (const [id, history] of session.results) {
    const last: JobResult | undefined = history.at(-1);
    if (last?.outcome === 'fail') failed.push(id);
  }
  return failed;
}

export async function leftToRun(file: File, texts: readonly UnitText[]): Promise<readonly string[]> {
  try {
    const state: SessionState = await resume(file, { units: loadUnits(texts).units, location: null });
    return state.runList.map((job: Job) => job.id ?? '');
  } catch (error) {
    if (error instanceof CorruptedSessionError) return [`${error.code} at ${error.path}: ${error.message}`];
    throw error;
  }
}

export async function* report(session: DormantSession, format: ReportFormat): AsyncGenerator<Uint8Array> {
  if (!REPORT_FORMATS.includes(format)) throw new RangeError(format);
  const encoder = new TextEncoder();
  for await (const text of writeReport(await SessionReport.of({ session }), format))
    yield encoder.encode(text);
}

export async function titleInWorker(file: File, signal: AbortSignal): Promise<string | null> {
  await setKernel(fetch('kernel-simd.wasm'));
  const remote: WorkerSession = await openInWorker(file, { signal });
  const { title } = await remote.overview();
  const same: string | null = (await peek(file)).title;
  return title ?? same ?? String(SessionPeekHelper7);
}
