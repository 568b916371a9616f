"""Whether what is drawn can be seen: contrast and size inside SVG, which axe does not look at.

Words lie on no other words. Text needs 4.5 to 1 against what lies under it (3 to 1 where it is large), and a
mark 3 to 1 by its fill or its outline (WCAG 1.4.3, 1.4.11). What only helps the eye along, and tells nothing
that words do not, is left out.
"""

from playwright.sync_api import Page

#: Lines of a grid and the ground that a bar is measured on.
DECORATION = (".npt-trend__grid", ".npt-strip__hour", ".npt-headroom__track", ".npt-gauge__all")
#: Smaller words are not read at arm's length on a phone, in CSS pixels.
SMALLEST_TEXT = 12
#: The smallest target of a press (WCAG 2.5.8), in CSS pixels.
SMALLEST_TARGET = 24

_FAULTS = """([decoration, smallestText, smallestTarget]) => {
  const parts = (colour) => {
    const found = colour.match(/[\\d.]+/g)
    if (!found || colour === 'none' || colour === 'transparent') return null
    const [red, green, blue, alpha = 1] = found.map(Number)
    return { red, green, blue, alpha }
  }
  const over = (top, below) => {
    const mix = (channel) => top[channel] * top.alpha + below[channel] * (1 - top.alpha)
    return { red: mix('red'), green: mix('green'), blue: mix('blue'), alpha: 1 }
  }
  const light = ({ red, green, blue }) => {
    const linear = (value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  // What an element paints, its own opacity and that of all around it in the drawing counted.
  const painted = (element, property) => {
    const style = getComputedStyle(element)
    const colour = parts(style[property])
    if (!colour) return null
    let alpha = colour.alpha * Number(style[`${property}Opacity`] || 1)
    for (let each = element; each instanceof SVGElement; each = each.parentElement) {
      alpha *= Number(getComputedStyle(each).opacity)
    }
    return alpha > 0 ? { ...colour, alpha } : null
  }
  const page = (element) => {
    const layers = []
    for (let each = element; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor)
      if (colour && colour.alpha > 0) layers.unshift(colour)
      if (colour && colour.alpha === 1) break
    }
    return layers.reduce((below, top) => over(top, below), { red: 255, green: 255, blue: 255, alpha: 1 })
  }
  const covers = (shape, x, y) => {
    const matrix = shape.getScreenCTM()
    const point = new DOMPoint(x, y).matrixTransform(matrix.inverse())
    return shape.isPointInFill && shape.isPointInFill(point)
  }
  const comes = (shape, element) => shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
  const under = (element, shapes, root, x, y) => shapes
    .filter((shape) => comes(shape, element))
    .filter((shape) => painted(shape, 'fill') && covers(shape, x, y))
    .reduce((below, shape) => over(painted(shape, 'fill'), below), page(root))
  // What a mark lies in altogether; it may cross other marks, and is seen beside them.
  const holds = (outer, box) => outer.left <= box.left && outer.right >= box.right &&
    outer.top <= box.top && outer.bottom >= box.bottom
  // A pixel of overlap is the empty rim of the letters.
  const lies = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3
  const name = (element) =>
    `${element.tagName}.${element.getAttribute('class')} “${element.textContent.trim()}”`
  const faults = []
  for (const root of document.querySelectorAll('svg')) {
    if (root.ownerSVGElement || !root.getBoundingClientRect().width) continue
    const shapes = [...root.querySelectorAll('rect, path, line, circle, polygon, polyline, ellipse')]
      .filter((shape) => getComputedStyle(shape).display !== 'none')
    const lines = [...root.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()])
      .filter(([, box]) => box.width)
    for (const [number, [text, box]] of lines.entries()) {
      const other = lines.slice(number + 1).find(([, beside]) => lies(box, beside))
      if (other) faults.push(`${name(text)} lies on ${name(other[0])}`)
    }
    for (const text of root.querySelectorAll('text')) {
      const box = text.getBoundingClientRect()
      const style = getComputedStyle(text)
      if (!box.width || style.display === 'none' || style.visibility === 'hidden') continue
      const scale = Math.abs(text.getScreenCTM().d)
      const size = parseFloat(style.fontSize) * scale
      if (size < smallestText - 0.05) {
        faults.push(`${name(text)} is ${size.toFixed(1)} px high, under ${smallestText}`)
      }
      const below = under(text, shapes, root, box.x + box.width / 2, box.y + box.height / 2)
      const fill = painted(text, 'fill')
      const found = fill ? contrast(over(fill, below), below) : 1
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      const least = isLarge ? 3 : 4.5
      if (found < least) faults.push(`${name(text)} has a contrast of ${found.toFixed(2)}, under ${least}`)
    }
    for (const shape of shapes) {
      const box = shape.getBoundingClientRect()
      if (shape.matches(decoration) || (!box.width && !box.height)) continue
      const grounds = shapes
        .filter((each) => each.tagName === 'rect' && holds(each.getBoundingClientRect(), box))
      const below = under(shape, grounds, root, box.x + box.width / 2, box.y + box.height / 2)
      const looks = ['fill', 'stroke']
        .filter((property) => property === 'stroke' || shape.tagName !== 'line')
        .map((property) => painted(shape, property))
        .filter(Boolean)
        .map((colour) => contrast(over(colour, below), below))
      const best = Math.max(1, ...looks)
      if (best < 3) faults.push(`${name(shape)} has a contrast of ${best.toFixed(2)}, under 3`)
    }
    for (const link of root.querySelectorAll('a')) {
      const box = link.getBoundingClientRect()
      if (Math.min(box.width, box.height) < smallestTarget) {
        faults.push(`${name(link)} is smaller than ${smallestTarget} px`)
      }
    }
  }
  return [...new Set(faults)]
}"""


def drawing_faults(page: Page) -> list[str]:
    """What cannot be seen, read or pressed in the drawings of the page as it stands."""
    found: list[str] = page.evaluate(_FAULTS, [", ".join(DECORATION), SMALLEST_TEXT, SMALLEST_TARGET])
    return found
