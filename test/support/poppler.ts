import { execFileSync, spawnSync } from 'node:child_process'

export function hasPoppler(): boolean {
  return ['pdftotext', 'pdfinfo', 'pdftoppm'].every(
    (program) => spawnSync(program, ['-v']).error === undefined,
  )
}

/** The lines of each page as a person sees them, without those that are empty. */
export function pagesOf(pdf: Buffer): string[][] {
  const pages = run('pdftotext', ['-layout', '-', '-'], pdf).split('\f').slice(0, -1)
  return pages.map((page) => page.split('\n').map(asSeen).filter(Boolean))
}

/** In points from the paper's left edge. */
export function furthestRight(pdf: Buffer): number {
  const boxes = run('pdftotext', ['-bbox', '-', '-'], pdf)
  return Math.max(...[...boxes.matchAll(/xMax="([\d.]+)"/g)].map(([, x]) => Number(x)))
}

/** What `pdfinfo` tells, with the tags when asked: 'Tagged: yes', 'Pages: 1'... */
export function infoOf(pdf: Buffer, ...options: string[]): string {
  return run('pdfinfo', [...options, '-'], pdf).replace(/ +/g, ' ')
}

/** A page as it is printed, as a PNG with one pixel for each point. */
export function drawnPage(pdf: Buffer, number: number): Buffer {
  return runRaw('pdftoppm', ['-png', '-r', '72', '-f', String(number), '-l', String(number), '-'], pdf)
}

function run(program: string, args: string[], input: Buffer): string {
  return runRaw(program, args, input).toString('utf8')
}

function runRaw(program: string, args: string[], input: Buffer): Buffer {
  // Poppler grumbles about two things that PDF readers pass over.
  return execFileSync(program, args, { input, maxBuffer: 1 << 27, stdio: ['pipe', 'pipe', 'ignore'] })
}

/**
 * A tone mark above ั, ิ or ึ is drawn a little raised, and Typst's PDF names the letter once more for it, so
 * that นั้น is read out of the file as นั้นั้น and สิ่ง as สิ่งสิ่. On paper it is right; the comparison forgives it.
 */
const NAMED_TWICE = /(\p{L}\p{M}{2})(\p{L}?)\1/gu

function asSeen(line: string): string {
  return line.normalize('NFC').replace(NAMED_TWICE, '$1$2').replace(/\s+/g, ' ').trim()
}
