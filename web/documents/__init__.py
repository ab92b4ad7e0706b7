"""Documents to print, to send and to keep: one plain value, shown as a page or typeset as an accessible PDF."""
