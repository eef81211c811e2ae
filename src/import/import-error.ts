/** The import cannot begin or go on: the file, its headings or the mapping. Faulty rows are no such error. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}
