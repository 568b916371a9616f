// Adds behaviour to pages that already work without it.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
initAll()

// On paper nothing can be opened, so everything is open. Newer browsers do this by the stylesheet alone.
const opened = new Set()
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('main details:not([open])')) {
    details.open = true
    opened.add(details)
  }
})
window.addEventListener('afterprint', () => {
  for (const details of opened) details.open = false
  opened.clear()
})
