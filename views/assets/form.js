// Comfort on the citizen's pages; every page works without it.

const KEEP_MINUTES = 30
const SHRINK_ABOVE = 1_500_000
const LONGEST_SIDE = 2000

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
if (document.querySelector('[data-receipt]')) sessionStorage.removeItem('draft:complaint')

for (const button of document.querySelectorAll('[data-locate]')) offerPosition(button)
for (const input of document.querySelectorAll('input[type=file]')) watchFiles(input)
for (const form of document.querySelectorAll('form[data-sending]')) tellSending(form)
for (const form of document.querySelectorAll('form[data-draft]')) keepDraft(form)

function offerPosition(button) {
  if (!navigator.geolocation || !window.isSecureContext) return
  const status = document.querySelector('[data-locate-status]')
  const say = (text) => {
    status.textContent = text
  }
  button.hidden = false
  button.addEventListener('click', () => {
    say(button.dataset.busy)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        fill('latitude', coords.latitude.toFixed(6))
        fill('longitude', coords.longitude.toFixed(6))
        say(button.dataset.done)
      },
      () => say(button.dataset.failed),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    )
  })
}

function fill(id, value) {
  const input = document.getElementById(id)
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

// Photos of today's phones are larger than a village's network likes: they are made smaller before sending.
function watchFiles(input) {
  const box = input.closest('[data-max-bytes]')
  if (!box) return
  const warning = box.querySelector('[data-files-warning]')
  input.addEventListener('change', async () => {
    warning.hidden = true
    await shrinkPictures(input)
    const big = [...input.files].find((file) => file.size > Number(box.dataset.maxBytes))
    if (!big) return
    warning.textContent = box.dataset.tooBig.replace('{name}', big.name)
    warning.hidden = false
  })
}

async function shrinkPictures(input) {
  const chosen = [...input.files]
  const files = await Promise.all(chosen.map((file) => shrink(file).catch(() => file)))
  if (files.every((file, index) => file === chosen[index])) return
  const list = new DataTransfer()
  for (const file of files) list.items.add(file)
  input.files = list.files
}

async function shrink(file) {
  if (file.size < SHRINK_ABOVE || !/^image\/(jpeg|webp)$/.test(file.type)) return file
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  return blob && blob.size < file.size ? new File([blob], file.name, { type: 'image/jpeg' }) : file
}

function tellSending(form) {
  const button = form.querySelector('button[type=submit]')
  const text = button.textContent
  form.addEventListener('submit', ({ submitter }) => {
    if (submitter?.name === 'turn') return
    button.textContent = form.dataset.sending
    button.setAttribute('aria-busy', 'true')
  })
  // Back from the next page: the button says again what it does.
  window.addEventListener('pageshow', () => {
    button.textContent = text
    button.removeAttribute('aria-busy')
  })
}

// What was typed outlives a lost network in this tab, for half an hour.
function keepDraft(form) {
  const name = `draft:${form.dataset.draft}`
  const fields = () =>
    [...form.elements].filter((field) => field.name && !['hidden', 'file', 'submit'].includes(field.type))
  form.addEventListener('input', () => {
    const values = fields().map((field) => [field.id, isTick(field) ? field.checked : field.value])
    sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), values }))
  })
  if (document.querySelector('.govuk-error-summary')) return
  const draft = JSON.parse(sessionStorage.getItem(name) ?? 'null')
  if (!draft || Date.now() - draft.at > KEEP_MINUTES * 60_000) {
    sessionStorage.removeItem(name)
    return
  }
  for (const [id, value] of draft.values) restore(document.getElementById(id), value)
}

function isTick(field) {
  return field.type === 'checkbox' || field.type === 'radio'
}

function restore(field, value) {
  if (!field) return
  if (isTick(field)) field.checked = value
  else if (field.tagName !== 'SELECT' || [...field.options].some((option) => option.value === value)) {
    field.value = value
  }
}
