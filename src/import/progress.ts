import type { ImportProgress } from './import.ts'

const WIDTH = 30

interface Output {
  isTTY?: boolean
  write(text: string): unknown
}

/**
 * Shows how far an import is: a bar that is drawn over itself on a terminal, elsewhere (a log, a pipe) a
 * line for every tenth of the file.
 */
export function showProgress(output: Output): {
  update(progress: ImportProgress): void
  end(): void
} {
  let drawn = false
  let tenths = 0
  return {
    update: ({ rows, bytes, totalBytes }) => {
      const share = totalBytes === 0 ? 1 : bytes / totalBytes
      const percent = `${Math.floor(share * 100)} %`.padStart(5)
      if (output.isTTY) {
        const full = Math.floor(share * WIDTH)
        output.write(`\r[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${percent}  ${rows} แถว / rows`)
        drawn = true
      } else if (Math.floor(share * 10) > tenths) {
        tenths = Math.floor(share * 10)
        output.write(`${percent}  ${rows} แถว / rows\n`)
      }
    },
    end: () => {
      if (drawn) output.write('\n')
    },
  }
}
