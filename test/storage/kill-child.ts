/** A process that saves one checkpoint and kills itself at a given step: LOCATION TEXT COPIES STEP. */

import { type FileSystem, nodeFileSystem, type OpenFile } from '../../src/storage/file-system.js';
import { saveCheckpoint } from '../../src/storage/save-checkpoint.js';
import { overlay } from './faults.js';

const [location, text, copies, fatalStep] = process.argv.slice(2) as [string, string, string, string];
let steps = 0;

function step(): void {
  if (steps++ !== Number(fatalStep)) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal need not arrive at once.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Every operation is a step; a write is three, as the system may have taken a part of it. */
function stepping(real: OpenFile): OpenFile {
  const write = async (data: Uint8Array) => {
    step();
    const half = data.length >> 1;
    await real.write(data.subarray(0, half));
    step();
    await real.write(data.subarray(half));
    step();
    return { bytesWritten: data.length, buffer: data };
  };
  return overlay(real, {
    write: write as OpenFile['write'],
    async sync() {
      step();
      await real.sync();
      step();
    },
    async close() {
      step();
      await real.close();
    },
  });
}

const system: FileSystem = {
  ...nodeFileSystem,
  async open(path, flags, mode) {
    step();
    return stepping(await nodeFileSystem.open(path, flags, mode));
  },
  async rename(from, to) {
    step();
    await nodeFileSystem.rename(from, to);
    step();
  },
};

await saveCheckpoint(location, Buffer.from(text.repeat(Number(copies))), system);
