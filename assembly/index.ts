// The WebAssembly kernel: bytes in, numbers out. No strings, no managed objects.
export { crc32 } from './crc32';
