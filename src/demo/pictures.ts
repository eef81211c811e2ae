import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { newStoredName } from '#platform/files.ts'
import type { Portal } from '#settings/portal.ts'
import { type KeptFile, keepUploads } from '#web/keep-uploads.ts'
import type { Chance } from './chance.ts'

/** What a picture shows, before and after the work. */
export type Scene = 'road' | 'lamp' | 'water' | 'rubbish' | 'branch'

const WIDTH = 800
const HEIGHT = 600

type Colour = readonly [red: number, green: number, blue: number]
type Inside = (x: number, y: number) => boolean

/** A drawn picture in the place of a photo, through the same cleaning as a citizen's. */
export async function takePicture(
  portal: Pick<Portal, 'files'>,
  scene: Scene,
  when: 'before' | 'after',
  chance: Chance,
): Promise<KeptFile> {
  const path = join(portal.files.incomingFolder, newStoredName())
  const { data, bytes } = await draw(scene, when === 'after', chance)
  await writeFile(path, data, { mode: 0o600 })
  const name = when === 'before' ? 'ภาพจุดเกิดเหตุ.jpg' : 'ภาพหลังดำเนินการ.jpg'
  const { kept } = await keepUploads(portal.files, [{ field: 'files', name, path, bytes }])
  const [file] = kept
  if (!file) throw new Error('the picture was refused')
  return file
}

async function draw(scene: Scene, mended: boolean, chance: Chance): Promise<{ data: Buffer; bytes: number }> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3)
  const paint = (inside: Inside, [red, green, blue]: Colour, grain = 10) => {
    for (let y = 0; y < HEIGHT; y += 1) {
      for (let x = 0; x < WIDTH; x += 1) {
        if (!inside(x, y)) continue
        const shade = chance.between(-grain, grain)
        pixels.set([red + shade, green + shade, blue + shade].map(byte), (y * WIDTH + x) * 3)
      }
    }
  }
  const night = scene === 'lamp'
  paint((_x, y) => y < 250, night ? [22, 26, 48] : [168, 204, 232], 4)
  paint((_x, y) => y >= 250, night ? [30, 40, 30] : [112, 140, 78])
  paint(road, night ? [52, 52, 58] : [124, 122, 120])
  THINGS[scene](paint, mended, chance)
  const data = await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .blur(0.8)
    .jpeg({ quality: 80 })
    .toBuffer()
  return { data, bytes: data.length }
}

type Paint = (inside: Inside, colour: Colour, grain?: number) => void

const THINGS: Record<Scene, (paint: Paint, mended: boolean, chance: Chance) => void> = {
  road: (paint, mended, chance) => {
    for (let hole = 0; hole < 3; hole += 1) {
      const [x, y] = [chance.between(300, 500), 340 + hole * 90]
      paint(ellipse(x, y, 40 + hole * 22, 14 + hole * 9), mended ? [86, 86, 88] : [48, 42, 36], 8)
    }
  },
  lamp: (paint, mended) => {
    paint(box(560, 90, 572, 430), [96, 98, 104], 4)
    paint(box(480, 88, 572, 98), [96, 98, 104], 4)
    if (mended) paint(ellipse(470, 440, 170, 46), [168, 152, 104], 6)
    paint(ellipse(486, 104, 20, 9), mended ? [255, 242, 190] : [60, 60, 62], 2)
  },
  water: (paint, mended) => {
    if (mended) paint(box(0, 300, WIDTH, 318), [92, 84, 76])
    else paint((x, y) => y > 380 + 8 * Math.sin(x / 40), [122, 112, 92], 6)
  },
  rubbish: (paint, mended, chance) => {
    paint(box(90, 330, 170, 450), [38, 96, 62], 5)
    if (mended) return
    for (let bag = 0; bag < 16; bag += 1) {
      const grey = chance.between(20, 210)
      const colour = [grey, grey, chance.between(20, 210)] as const
      paint(ellipse(chance.between(120, 420), chance.between(400, 480), 34, 26), colour, 14)
    }
  },
  branch: (paint, mended) => {
    paint(box(640, 120, 676, 470), [92, 66, 44])
    paint(ellipse(658, 130, 120, 90), [58, 104, 52], 24)
    if (!mended) paint((x, y) => Math.abs(y - (430 - x / 5)) < 18 && x < 640, [92, 66, 44], 16)
  },
}

/** A road that runs towards the horizon. */
const road: Inside = (x, y) => y > 250 && Math.abs(x - WIDTH / 2) < 40 + (y - 250) * 0.9

const box =
  (left: number, top: number, right: number, bottom: number): Inside =>
  (x, y) =>
    x >= left && x < right && y >= top && y < bottom

const ellipse =
  (centreX: number, centreY: number, halfWidth: number, halfHeight: number): Inside =>
  (x, y) =>
    ((x - centreX) / halfWidth) ** 2 + ((y - centreY) / halfHeight) ** 2 <= 1

const byte = (value: number): number => Math.max(0, Math.min(255, value))
