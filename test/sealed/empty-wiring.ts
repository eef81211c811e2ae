import { readFileSync } from 'node:fs'
import ts from 'typescript'

/**
 * `src/sealed-wiring.ts` of a portal without the channel, worked out from the file itself: whatever it hands out
 * keeps its type and becomes empty, and nothing of `#sealed` is left. What it cannot empty is an error.
 */
export function emptyWiring(file: string): string {
  const { options, errors } = ts.convertCompilerOptionsFromJson(
    JSON.parse(readFileSync('tsconfig.json', 'utf8')).compilerOptions,
    '.',
  )
  if (errors.length > 0) throw new Error('tsconfig.json cannot be read')
  const program = ts.createProgram([file], options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  if (!source) throw new Error(`${file} is missing`)
  const isSealed = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean =>
    node.moduleSpecifier?.getText(source).startsWith("'#sealed/") === true

  const kept = source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return isSealed(statement) ? [] : [statement.getFullText(source)]
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      return [statement.getFullText(source)]
    }
    return []
  })
  const symbol = checker.getSymbolAtLocation(source)
  const functions = (symbol ? checker.getExportsOfModule(symbol) : []).flatMap((exported) => {
    const known = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if (!(known.flags & ts.SymbolFlags.Value)) return []
    const type = checker.getTypeOfSymbolAtLocation(known, source)
    return [`export const ${exported.name} = ${emptyOf(checker, type, source, exported.name)}`]
  })
  return `${kept.join('')}\n\n${functions.join('\n')}\n`
}

/** An expression for the emptiest value of a type. */
function emptyOf(checker: ts.TypeChecker, type: ts.Type, at: ts.Node, name: string): string {
  const [call] = type.getCallSignatures()
  if (call) return `(..._: unknown[]): any => (${emptyOf(checker, call.getReturnType(), at, name)})`
  if (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) return 'undefined'
  if (type.flags & ts.TypeFlags.NumberLike) return '0'
  if (type.flags & ts.TypeFlags.BooleanLike) return 'false'
  if (type.flags & ts.TypeFlags.StringLike) return "''"
  if (type.isUnion()) {
    const none = type.types.find((one) => one.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null))
    if (none) return none.flags & ts.TypeFlags.Null ? 'null' : 'undefined'
  }
  if (checker.isArrayType(type)) return '[]'
  const awaited = checker.getAwaitedType(type)
  if (awaited && awaited !== type) return `Promise.resolve(${emptyOf(checker, awaited, at, name)})`
  if (type.flags & ts.TypeFlags.Object) {
    const inside = type
      .getProperties()
      .filter((property) => !(property.flags & ts.SymbolFlags.Optional))
      .map((property) => {
        const value = checker.getTypeOfSymbolAtLocation(property, at)
        return `${JSON.stringify(property.name)}: ${emptyOf(checker, value, at, `${name}.${property.name}`)}`
      })
    return `({ ${inside.join(', ')} })`
  }
  throw new Error(`${name} has the type ${checker.typeToString(type)}, of which nobody knows an empty one`)
}
