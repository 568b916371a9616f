// Forms of the street without a signal: what is typed waits on this phone, bound to whoever typed it, and is sent
// once there is a signal and they are signed in. Pages work as they are where this cannot run.
import * as queue from './queue.js'
import { clear, entryOf, fill, openKept } from './phone-form.js'
import { drawEntries } from './phone-list.js'

const page = document.body.dataset
const isKept = 'nptKept' in page
const WAITING = '/on-this-phone'
const forms = (page.nptForms ?? '').split(' ').filter(Boolean)
const isSignIn = location.pathname === '/sign-in' && !isKept
const RETRY = 60_000 // no browser tells that a weak signal has become a good one
const QUIET = 3_000

const form = document.querySelector('form:has(> input[name="typed_at"])')
const list = document.querySelector('[data-npt-entries]')
const bar = document.createElement('div')
bar.className = 'npt-phone'
bar.setAttribute('role', 'status')
bar.tabIndex = -1
let told = []
let why = '' // why what waits was not sent when it was last tried
let sent = 0 // how many were sent while this page was open

const entries = (count) => `${count} ${count === 1 ? 'entry' : 'entries'}`
const REASONS = {
  '': () => 'waiting on this phone.',
  signal: (them) => `waiting on this phone: we send ${them} as soon as there is a signal.`,
  session: (them) => `waiting on this phone: sign in to send ${them}.`,
  closed: () => 'waiting on this phone. Your account cannot record this now: ask the person who manages accounts.'
}

function say (words) {
  bar.replaceChildren(...words.map((text) => Object.assign(document.createElement('p'), { textContent: text })))
  bar.hidden = !words.length
}

// Draws the bar: what was just done, how many wait and why, how many could not be saved. Nothing where nothing is.
async function show (done = told) {
  told = done
  const account = await queue.holder()
  const own = account ? await queue.entriesOf(account) : []
  const refused = own.filter((one) => one.refused).length
  const count = isSignIn ? await queue.entriesOfAll() : own.length - refused
  const words = sent ? [...done, `${entries(sent)} sent.`] : [...done]
  if (count) words.push(`${entries(count)} ${REASONS[isSignIn ? 'session' : why](count === 1 ? 'it' : 'them')}`)
  if (refused && !isSignIn) words.push(`${entries(refused)} could not be saved: see why.`)
  say(words)
  if (own.length && !list) {
    const link = Object.assign(document.createElement('a'), { href: WAITING, textContent: 'See what is on this phone' })
    link.className = 'govuk-link'
    bar.append(link)
  }
  if (list) await drawEntries(list, own, await othersOn(account), discard)
}

const othersOn = async (account) => await queue.entriesOfAll() - (account ? (await queue.entriesOf(account)).length : 0)

async function discard (reference) {
  await queue.drop(reference)
  queue.changed(0)
  await show(['Discarded.'])
}

async function sendWaiting () {
  const account = await queue.holder()
  if (!account || !(await queue.entriesOf(account)).some((one) => !one.refused)) return show()
  const outcome = await queue.sendWaiting()
  why = outcome.why
  sent += outcome.sent
  await show(outcome.sent ? [] : told)
}

const NO_ROOM = 'There is no signal, and this phone has no room left, so this is not saved. It is still on this page:' +
  ' make room or find a signal, then press the button again.'

// The button was pressed: kept first, then sent; with no answer it stays kept, and the form is ready for the next.
async function press () {
  const outcome = await queue.sendNow(entryOf(form, page.nptAccount))
  if (outcome.kept) return location.assign(outcome.kept)
  if (outcome.refused && form.elements.csrf_token) return sendPlainly(outcome.typedAt)
  if (outcome.refused) return show(outcome.refused)
  if (outcome.isFull) return show([NO_ROOM])
  why = outcome.why
  await clear(form)
  await show(['Saved on this phone.', ...(outcome.isShort
    ? ['Names of key individuals are not kept on a phone: add this one to the contact once it is sent.']
    : [])])
  scrollTo(0, 0)
  bar.focus()
  navigator.storage?.persist?.()
  const registration = await navigator.serviceWorker?.getRegistration()
  await registration?.sync?.register(queue.QUEUE).catch(() => {}) // not allowed: sent when a page is opened
}

// As without this script: the server answers with its own page, errors beside the fields.
function sendPlainly (typedAt) {
  form.elements.typed_at.value = typedAt
  form.submit()
}

function take (event) {
  event.preventDefault()
  if (form.inert) return
  form.inert = true // nobody types the next one into this one
  const button = event.submitter ?? form.querySelector('[type="submit"]')
  const words = button.textContent
  button.textContent = 'Sending …'
  press().catch(() => (isKept ? say([NO_ROOM]) : sendPlainly(''))).finally(() => {
    form.inert = false
    button.textContent = words
  })
}

// The worker, and the forms as they are for this person today.
async function prepare () {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/worker.js', { type: 'module', updateViaCache: 'none' })
  await navigator.serviceWorker.ready
  const cache = await caches.open(`npt-${page.nptBuild}`)
  const mark = [page.nptAccount, page.nptBuild, new Date().toDateString()].join(' ')
  if (await queue.noted('prepared') !== mark || !(await cache.match(forms.at(-1)))) {
    await queue.whoIsHere()
    for (const path of forms) {
      const answer = await fetch(path, { headers: { 'X-Npt-Phone': 'form' } })
      if (!answer.ok || answer.redirected) return
      await cache.put(path, answer)
    }
    await queue.note('prepared', mark)
  }
  if (form) {
    const note = Object.assign(document.createElement('p'), { textContent: 'This form also works without a signal.' })
    note.className = 'npt-secondary'
    form.append(note)
  }
}

async function begin () {
  document.querySelector('main').prepend(bar)
  say([])
  const elsewhere = document.querySelector('[data-npt-elsewhere]') // the page that was wanted could not be had
  if (elsewhere && location.pathname !== WAITING) {
    elsewhere.hidden = false
    elsewhere.querySelector('a').href = location.href
  }
  if (page.nptAccount && !isKept) await queue.hold(page.nptAccount)
  if (isSignIn) await queue.letGo()
  if (form && isKept) await openKept(form, await queue.holder() === page.nptAccount)
  const waited = form && await queue.entry(location.hash.slice(1))
  if (waited?.account === page.nptAccount) fill(form, waited)
  queue.whenChanged((count) => { sent += count; show() })
  addEventListener('online', sendWaiting)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) sendWaiting() })
  setInterval(sendWaiting, RETRY)
  await show(waited?.refused ? ['This was not saved.', ...waited.refused] : [])
  if (!isSignIn) await sendWaiting()
  if (!forms.length || isKept) return
  if (forms.includes(location.pathname)) await prepare()
  if (location.pathname === '/') setTimeout(() => prepare().catch(() => {}), QUIET) // the page itself comes first
}

// Signing out without a signal shows nothing of one's entries to the next person either.
for (const out of document.querySelectorAll('form[action$="/sign-out"]')) {
  out.addEventListener('submit', () => { queue.letGo().catch(() => {}) })
}
// Only where what is typed can be kept; in a private window, or without a secure connection, all stays plain.
if (isSecureContext && 'indexedDB' in self) {
  queue.database().then(() => {
    form?.addEventListener('submit', take)
    return begin()
  }).catch(() => {})
}
