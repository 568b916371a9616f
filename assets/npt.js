// Adds behaviour to pages that already work without it.
import { initAll } from './govuk-frontend.min.js'

initAll()
