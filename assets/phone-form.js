// A form of the street, read into an entry of the queue and filled in from one.
import { now } from './queue.js'

const OURS = ['csrf_token', 'submission_key', 'reference', 'typed_at', 'typed_by']
const MINUTE = 60_000

// What the form holds, to be sent and to be shown again; see queue.js.
export function entryOf (form, account) {
  return {
    reference: form.elements.reference.value,
    key: form.elements.submission_key.value,
    account,
    address: location.pathname,
    fields: [...new FormData(form)].filter(([name]) => !OURS.includes(name)),
    told: [...form.querySelectorAll('.govuk-form-group')].map(told).filter(([, words]) => words),
    typedAt: new Date().toISOString()
  }
}

// A group of controls in words: its label, and what is chosen or typed.
function told (group) {
  if (group.parentElement.closest('.govuk-form-group')) return ['', ''] // a part of a day, told with it
  if (group.querySelector('[name="individual"]')) return ['', ''] // not kept here: see queue.js
  const controls = [...group.querySelectorAll('input, select, textarea')]
  const words = controls.map((control) => {
    if (control.type === 'radio' || control.type === 'checkbox') return control.checked ? control.labels[0].textContent : ''
    return control.matches('select') && control.value ? control.selectedOptions[0].textContent : control.value
  })
  const label = group.querySelector('legend, label').textContent.replace('(optional)', '').trim()
  const said = words.map((each) => each.trim()).filter(Boolean).join(' ')
  return [label, said === label ? 'yes' : said]
}

// Makes the form one that has not been sent.
function renew (form) {
  form.elements.reference.value = `${location.pathname[1]}-${crypto.randomUUID().replaceAll('-', '')}`
  form.elements.submission_key.value = crypto.randomUUID()
  form.elements.typed_at.value = ''
}

export async function clear (form) {
  const where = form.elements.neighbourhood ?? form.elements.team
  const place = where.value
  form.reset()
  where.value = place
  history.replaceState(null, '', location.pathname)
  renew(form)
  if ('nptKept' in document.body.dataset) await fillTimes(form)
}

// An entry that waited here, to be corrected and sent.
export function fill (form, { reference, fields, typedAt }) {
  for (const control of form.elements) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value)
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = values.includes(control.value)
    else if (values.length) control.value = values[0]
    control.dispatchEvent(new Event('keyup')) // whatever counts the characters
  }
  renew(form)
  form.elements.reference.value = reference
  form.elements.typed_at.value = typedAt
  for (const details of form.querySelectorAll('details')) {
    details.open = [...details.querySelectorAll('input')].some((control) => control.value)
  }
}

// The form as the phone kept it, opened now; it is for whoever signed in here last, and for nobody else.
export async function openKept (form, isTheirs) {
  if (!isTheirs) {
    const words = document.createElement('p')
    words.className = 'govuk-body'
    words.textContent = 'Sign in and open this form once with a signal. From then on you can fill it in without one.'
    form.replaceWith(words)
    return
  }
  renew(form)
  await fillTimes(form)
}

// Half an hour that ends now, as clocks in Britain show it; in the hour that happens twice, which of the two.
async function fillTimes (form) {
  if (!form.elements.starts) return
  const ends = await now()
  const starts = new Date(ends - 30 * MINUTE)
  const { day, month, year } = local(starts)
  Object.entries({ day, month, year }).forEach(([part, value]) => { form.elements[`on-${part}`].value = Number(value) })
  for (const [name, instant] of [['starts', starts], ['ends', ends]]) fillTime(form, name, instant)
}

function fillTime (form, name, instant) {
  const clock = (shifted) => { const { hour, minute } = local(shifted); return `${hour}:${minute}` }
  const control = form.elements[name]
  control.value = clock(instant)
  form.querySelector(`input[type="hidden"][name="${name}_which"]`)?.remove()
  const which = clock(+instant + 60 * MINUTE) === control.value
    ? 'first'
    : clock(instant - 60 * MINUTE) === control.value ? 'second' : ''
  if (!which) return
  const hidden = Object.assign(document.createElement('input'), { type: 'hidden', name: `${name}_which`, value: which })
  form.append(hidden)
  control.addEventListener('input', () => hidden.remove(), { once: true })
}

function local (instant) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'
  })
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]))
}
