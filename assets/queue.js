// What was typed in the street and waits on this phone: kept until the person who typed them sends them or discards them.
// Used by the pages (phone.js) and by the worker (worker.js), so nothing here knows of a window.
import { openDB } from './idb.js'

// How long a weak signal is waited for before an entry is left to wait, in milliseconds.
const PATIENCE = 8_000
// A session lasts no longer (npt/accounts/rules): who signed in before that is not taken to hold the phone now.
const LONGEST_SESSION = (20 * 60 + 5) * 60_000
export const QUEUE = 'npt-queue'

// An entry: { reference, account, address, fields: [[name, value]], told: [[label, words]], typedAt, refused: [words] or none }.
// `holder` says who signed in here last, and when that was last seen.
let opened
export function database () {
  opened ??= openDB('npt-phone', 1, {
    upgrade (db) {
      db.createObjectStore('entries', { keyPath: 'reference' }).createIndex('account', 'account')
      db.createObjectStore('phone')
    },
    blocking () { opened?.then((db) => db.close()); opened = undefined },
    terminated () { opened = undefined }
  })
  opened.catch(() => { opened = undefined })
  return opened
}

export async function holder () {
  const seen = await (await database()).get('phone', 'holder')
  // Neither where the clock was set back since: nobody can tell how long ago it was.
  return seen && Math.abs(Date.now() - seen.at) < LONGEST_SESSION ? seen.account : ''
}
export const hold = async (account) => (await database()).put('phone', { account, at: Date.now() }, 'holder')
export const letGo = async () => (await database()).delete('phone', 'holder')
export const noted = async (name) => (await database()).get('phone', name)
export const note = async (name, value) => (await database()).put('phone', value, name)

export async function entriesOf (account) {
  const found = await (await database()).getAllFromIndex('entries', 'account', account)
  return found.sort((one, other) => one.typedAt.localeCompare(other.typedAt))
}
export const entriesOfAll = async () => (await database()).count('entries')
export const entry = async (reference) => (await database()).get('entries', reference)
export const keep = async (one) => (await database()).put('entries', one)
export const drop = async (reference) => (await database()).delete('entries', reference)

// Tells the other windows that the queue is another, and how many entries have just been sent.
const channel = 'BroadcastChannel' in self ? new BroadcastChannel(QUEUE) : null
export const changed = (sent) => channel?.postMessage(sent)
export const whenChanged = (then) => { if (channel) channel.onmessage = ({ data }) => then(data) }

// One sends at a time, in whichever window. Should two all the same, the reference keeps one record.
const alone = (work) => ('locks' in navigator ? navigator.locks.request(QUEUE, work) : work())

const ask = (address, asks, more = {}) =>
  fetch(address, { headers: { 'X-Npt-Phone': asks }, signal: AbortSignal.timeout(PATIENCE), ...more })
const isOurs = (response) => (response.headers.get('Content-Type') ?? '').startsWith('application/json')

// How far the server's clock is ahead of this phone's, in milliseconds: a phone may be set wrong.
export const now = async () => new Date(Date.now() + (await noted('ahead') ?? 0))

// Who is signed in, and the token to send with; or why nothing can be sent now: no signal, no session, no permission.
export async function whoIsHere () {
  try {
    const response = await ask('/patrols/new', 'who')
    if (!isOurs(response)) {
      return { why: response.redirected ? 'session' : response.status === 403 ? 'closed' : 'signal' }
    }
    const here = await response.json()
    await note('ahead', Date.parse(here.now) - Date.now()).catch(() => {}) // a full phone still sends
    return here
  } catch {
    return { why: 'signal' }
  }
}

// What became of one entry: { kept: address }, { refused: [words] }, or { why } where it has to wait.
async function post (one, here, asks) {
  const body = new URLSearchParams(one.fields)
  body.set('csrf_token', here.token)
  body.set('submission_key', one.key ?? crypto.randomUUID())
  body.set('reference', one.reference)
  body.set('typed_by', one.account)
  // As long ago as it was by this phone's clock, whatever that clock shows; nothing for what is typed now.
  const ago = Math.max(0, Date.now() - Date.parse(one.typedAt))
  body.set('typed_at', one.isNow ? '' : new Date(Date.parse(here.now) - ago).toISOString())
  try {
    const response = await ask(one.address, asks, { method: 'POST', body })
    if (isOurs(response)) return await response.json()
    if (response.redirected) return { why: 'session' }
    if (response.status === 403) return { why: 'closed' }
    if (response.status === 409) return { refused: ['You have already sent this form.'] }
    if (response.status === 413) return { refused: ['It is too long to be sent: shorten it.'] }
  } catch { /* no answer: it may have arrived, and its reference will tell */ }
  return { why: 'signal' }
}

// Sends all that wait, of whoever is signed in now; those of others are left alone. { sent: how many, why }.
export function sendWaiting () {
  return alone(async () => {
    const outcome = { sent: 0, why: '' }
    const here = await whoIsHere()
    if (here.why) return { ...outcome, why: here.why }
    for (const one of await entriesOf(here.account)) {
      if (one.refused) continue
      const answer = await post(one, here, 'send')
      if (answer.why) return { ...outcome, why: answer.why }
      if (answer.kept) outcome.sent += 1
      await (answer.kept ? drop(one.reference) : keep({ ...one, refused: answer.refused }))
      changed(answer.kept ? 1 : 0)
    }
    return outcome
  })
}

// The names of our network stay with the server: whom somebody spoke to is added to the contact once it is sent.
const isNamed = ([name]) => name === 'individual'

// Sends what has just been typed, kept on the phone first: { kept: address }, { refused: [words] } or { why };
// isFull where the phone has no room for it, isShort where it is kept without a name. What is refused stays only if it waited here before.
export function sendNow (one) {
  return alone(async () => {
    const earlier = await entry(one.reference)
    const { key, ...kept } = { ...one, typedAt: earlier?.typedAt ?? one.typedAt }
    kept.fields = one.fields.filter((field) => !isNamed(field))
    const isFull = await keep(kept).then(() => false, () => true)
    const here = await whoIsHere()
    const answer = here.why
      ? here
      : here.account === one.account ? await post({ ...kept, fields: one.fields, key, isNow: !earlier }, here, 'press') : { why: 'session' }
    if (answer.refused && earlier) await keep({ ...kept, refused: answer.refused })
    else if (!answer.why) await drop(one.reference)
    const isShort = one.fields.some((field) => isNamed(field) && field[1])
    return { ...answer, isFull, isShort, typedAt: earlier ? kept.typedAt : '' }
  })
}
