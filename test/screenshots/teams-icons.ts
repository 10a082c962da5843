import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A picture: rows of red, green, blue and alpha, a byte each. */
export interface Picture {
  readonly size: number;
  readonly pixels: Buffer;
}

type Colour = readonly [red: number, green: number, blue: number, opacity: number];
type Shape = (x: number, y: number) => boolean;

const sea: Colour = [0x0b, 0x5d, 0x6b, 255];
const white: Colour = [255, 255, 255, 255];
const sun: Colour = [0xff, 0xc4, 0x6b, 255];
const nothing: Colour = [255, 255, 255, 0];

/** The desk bell of the page's own icon, in its 32 units: a dome, its knob, and its base plate. */
const dome: Shape = (x, y) => y <= 21.5 && Math.hypot(x - 16, y - 21.5) <= 8.5;
const knob: Shape = (x, y) => Math.hypot(x - 16, y - 10.2) <= 2;
const plate: Shape = (x, y) => Math.hypot(x - Math.min(25.3, Math.max(6.7, x)), y - 24.2) <= 1.2;

/**
 * The app's icons in Teams, in `manifest/teams` (UPDATE_ICONS=1 rewrites them): `color` 192×192 on the desk's own
 * colour, `outline` 32×32 in white on transparent.
 */
export function drawIcon(which: "color" | "outline"): Picture {
  const size = which === "color" ? 192 : 32;
  // Teams shows the middle of the colour icon, and the whole of the outline.
  const scale = which === "color" ? 120 / 21 : 28 / 21;
  const [ground, plateColour] = which === "color" ? [sea, sun] : [nothing, white];
  const at = (px: number, middle: number) => (px - size / 2) / scale + middle;
  const colourAt = (px: number, py: number): Colour => {
    const [x, y] = [at(px, 16), at(py, 16.8)];
    return plate(x, y) ? plateColour : dome(x, y) || knob(x, y) ? white : ground;
  };
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) pixels.set(smooth(colourAt, x, y), (y * size + x) * 4);
  return { size, pixels };
}

/** The mean of 8 × 8 samples per pixel. */
function smooth(colourAt: (x: number, y: number) => Colour, x: number, y: number): Colour {
  const looks = Array.from({ length: 64 }, (_, n) =>
    colourAt(x + ((n % 8) + 0.5) / 8, y + (Math.floor(n / 8) + 0.5) / 8),
  );
  const mean = (channel: 0 | 1 | 2 | 3) =>
    Math.round(looks.reduce((sum, look) => sum + look[channel], 0) / looks.length);
  return [mean(0), mean(1), mean(2), mean(3)];
}

/** A picture as PNG, eight bits per channel with alpha (RFC 2083). */
export function toPng({ size, pixels }: Picture): Buffer {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(y * size * 4, (y + 1) * size * 4)]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Reads a PNG written by `toPng`; throws for any other kind. */
export function fromPng(png: Buffer): Picture {
  if (!png.subarray(0, 8).equals(signature)) throw new Error("no PNG");
  const parts: Buffer[] = [];
  let size = 0;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      size = data.readUInt32BE(0);
      if (data.readUInt32BE(4) !== size || data[8] !== 8 || data[9] !== 6)
        throw new Error("no square of 8 bits with opacity");
    }
    if (type === "IDAT") parts.push(data);
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const rows = Array.from({ length: size }, (_, y) => {
    const start = y * (size * 4 + 1);
    if (raw[start] !== 0) throw new Error("a filtered row");
    return raw.subarray(start + 1, start + 1 + size * 4);
  });
  return { size, pixels: Buffer.concat(rows) };
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
