/**
 * What the commands of test jobs print: ten kinds of output, line by line. Each function gives one line
 * without its line terminator; `n` counts the lines of the job.
 */
import { DRIVERS, FUNCTIONS, LIBRARIES, PROPERTIES, VENDORS, WORDS } from './words.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {(random: Random, n: number) => string} Program */

/** @param {Random} random */
const address = (random) =>
  `0000:0${random.below(4)}:${random.pick(['00', '02', '14', '1c', '1f'])}.${random.below(8)}`;

/** Words up to about `width` columns. @param {Random} random */
export function phrase(random, width) {
  let text = random.pickEarly(WORDS);
  while (text.length < width - 6) text += ` ${random.pickEarly(WORDS)}`;
  return text;
}

/** @type {Program} */
function kernelLog(random, n) {
  const time = `[${(12 + n * 0.0371 + random.below(30) / 1000).toFixed(6).padStart(12)}]`;
  switch (random.below(6)) {
    case 0:
      return `${time} ${random.pickEarly(DRIVERS)} ${address(random)}: ${phrase(random, 10)}`;
    case 1:
      return `${time} usb ${random.below(4)}-${random.below(8)}: New USB device found, idVendor=${random.hex(4)}`;
    case 2:
      return `${time} pci ${address(random)}: BAR ${random.below(6)}: assigned [mem 0x${random.hex(5)}000]`;
    case 3:
      return `${time} ACPI: ${random.pickEarly(DRIVERS)}: ${phrase(random, 12)}`;
    default:
      return `${time} ${random.pickEarly(DRIVERS)}: ${phrase(random, 15)}`;
  }
}

/** @type {Program} */
function deviceDump(random, n) {
  if (n % 14 === 0) return '';
  if (n % 14 === 1)
    return `P: /devices/pci0000:00/${address(random)}/usb${random.below(4)}/${random.below(4)}-${random.below(8)}`;
  const name = random.pickEarly(PROPERTIES);
  if (random.chance(0.3)) return `E: ${name}=${random.hex(4)}`;
  if (random.chance(0.3)) return `E: ${name}=pci-${address(random)}-usb-0:${random.below(8)}`;
  return `E: ${name}=${random.pickEarly(DRIVERS)}_${random.pickEarly(WORDS)}`;
}

/** @type {Program} */
function firmwareTables(random, n) {
  if (n % 11 === 0)
    return `Handle 0x${random.hex(4).toUpperCase()}, DMI type ${random.below(43)}, ${random.between(8, 90)} bytes`;
  const name = `${random.pickEarly(WORDS)} ${random.pickEarly(WORDS)}`;
  if (random.chance(0.4)) return `\t${name}: ${random.pick(VENDORS)}`;
  if (random.chance(0.4)) return `\t${name}: Not Specified`;
  return `\t\t${phrase(random, 15)} is supported`;
}

/** @type {Program} */
function manual(random, n) {
  if (n % 9 === 0) return '';
  if (n % 9 === 1)
    return `       --${random.pickEarly(WORDS)}-${random.pickEarly(WORDS)}=<${random.pickEarly(WORDS)}>`;
  return `       ${phrase(random, 36)}`;
}

/** @type {Program} */
function compiler(random, n) {
  const file = `${random.pickEarly(FUNCTIONS)}.c`;
  switch (random.below(5)) {
    case 0:
      return `src/${file}:${random.between(10, 900)}:${random.between(1, 60)}: warning: unused ‘${random.pickEarly(WORDS)}’`;
    case 1:
      return `  CC      drivers/${random.pickEarly(WORDS)}/${file.replace(/c$/, 'o')}`;
    default:
      return `[${String(Math.min(100, n >> 2)).padStart(3)}%] Building C object src/${file}.o`;
  }
}

/** @type {Program} */
function systemCalls(random) {
  switch (random.below(5)) {
    case 0:
      return `openat(AT_FDCWD, "/usr/lib/${random.pickEarly(LIBRARIES)}", O_RDONLY|O_CLOEXEC) = 3`;
    case 1:
      return `mmap(NULL, ${random.between(1, 400) * 4096}, PROT_READ, 2, 3, 0) = 0x7f${random.hex(7)}000`;
    case 2:
      return `read(${random.between(3, 9)}, "", ${random.pick([512, 1024, 4096, 65536])}) = ${random.below(4096)}`;
    default:
      return `${random.pickEarly(FUNCTIONS)}(${random.between(3, 9)}) = 0`;
  }
}

/** @type {Program} */
function symbols(random, n) {
  const kind = random.pick(['FUNC   GLOBAL', 'OBJECT GLOBAL', 'FUNC   LOCAL ']);
  const value = (0x1000 + n * 48 + random.below(4) * 8).toString(16).padStart(16, '0');
  return `${String(n).padStart(6)}: ${value} ${String(random.between(1, 60) * 8).padStart(5)} ${kind}   14 ${random.pickEarly(FUNCTIONS)}`;
}

/** @type {Program} */
function throughput(random, n) {
  const rate = random.between(910, 942);
  return `[  5] ${n.toFixed(2).padStart(6)}-${(n + 1).toFixed(2)} sec ${(rate / 8.39).toFixed(0)} MBytes ${rate} Mbits/sec  0  ${random.between(280, 420)}`;
}

/** @type {Program} */
function diskBenchmark(random, n) {
  if (n % 5 !== 0)
    return `  lat (usec): min=${random.between(2, 9)}, max=${random.between(900, 4000)}, avg=${random.between(20, 90)}`;
  return `randread: (groupid=0, jobs=1): err= 0: pid=${random.between(1000, 9999)}`;
}

/** @type {Program} */
function stress(random, n) {
  const clock = `${String(10 + (n >> 10)).padStart(2, '0')}:${String((n >> 4) & 31).padStart(2, '0')}`;
  return `stress-ng: ${clock} debug: [${random.between(2000, 2015)}] ${random.pickEarly(WORDS)}: ${random.pickEarly(WORDS)}`;
}

/** @type {readonly Program[]} */
export const PROGRAMS = [
  kernelLog,
  deviceDump,
  firmwareTables,
  manual,
  compiler,
  systemCalls,
  symbols,
  throughput,
  diskBenchmark,
  stress,
];
