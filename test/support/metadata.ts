import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// What other people's programs find in a file: not the library that is being judged.

export function hasExiftool(): boolean {
  return spawnSync('exiftool', ['-ver']).error === undefined
}

export function hasQpdf(): boolean {
  return spawnSync('qpdf', ['--version']).error === undefined
}

/** Every tag that exiftool finds, as 'Group:Tag', without what it says of the file itself and of its pixels. */
export function tagsOf(content: Buffer): Record<string, string> {
  const args = ['-j', '-a', '-u', '-U', '-G1', '-ee3', '-']
  const [tags] = JSON.parse(execFileSync('exiftool', args, { input: content, encoding: 'utf8' }))
  return Object.fromEntries(
    Object.entries<unknown>(tags)
      .filter(
        ([tag]) => !/^(SourceFile|ExifTool|System|File|Composite)\b/.test(tag) || tag === 'File:Comment',
      )
      .map(([tag, value]) => [tag, String(value)]),
  )
}

/** The PDF with all its streams unpacked, as far as qpdf can. */
export function unpackedPdf(pdf: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'siang-qpdf-'))
  try {
    writeFileSync(join(folder, 'in.pdf'), pdf)
    const options = ['--qdf', '--object-streams=disable', '--decode-level=all', '--warning-exit-0']
    return execFileSync('qpdf', [...options, join(folder, 'in.pdf'), '-'], {
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
