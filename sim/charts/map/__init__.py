"""Maps: one scene, drawn by matplotlib for print (`static`) and by the page as SVG with its playback."""
