// Unpacks the program: the LZMA decoder of the format's specification (LZMA SDK, public domain), for the .lzma container
// with a known size. It stands in the page itself (xtask puts it there) and makes the first load a sixth smaller.
const unpack = (packed) => {
  const literalContext = packed[0] % 9;
  const literalPlaces = Math.floor(packed[0] / 9) % 5;
  const places = Math.floor(packed[0] / 45);
  const out = new Uint8Array(new DataView(packed.buffer, packed.byteOffset).getUint32(5, true));

  // The range decoder. Numbers stay below 2^32, where floating point is exact.
  let next = 14, range = 2 ** 32 - 1, code = 0;
  for (let i = 0; i < 4; i++) code = code * 256 + packed[next++];
  const normalize = () => {
    if (range < 2 ** 24) {
      range *= 256;
      code = code * 256 + packed[next++];
    }
  };
  // Chances of a 0, in 2048ths. Where each table begins:
  const MATCH = 0, REP = 192, REP_0 = 204, REP_1 = 216, REP_2 = 228, REP_0_LONG = 240;
  const SLOT = 432, SPECIAL = 688, ALIGN = 803, LENGTH = 819, REP_LENGTH = 1333, LITERAL = 1847;
  const chances = new Uint16Array(LITERAL + (0x300 << (literalContext + literalPlaces))).fill(1024);
  const bit = (at) => {
    const chance = chances[at], bound = (range >>> 11) * chance;
    const one = code >= bound;
    if (one) {
      range -= bound;
      code -= bound;
      chances[at] -= chance >> 5;
    } else {
      range = bound;
      chances[at] += (2048 - chance) >> 5;
    }
    normalize();
    return +one;
  };
  const tree = (at, bits) => {
    let node = 1;
    for (let i = 0; i < bits; i++) node = node * 2 + bit(at + node);
    return node - (1 << bits);
  };
  const reversed = (at, bits) => {
    let node = 1, value = 0;
    for (let i = 0; i < bits; i++) {
      const one = bit(at + node);
      node = node * 2 + one;
      value |= one << i;
    }
    return value;
  };
  const direct = (bits) => {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      range = Math.floor(range / 2);
      const one = code >= range;
      if (one) code -= range;
      value = value * 2 + one;
      normalize();
    }
    return value;
  };
  const length = (at, place) => {
    if (!bit(at)) return tree(at + 2 + place * 8, 3);
    if (!bit(at + 1)) return 8 + tree(at + 130 + place * 8, 3);
    return 16 + tree(at + 258, 8);
  };
  const distance = (length) => {
    const slot = tree(SLOT + Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1, high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + reversed(SPECIAL + high - slot, bits);
    return high + direct(bits - 4) * 16 + reversed(ALIGN, 4);
  };

  let at = 0, state = 0, rep0 = 0, rep1 = 0, rep2 = 0, rep3 = 0;
  const literal = () => {
    const before = at ? out[at - 1] : 0;
    const place = ((at & ((1 << literalPlaces) - 1)) << literalContext) + (before >> (8 - literalContext));
    const table = LITERAL + 0x300 * place;
    let symbol = 1;
    if (state >= 7) {
      for (let match = out[at - rep0 - 1]; symbol < 0x100; match <<= 1) {
        const expected = (match >> 7) & 1, one = bit(table + ((1 + expected) << 8) + symbol);
        symbol = symbol * 2 + one;
        if (one !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = symbol * 2 + bit(table + symbol);
    out[at++] = symbol;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  while (at < out.length) {
    const place = at & ((1 << places) - 1);
    if (!bit(MATCH + state * 16 + place)) {
      literal();
      continue;
    }
    let count;
    if (!bit(REP + state)) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      count = length(LENGTH, place);
      rep0 = distance(count);
      state = state < 7 ? 7 : 10;
    } else if (!bit(REP_0 + state)) {
      if (!bit(REP_0_LONG + state * 16 + place)) {
        out[at] = out[at - rep0 - 1];
        at++;
        state = state < 7 ? 9 : 11;
        continue;
      }
      count = length(REP_LENGTH, place);
      state = state < 7 ? 8 : 11;
    } else {
      if (!bit(REP_1 + state)) {
        [rep1, rep0] = [rep0, rep1];
      } else if (!bit(REP_2 + state)) {
        [rep2, rep1, rep0] = [rep1, rep0, rep2];
      } else {
        [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
      }
      count = length(REP_LENGTH, place);
      state = state < 7 ? 8 : 11;
    }
    for (let end = Math.min(at + count + 2, out.length); at < end; at++) out[at] = out[at - rep0 - 1];
  }
  return out;
};
