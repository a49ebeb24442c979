// Copying matches of deflate.

/** Copies a match with wide stores that may pass its end by up to 63 bytes. */
@inline
export function copyMatch(to: usize, source: usize, distance: usize, length: usize): void {
  if (ASC_FEATURE_SIMD) {
    if (distance >= 16) {
      v128.store(to, v128.load(source));
      v128.store(to, v128.load(source, 16), 16);
      v128.store(to, v128.load(source, 32), 32);
      for (let done: usize = 48; done < length; done += 64) {
        v128.store(to + done, v128.load(source + done));
        v128.store(to + done, v128.load(source + done, 16), 16);
        v128.store(to + done, v128.load(source + done, 32), 32);
        v128.store(to + done, v128.load(source + done, 48), 48);
      }
      return;
    }
  } else if (distance >= 8) {
    for (let done: usize = 0; done < length; done += 8) store<u64>(to + done, load<u64>(source + done));
    return;
  }
  copyPattern(to, distance, length);
}

/** A match that overlaps itself closely: its first bytes one by one, then whole periods of them. */
function copyPattern(to: usize, distance: usize, length: usize): void {
  const width: usize = ASC_FEATURE_SIMD ? 16 : 8;
  for (let i: usize = 0; i < width; i++) store<u8>(to + i, load<u8>(to + i - distance));
  const period = width - (width % distance);
  if (ASC_FEATURE_SIMD) {
    const pattern = v128.load(to);
    for (let done = period; done < length; done += period) v128.store(to + done, pattern);
  } else {
    const pattern = load<u64>(to);
    for (let done = period; done < length; done += period) store<u64>(to + done, pattern);
  }
}
