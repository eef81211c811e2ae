import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { drawable, pdfFont } from './pdf-font.ts'

const ENGINE = '@myriaddreamin/typst-ts-node-compiler'

// Results of the last few documents; what is older goes, or a busy day would fill the memory.
const CACHED_DOCUMENTS = 2

/** An installed binary may still not load, for one on an old C library: that is known after the first try. */
let failedToLoad = false

/** By the folder of its templates, which is all that a compiler can read. */
const compilers = new Map<string, NodeCompiler>()

/** The document that is being made, with those that wait for it. */
let last: Promise<unknown> = Promise.resolve()

/**
 * A tagged PDF (PDF/UA-1) of a Typst template, which finds the data as JSON in `sys.inputs.data`. Texts in the
 * data are never read as markup; characters that cannot be drawn are left out. Documents are made one after the
 * other, and between their steps other requests get their turn: however many are asked for, nobody else waits
 * for more than a step of one of them.
 * @param data made when its turn has come, where making it takes long itself
 */
export function renderPdf(template: string, data: object | (() => object)): Promise<Buffer> {
  const document = last.then(() => render(template, data))
  last = document.catch(() => undefined)
  return document
}

async function render(template: string, data: object | (() => object)): Promise<Buffer> {
  const compiler = await compilerFor(dirname(template))
  await setImmediate()
  const json = JSON.stringify(typeof data === 'function' ? data() : data, (_, value) =>
    typeof value === 'string' ? drawable(value) : value,
  )
  await setImmediate()
  const compiled = compiler.compile({ mainFilePath: template, inputs: { data: json } })
  const document = compiled.result
  if (!document || compiled.hasError()) throw broken(template, compiled.takeDiagnostics()?.shortDiagnostics)
  await setImmediate()
  try {
    return compiler.pdf(document, { pdfStandard: 'ua-1' })
  } catch {
    // What it says may quote the letter, and the log holds no texts.
    throw broken(template)
  } finally {
    compiler.evictCache(CACHED_DOCUMENTS)
  }
}

/** Whether the engine's binary for this machine is installed, of the version that the templates need. */
export function hasPdfEngine(from: string = import.meta.url): boolean {
  if (failedToLoad) return false
  try {
    const manifest = createRequire(from).resolve(`${ENGINE}/package.json`)
    const require = createRequire(manifest)
    const { version, optionalDependencies } = require(manifest)
    return Object.keys(optionalDependencies).some((binary) => versionOf(require, binary) === version)
  } catch {
    return false
  }
}

function versionOf(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require(`${name}/package.json`).version
  } catch {
    return undefined
  }
}

/** Loaded with the first document: 50 MB of code that a start should not wait for. */
async function compilerFor(folder: string): Promise<NodeCompiler> {
  const known = compilers.get(folder)
  if (known) return known
  const { NodeCompiler } = await import(ENGINE).catch((error: unknown) => {
    failedToLoad = true
    throw error
  })
  const compiler: NodeCompiler = NodeCompiler.create({
    workspace: folder,
    fontArgs: [{ fontBlobs: [pdfFont().file] }],
  })
  compilers.set(folder, compiler)
  return compiler
}

function broken(template: string, diagnostics: { message?: string }[] = []): Error {
  const faults = diagnostics.map(({ message }) => message).join('; ')
  return new Error(`the template ${basename(template)} gives no PDF ${faults}`.trim())
}
