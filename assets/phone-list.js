// The page of what waits on this phone: each entry in words, from a <template> of the page.
const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'
})

// `own`: the entries of whoever signed in here last; `others`: how many are of other people, which are not shown.
export async function drawEntries (list, own, others, discard) {
  const pattern = document.querySelector('template[data-npt-entry]')
  list.replaceChildren(...own.map((entry) => drawn(pattern, entry, discard)))
  document.querySelector('[data-npt-none]').hidden = own.length > 0
  const words = document.querySelector('[data-npt-others]')
  words.hidden = !others
  words.querySelector('[data-npt-count]').textContent = others
}

function drawn (pattern, entry, discard) {
  const item = pattern.content.cloneNode(true)
  const part = (name) => item.querySelector(`[data-npt-${name}]`)
  const kind = entry.address === '/patrols/new' ? 'Patrol' : 'Contact'
  part('what').textContent = `${kind}, typed ${moment.format(new Date(entry.typedAt)).replace(' at ', ', ')}`
  for (const [label, words] of entry.told) {
    const row = part('row').content.cloneNode(true)
    row.querySelector('dt').textContent = label
    row.querySelector('dd').textContent = words
    part('told').append(row)
  }
  part('state').textContent = entry.refused ? `Not saved. ${entry.refused.join(' ')}` : 'Waiting to be sent'
  part('state').classList.toggle('npt-phone__refused', Boolean(entry.refused))
  part('correct').hidden = !entry.refused
  part('correct').firstElementChild.href = `${entry.address}#${entry.reference}`
  part('discard').addEventListener('click', () => discard(entry.reference))
  return item
}
