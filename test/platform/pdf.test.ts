import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hasPdfEngine, renderPdf } from '#platform/pdf.ts'
import { pagesOf } from '../support/poppler.ts'

const folder = mkdtempSync(join(tmpdir(), 'siang-pdf-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HEAD =
  '#set document(title: "x", date: none)\n#set text(font: "Sarabun", lang: "th", fallback: false)\n'

async function print(template: string, data: object = {}, name = 'templates/t.typ'): Promise<string[][]> {
  mkdirSync(join(folder, 'templates'), { recursive: true })
  writeFileSync(join(folder, name), HEAD + template)
  return pagesOf(await renderPdf(join(folder, name), data))
}

describe('a PDF', () => {
  it('is made of a template and data', async () => {
    expect(
      await print('#let d = json(bytes(sys.inputs.data))\n#d.list.at(1).name', {
        list: [1, { name: 'ก *ข*' }],
      }),
    ).toEqual([['ก *ข*']])
  })

  it('reads nothing outside the folder of its template, neither from disk nor from the network', async () => {
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    for (const path of [
      '/etc/passwd',
      '../secret.txt',
      `${folder}/secret.txt`,
      'https://example.com/x.txt',
    ]) {
      await expect(print(`#read("${path}")`, {}, 'templates/outside.typ'), path).rejects.toThrow(
        'gives no PDF',
      )
    }
    await expect(print('#import "@preview/x:0.1.0"', {}, 'templates/package.typ')).rejects.toThrow(
      'gives no PDF',
    )
  })

  it('says where a template is wrong', async () => {
    await expect(print('#nothing', {}, 'templates/wrong.typ')).rejects.toThrow(
      'wrong.typ gives no PDF unknown variable: nothing',
    )
  })
})

describe('the engine', () => {
  /** A machine with the compiler's package and perhaps a binary of some version. */
  function machine(name: string, binary?: string): string {
    const scope = join(folder, name, 'node_modules/@myriaddreamin')
    const write = (part: string, manifest: object) => {
      mkdirSync(join(scope, part), { recursive: true })
      writeFileSync(join(scope, part, 'package.json'), JSON.stringify(manifest))
    }
    const optionalDependencies = { '@myriaddreamin/typst-other': '0.7.0' }
    write('typst-ts-node-compiler', { version: '0.7.0', optionalDependencies })
    if (binary) write('typst-other', { version: binary })
    return join(folder, name, 'index.js')
  }

  it('is there when its binary is installed in the same version', () => {
    expect(hasPdfEngine()).toBe(true)
    expect(hasPdfEngine(machine('same', '0.7.0'))).toBe(true)
  })

  it('is missing where no binary was made for the platform, or only an older one', () => {
    expect(hasPdfEngine(machine('none'))).toBe(false)
    expect(hasPdfEngine(machine('older', '0.6.0'))).toBe(false)
    expect(hasPdfEngine(join(folder, 'index.js'))).toBe(false)
  })
})
