/**
 * Makes a map to move about in out of each drawing of the page (templates/components/map.html). The drawing is its
 * only source: where it lies is told beside it, and the way there of each ground. Printed, and without this, the
 * drawing itself is the map.
 */
import './leaflet.js'

const L = window.leaflet

// Leaflet clears a tile by giving it a picture out of its address (`data:`), which our policy refuses: without an
// address it is as empty.
const Tiles = L.TileLayer.extend({
  _abortLoading () {
    for (const tile of Object.values(this._tiles)) {
      if (tile.coords.z === this._tileZoom || tile.el.complete) continue
      tile.el.onload = tile.el.onerror = null
      tile.el.removeAttribute('src')
      tile.el.remove()
      delete this._tiles[this._tileCoordsToKey(tile.coords)]
    }
  },
  _removeTile (key) {
    this._tiles[key]?.el.removeAttribute('src')
    return L.GridLayer.prototype._removeTile.call(this, key)
  },
  _tileReady (coords, error, tile) {
    if (!tile || tile.hasAttribute('src')) L.TileLayer.prototype._tileReady.call(this, coords, error, tile)
  }
})

/** The numbers of a part of a path; a minus sign parts them as a blank does. */
function each (part) {
  return part.match(/-?\d+/g).map(Number)
}

/** The rings of a path in latitude and longitude: "M10 20l5-5 …z" from the corner, a step a unit. */
function rings (path, [north, west], [down, across]) {
  return path.split('M').slice(1).map((part) => {
    const [start, steps] = part.replace('z', '').split('l')
    let [x, y] = each(start)
    const points = [[north - y * down, west + x * across]]
    const numbers = each(steps)
    for (let place = 0; place + 1 < numbers.length; place += 2) {
      x += numbers[place]
      y += numbers[place + 1]
      points.push([north - y * down, west + x * across])
    }
    return points
  })
}

function numbersOf (text) {
  return text.split(/[ ,]+/).map(Number)
}

function words (text) {
  const shown = document.createElement('span')
  shown.textContent = text
  return shown
}

function live (figure) {
  const corner = numbersOf(figure.dataset.corner)
  const step = numbersOf(figure.dataset.step)
  const canvas = figure.querySelector('.npt-map__canvas')
  const drawing = figure.querySelector('.npt-map__drawing')
  const place = document.createElement('div')
  place.className = 'npt-map__live'
  place.setAttribute('role', 'group')
  place.setAttribute('aria-label', `${drawing.querySelector('title').textContent}, to move about in`)
  canvas.append(place)
  const map = L.map(place, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25 })
  if (figure.dataset.tiles) {
    new Tiles(figure.dataset.tiles, { maxZoom: 19, alt: '' }).addTo(map)
  }
  const bounds = L.latLngBounds([])
  const over = Boolean(figure.dataset.tiles)
  for (const use of drawing.querySelectorAll('.npt-map__grounds > [class]')) {
    const rim = use.previousElementSibling
    const shapes = rings(drawing.querySelector(use.getAttribute('href')).getAttribute('d'), corner, step)
    const looks = getComputedStyle(use)
    L.polygon(shapes, { interactive: false, fill: false, color: getComputedStyle(rim).stroke, weight: 5 }).addTo(map)
    const ground = L.polygon(shapes, {
      color: looks.stroke, weight: 1, fillColor: looks.fill, fillOpacity: over ? 0.35 : 1, fillRule: 'evenodd'
    }).addTo(map)
    ground.bindTooltip(words(use.dataset.name), { sticky: true })
    if (use.dataset.href) ground.on('click', () => { window.location.href = use.dataset.href })
    bounds.extend(ground.getBounds())
  }
  // Numbers stand where the drawing has them.
  const width = drawing.viewBox.baseVal.width
  const height = drawing.viewBox.baseVal.height
  for (const label of figure.querySelectorAll('.npt-map__numbers text')) {
    const x = parseFloat(label.getAttribute('x')) / 100 * width
    const y = parseFloat(label.getAttribute('y')) / 100 * height
    const icon = L.divIcon({ className: 'npt-map__flag', html: words(label.textContent), iconSize: [30, 20] })
    L.marker([corner[0] - y * step[0], corner[1] + x * step[1]], { icon, interactive: false, keyboard: false }).addTo(map)
  }
  for (const pin of figure.querySelectorAll('.npt-map__pin')) {
    const looks = getComputedStyle(pin)
    const at = numbersOf(pin.dataset.place)
    L.circleMarker(at, { radius: 8, color: looks.stroke, weight: 3, fillColor: looks.fill, fillOpacity: 1 })
      .bindTooltip(words(pin.dataset.name)).addTo(map)
    bounds.extend(at)
  }
  map.fitBounds(bounds, { padding: [8, 8] })
  // The drawing under it would be read a second time, and its numbers shine through.
  for (const each of [drawing, figure.querySelector('.npt-map__labels')]) each.classList.add('npt-map__printed')
}

const styles = document.createElement('link')
styles.rel = 'stylesheet'
styles.href = new URL('./leaflet.css', import.meta.url)
styles.addEventListener('load', () => document.querySelectorAll('[data-map]').forEach(live))
document.head.append(styles)
