"""How often something happens on this site, and never who does it. See docs/radar.md."""
