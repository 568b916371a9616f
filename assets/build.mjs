/**
 * Builds what the browser receives into npt/static/dist/: one stylesheet, the behaviour of GOV.UK Frontend and
 * ours, Leaflet, whose own stylesheet only the script of maps asks for, and idb, by which a phone keeps what waits.
 *
 * GOV.UK's typeface and crown may only be used on gov.uk, so neither its fonts nor its images are copied, and the
 * build fails if the stylesheet names the typeface. (The rule for the crown in the footer stays: it draws nothing as
 * long as no page has that footer.)
 */
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'assets')
const packages = join(root, 'node_modules')
const destination = join(root, 'npt', 'static', 'dist')
const reserved = /GDS Transport|@font-face/i

const { css } = sass.compile(join(source, 'npt.scss'), {
  loadPaths: [packages],
  style: 'compressed',
  quietDeps: true
})

const found = css.match(reserved)
if (found) {
  const nearby = css.slice(Math.max(0, found.index - 80), found.index + 80)
  throw new Error(
    `The stylesheet names a typeface reserved for gov.uk or loads a font ("${nearby}"). ` +
      'Take the rule out of assets/, or set $govuk-include-default-font-face to false.'
  )
}

const scripts = (await readdir(source)).filter((name) => name.endsWith('.js'))
const files = new Map([
  ['govuk-frontend.min.js', join(packages, 'govuk-frontend', 'dist', 'govuk', 'govuk-frontend.min.js')],
  ['leaflet.js', join(packages, 'leaflet', 'dist', 'leaflet.js')],
  ['leaflet.css', join(packages, 'leaflet', 'dist', 'leaflet.css')],
  ['idb.js', join(packages, 'idb', 'build', 'index.js')],
  ...scripts.map((name) => [name, join(source, name)])
])

// Each file is written beside its place and moved into it, so that a running server never serves half a file.
async function put (name, write) {
  const half = join(destination, `.${name}.${process.pid}`)
  await write(half)
  await rename(half, join(destination, name))
}

await mkdir(destination, { recursive: true })
await put('npt.css', (half) => writeFile(half, css))
for (const [name, file] of files) {
  await put(name, (half) => cp(file, half))
}

const wanted = new Set(['npt.css', ...files.keys()])
for (const name of await readdir(destination)) {
  if (!wanted.has(name)) await rm(join(destination, name), { recursive: true })
}
console.log(`Built ${[...wanted].join(', ')} (${Math.round(css.length / 1024)} KB of styles).`)
