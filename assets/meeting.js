// A review in a meeting: full screen, and from screen to screen by the arrow keys. A page that is opened leaves
// full screen, so the next one is fetched and put in the place of this.
const main = document.querySelector('#main-content')

async function show (address) {
  const answer = await fetch(address)
  if (!answer.ok || answer.redirected) {
    window.location.assign(address)
    return
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  main.replaceChildren(...page.querySelector('#main-content').childNodes)
  document.title = page.title
  begin()
}

function follow (link) {
  window.history.pushState({}, '', link.href)
  show(link.href)
}

function begin () {
  const button = main.querySelector('[data-npt-full-screen]')
  if (button && document.fullscreenEnabled) {
    button.hidden = false
    button.addEventListener('click', () => document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen())
  }
}

main.addEventListener('click', (event) => {
  const link = event.target.closest('a[rel="next"], a[rel="prev"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  follow(link)
})

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest('input, select, textarea, [tabindex="0"]')) return
  const rel = { ArrowRight: 'next', ArrowLeft: 'prev' }[event.key]
  const link = rel && main.querySelector(`a[rel="${rel}"]`)
  if (link) follow(link)
})

window.addEventListener('popstate', () => show(window.location.href))

begin()
