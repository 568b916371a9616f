// The team's day: ticking the whole team, and what an entry does to the headroom while it is made.
// Without this file the “Check” button does the same by sending the form.
const form = document.getElementById('record')
const ticks = [...document.querySelectorAll('input[name="members"][form="record"]')]
const onDuty = ticks.filter((tick) => tick.dataset.onDuty === 'yes')
const whole = document.querySelector('input[name="whole_team"][form="record"]')
const between = form.querySelector('input[name="when"][value="between"]')
const counted = form.querySelector('[data-npt-ticked]')
const button = document.querySelector('[data-npt-record]')
const effect = document.querySelector('[data-npt-effect]')
const words = document.querySelector('[data-npt-words]')
const check = form.querySelector('[data-npt-check]')
const nobody = counted.textContent
let asked = null
let waiting = 0

function count () {
  const ticked = ticks.filter((tick) => tick.checked).length
  const members = ticked === 1 ? '1 member' : `${ticked} members`
  counted.textContent = ticked ? `For ${members}.` : nobody
  button.textContent = ticked ? `Record for ${members}` : 'Record'
  if (whole) {
    whole.checked = onDuty.length > 0 && onDuty.every((tick) => tick.checked)
    whole.indeterminate = !whole.checked && onDuty.some((tick) => tick.checked)
  }
}

async function show () {
  asked?.abort()
  asked = new AbortController()
  const typed = new URLSearchParams(new FormData(form))
  // What must not stand in an address stays here.
  for (const name of ['csrf_token', 'submission_key', 'note', 'lost', 'lost_words']) typed.delete(name)
  try {
    const answer = await fetch(`${form.dataset.nptHeadroom}?${typed}`, { signal: asked.signal })
    if (!answer.ok) throw new Error(answer.statusText)
    const told = await answer.json()
    effect.innerHTML = told.html
    words.textContent = told.words
    check.hidden = true
  } catch (error) {
    if (error.name !== 'AbortError') check.hidden = false
  }
}

function later () {
  clearTimeout(waiting)
  waiting = setTimeout(show, 200)
}

whole?.addEventListener('change', () => {
  for (const tick of onDuty) tick.checked = whole.checked
})
for (const choice of form.querySelectorAll('input[name="when"]')) {
  choice.addEventListener('change', () => {
    if (choice !== between) form.elements.starts.value = form.elements.ends.value = ''
  })
}
// Only what is ticked or chosen: a box of text says that it changed when it is left, which is when a button is
// pressed, and a button that is redrawn under the press is not pressed at all.
document.addEventListener('change', (event) => {
  if (event.target.form !== form || !['checkbox', 'radio'].includes(event.target.type)) return
  count()
  later()
})
form.addEventListener('input', (event) => {
  if (event.target.name !== 'starts' && event.target.name !== 'ends') return
  between.checked = true
  later()
})

check.hidden = true
// The whole team may have been ticked before this file had come.
if (whole?.checked) for (const tick of onDuty) tick.checked = true
count()
if (ticks.some((tick) => tick.checked)) show()
