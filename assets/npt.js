// Adds behaviour to pages that already work without it.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
initAll()

// On paper the figures behind a chart cannot be opened, so they are open.
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details[data-npt-open-in-print]')) details.open = true
})
