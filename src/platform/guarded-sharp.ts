import sharp from 'sharp'

/** The only way to sharp for a stranger's bytes: whoever imports it from here gets it with its guard set. */
export { default as sharp, type Sharp } from 'sharp'

export const MAX_PIXELS = 50e6

// Only these three decoders may ever see a stranger's bytes; whatever else libvips can read stays shut.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
// Two pictures on one thread each leave a small machine free to answer pages; nothing is worth caching.
sharp.concurrency(1)
sharp.cache(false)
