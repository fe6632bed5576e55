// Pictures for tests: small ones, each of its own content.

import zlib from "node:zlib";

const table = Array.from({length: 256}, (_, n) => {
  let sum = n;
  for (let bit = 0; bit < 8; ++bit) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum >>> 0;
});

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function chunk(name, content) {
  const length = Buffer.alloc(4), sum = Buffer.alloc(4), body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
}

// A PNG of one colour, which `seed` chooses, with a diagonal.
export function png(width, height, seed) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const colour = [(seed * 53) % 200, (seed * 97) % 200, 90 + ((seed * 31) % 120)];
  const rows = Array.from({length: height}, (_, y) => Buffer.from([0, ...Array.from({length: width}, (__, x) =>
    (Math.abs(x * height - y * width) < width + height ? [255, 255, 255] : colour)).flat()]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(Buffer.concat(rows))), chunk("IEND", Buffer.alloc(0))]);
}
