// Answers for the server without a signal: with the forms of the street and the page of what waits here, and
// with nothing else. It keeps no page that names anybody. `self.build` is written before this by the server.
import { QUEUE, sendWaiting } from '/static/dist/queue.js'

const FORMS = ['/contacts/new', '/patrols/new', '/problems/new']
const WAITING = '/on-this-phone'
const PARTS = ['npt.css', 'npt.js', 'phone.js', 'phone-form.js', 'phone-list.js', 'queue.js', 'idb.js', 'govuk-frontend.min.js']
  .map((name) => `/static/dist/${name}`).concat('/static/icon.svg')
// How long a form is waited for on a weak signal, in milliseconds.
const PATIENCE = 8_000
const cacheName = () => `npt-${self.build}`

const kept = async (path) => (await caches.open(cacheName())).match(path)

async function fill () {
  const cache = await caches.open(cacheName())
  await cache.addAll(PARTS.map((path) => new Request(path, { cache: 'reload' })))
  // Asked for as nobody, so that it holds nobody's name.
  await cache.add(new Request(WAITING, { credentials: 'omit', cache: 'reload' }))
  await self.skipWaiting()
}

// Forms of an older build go with it; the next page that is opened with a signal keeps those of this one.
async function takeOver () {
  for (const name of await caches.keys()) {
    if (name.startsWith('npt-') && name !== cacheName()) await caches.delete(name)
  }
  await self.clients.claim()
}

async function page (request) {
  const path = new URL(request.url).pathname
  const own = FORMS.includes(path) ? await kept(path) : undefined
  try {
    const response = await (own ? fetch(request, { signal: AbortSignal.timeout(PATIENCE) }) : fetch(request))
    return own && response.status >= 500 ? own : response
  } catch (fault) {
    const instead = own ?? await kept(WAITING)
    if (!instead) throw fault
    return instead
  }
}

self.addEventListener('install', (event) => event.waitUntil(fill()))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (PARTS.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(async () => await kept(url.pathname) ?? Response.error()))
  }
})
// Back in reach with no page open. Browsers without this send when the next page is opened.
self.addEventListener('sync', (event) => {
  if (event.tag !== QUEUE) return
  event.waitUntil(sendWaiting().then(({ why }) => { if (why === 'signal') throw new Error('no signal yet') }))
})
