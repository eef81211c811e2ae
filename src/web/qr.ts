import QRCode from 'qrcode'

/** A QR code as one SVG path on a grid of `size` by `size` modules, quiet zone included. */
export interface QrDrawing {
  size: number
  path: string
}

/** Drawn by us as a path: sharp in print and within a content policy that allows no inline style. */
export function drawQr(text: string): QrDrawing {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  let path = ''
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(x, y)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`
    }
  }
  return { size: modules.size + 2 * quiet, path }
}
