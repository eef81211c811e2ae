export const ANALYSIS = '/staff/analysis'
export const MEASURES = '/staff/measures'

export const measureAddress = (id: number): string => `${MEASURES}/${id}`

/** The page of the analysis; what is not given is left out of the address. */
export function analysisAddress(parameters: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value) search.set(name, String(value))
  return search.size > 0 ? `${ANALYSIS}?${search}` : ANALYSIS
}
