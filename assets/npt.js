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

// A file that is too large is told of before it is sent, while everything typed is still there.
for (const input of document.querySelectorAll('input[type="file"][data-npt-largest]')) {
  input.addEventListener('change', () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.nptLargest))
    input.setCustomValidity(isTooLarge ? `The file has more than ${input.dataset.nptMost}: choose a smaller one.` : '')
    input.reportValidity()
  })
}
