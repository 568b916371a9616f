// The roster that is changed by blocks: drawing over days with the mouse ticks them, drawing from a ticked day
// unticks. The boxes stay what is sent; without this file, or without a mouse, they are ticked one by one.
const table = document.querySelector('[data-npt-block]')
const rows = [...table.tBodies[0].rows].map((row) =>
  [...row.cells].map((cell) => cell.querySelector('input[name="cells"]'))
)
let drawn = null
document.querySelector('[data-npt-draw]').hidden = false

function place (target) {
  const cell = target.closest?.('td')
  if (!cell || !table.contains(cell)) return null
  const at = { row: cell.parentElement.sectionRowIndex, column: cell.cellIndex }
  return rows[at.row]?.[at.column] ? at : null
}

function between (one, other) {
  const [low, high] = one < other ? [one, other] : [other, one]
  return (number) => low <= number && number <= high
}

function draw (to) {
  const isRow = between(drawn.from.row, to.row)
  const isColumn = between(drawn.from.column, to.column)
  rows.forEach((boxes, row) => boxes.forEach((box, column) => {
    if (box) box.checked = isRow(row) && isColumn(column) ? drawn.ticks : drawn.before.get(box)
  }))
}

table.addEventListener('pointerdown', (event) => {
  const from = event.pointerType === 'mouse' && event.button === 0 ? place(event.target) : null
  if (!from) return
  const before = new Map(rows.flat().filter(Boolean).map((box) => [box, box.checked]))
  drawn = { from, before, ticks: !rows[from.row][from.column].checked, isMoved: false }
})

table.addEventListener('pointermove', (event) => {
  if (!drawn) return
  const to = place(event.target)
  if (!to) return
  drawn.isMoved ||= to.row !== drawn.from.row || to.column !== drawn.from.column
  if (drawn.isMoved) draw(to)
})

// What would be selected as text is drawn over instead.
table.addEventListener('dragstart', (event) => { if (drawn) event.preventDefault() })
table.addEventListener('selectstart', (event) => { if (drawn) event.preventDefault() })

document.addEventListener('pointerup', () => {
  if (drawn?.isMoved) {
    // The press ends on a label, whose click would untick what was just drawn.
    const swallow = (event) => event.preventDefault()
    table.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => table.removeEventListener('click', swallow, { capture: true }))
  }
  drawn = null
})
