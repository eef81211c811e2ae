import { describe, expect, it } from 'vitest'
import { showProgress } from '#import/progress.ts'

/** Everything that is written for a file read in hundredths. */
function shown(isTTY: boolean): string {
  let text = ''
  const progress = showProgress({
    isTTY,
    write: (piece) => {
      text += piece
    },
  })
  for (let bytes = 1; bytes <= 100; bytes += 1) progress.update({ rows: bytes * 10, bytes, totalBytes: 100 })
  progress.end()
  return text
}

describe('progress', () => {
  it('is a bar drawn over itself on a terminal', () => {
    const drawings = shown(true).split('\r').slice(1)
    expect(drawings).toHaveLength(100)
    expect(drawings[49]).toMatch(/^\[#{15}-{15}\] +50 % {2}500 /)
    expect(drawings.at(-1)).toMatch(/^\[#{30}\] 100 % {2}1000 .*\n$/)
  })

  it('is ten plain lines in a log', () => {
    const lines = shown(false).trimEnd().split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[0]).toMatch(/^ +10 % {2}100 /)
    expect(shown(false)).not.toContain('\r')
  })

  it('of an empty file divides by nothing', () => {
    let text = ''
    const progress = showProgress({ write: (piece) => (text += piece) })
    progress.update({ rows: 0, bytes: 0, totalBytes: 0 })
    expect(text).toContain('100 %')
  })
})
